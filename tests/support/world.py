"""A small named world: Northwind's systems, a Missiondesk that serves and works, and the people who use it.

Everything goes through the front door: HTTP for people and programs, the systems' own books for what really happened.
"""

import asyncio
import tomllib
from base64 import b64encode
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
from argon2 import PasswordHasher
from psycopg import sql

from missiondesk.app import Running, running
from missiondesk.cli.demo import add_people, company_folder
from missiondesk.cli.serving import address, listening_socket, together
from missiondesk.kit.settings import Settings
from missiondesk.missions import Lane
from tests.demo.northwind import Northwind, Row
from tests.support.postgres import Cloned

CHARGED_TWICE = "I was charged twice for order #4471 and want a refund."
JSON = dict[str, Any]
BESIDE = ["ask", "take_over"]  # what one can do with a proposal without answering it
ALL = ["approve", "edit", "reject", "respond", *BESIDE]
PATIENCE = 20.0  # seconds, for anything that is waited for


def settings_for(database: Cloned, home: Path, **more: Any) -> Settings:
    """The settings of a test's installation."""
    environ = {
        "DATABASE_URL": database.url,
        "MISSIONDESK_OWNER_URL": database.owner_url,
        "MISSIONDESK_HOME": str(home),
        "MISSIONDESK_COMPANY": str(company_folder()),
        "MISSIONDESK_TOOL_PATIENCE": "3",
        "MISSIONDESK_DEAD_AFTER": "4",
        "MISSIONDESK_SECRET_KEY": b64encode(bytes(32)).decode(),
    }
    return Settings.read({**environ, **{f"MISSIONDESK_{name.upper()}": value for name, value in more.items()}})


@dataclass
class Person:
    """Somebody signed in, by the API."""

    api: httpx.AsyncClient
    name: str
    headers: dict[str, str]

    async def get(self, path: str, status: int = 200) -> JSON:
        return _checked(await self.api.get(path, headers=self.headers), status)

    async def post(self, path: str, body: JSON | None = None, status: int = 201, key: str | None = None) -> JSON:
        more = {"Idempotency-Key": key} if key else {}
        return _checked(await self.api.post(path, json=body or {}, headers={**self.headers, **more}), status)

    async def deletes(self, path: str, status: int = 204) -> JSON:
        return _checked(await self.api.delete(path, headers=self.headers), status)


@dataclass
class Customer(Person):
    """Mira, and others who write to the portal."""

    async def writes(self, text: str) -> JSON:
        """Open a case."""
        return await self.post("/api/customer/cases", {"text": text})

    async def adds(self, case: JSON, text: str) -> JSON:
        return await self.post(f"/api/customer/cases/{case['id']}/messages", {"text": text})

    async def sees(self, case: JSON, state: str) -> JSON:
        """The case, once it is in this state."""
        return await until(lambda: self.get(f"/api/customer/cases/{case['id']}"), lambda it: it["state"] == state)


@dataclass
class Agent(Person):
    """Ana, and others of the team."""

    async def queue(self, view: str = "open") -> list[JSON]:
        return (await self.get(f"/api/desk/proposals?view={view}"))["items"]

    async def card(self, *, kind: str = "proposal") -> JSON:
        """The first card of the queue, once there is one of this kind."""

        async def of_kind() -> list[JSON]:
            return [item for item in await self.queue() if item["kind"] == kind]

        items = await until(of_kind, bool)
        return await self.get(f"/api/desk/proposals/{items[0]['id']}")

    async def approves(self, card: JSON, status: int = 201) -> JSON:
        return await self.decides(card, "approve", status=status)

    async def rejects(self, card: JSON, reason: str, status: int = 201) -> JSON:
        return await self.decides(card, "reject", reason=reason, status=status)

    async def decides(self, card: JSON, kind: str, *, reason: str | None = None, status: int = 201) -> JSON:
        body = {"kind": kind, "digest": card["digest"], "reason": reason}
        return await self.post(f"/api/desk/proposals/{card['id']}/decisions", body, status)

    async def case(self, case: JSON) -> JSON:
        return await self.get(f"/api/desk/cases/{case['id']}")

    async def verdict(self, case: JSON, *, missions: int = 1) -> JSON:
        """The case's newest mission, once it and `missions` in all are done."""
        found = await until(
            lambda: self.case(case),
            lambda it: len(it["missions"]) >= missions and all(one["state"] == "done" for one in it["missions"]),
        )
        return found["missions"][-1]

    async def trace(self, mission: str) -> JSON:
        return await self.get(f"/api/desk/missions/{mission}/observations")


@dataclass
class World:
    """`here` is the Missiondesk under test; `outside` are the systems, counted in their own books."""

    here: Running
    api: httpx.AsyncClient
    outside: Northwind
    database: Cloned
    people: Mapping[str, Any]
    signed_in: dict[str, Person] = field(default_factory=dict[str, Person])

    async def customer(self, first_name: str) -> Customer:
        return await self._person(Customer, self.people["customer"], first_name, portal=self.people["portal"])

    async def agent(self, first_name: str) -> Agent:
        return await self._person(Agent, self.people["staff"], first_name)

    def refunds(self) -> list[Row]:
        """(payment, minor, currency, reference) of each refund that we made, in billing's own book."""
        query = "select payment_id, minor, currency, reference from refunds where reference like 'md-%' order by rowid"
        return self.outside.rows("billing", query)

    def calls(self, tool: str) -> int:
        """How often billing was asked for this, whatever it answered."""
        return self.outside.rows("billing", "select count(*) from calls where tool = ?", tool)[0][0]

    async def _person(self, kind: type[Any], people: Sequence[JSON], first_name: str, **portal: str) -> Any:
        if first_name not in self.signed_in:
            one = next(one for one in people if one["email"].startswith(first_name))
            body = {"email": one["email"], "password": one["password"], **portal}
            token = _checked(await self.api.post("/api/sessions", json=body), 201)["token"]
            self.signed_in[first_name] = kind(self.api, one["name"], {"authorization": f"Bearer {token}"})
        return self.signed_in[first_name]


_ROWS: dict[str, str] = {}  # of the demo's accounts, by table
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_COPIED = sql.SQL("insert into {0} select * from jsonb_populate_recordset(null::{0}, %s::jsonb) on conflict do nothing")


@asynccontextmanager
async def world_at(
    database: Cloned,
    outside: Northwind,
    home: Path,
    *,
    lanes: Sequence[Lane] = ("turns", "effects"),
    **settings: Any,
) -> AsyncGenerator[World]:
    """A Missiondesk on loopback over this database. Without lanes it only serves: turns run elsewhere."""
    stop, listener = asyncio.Event(), listening_socket("127.0.0.1", 0)
    async with running(settings_for(database, home, **settings)) as here:
        await _people_there(here, database)
        serving = asyncio.create_task(together(here, listener, lanes=lanes, stop=stop))
        try:
            async with httpx.AsyncClient(base_url=address(listener), timeout=20, verify=False) as api:
                yield World(here, api, outside, database, people())
        finally:
            stop.set()
            await serving


async def _people_there(here: Running, database: Cloned) -> None:
    """The demo's accounts. The program makes them once; then their rows are copied: a password costs it 60 ms."""
    with psycopg.connect(database.owner_url) as owner:
        if _ROWS:
            for table, rows in _ROWS.items():
                owner.execute(_COPIED.format(sql.Identifier(table)), [rows])
            return
        await add_people(here)
        passwords = {one["email"]: one["password"] for one in [*people()["staff"], *people()["customer"]]}
        for table in (sql.Identifier("staff"), sql.Identifier("customers")):
            for email, password in passwords.items():
                query = sql.SQL("update {} set password = %s where email = %s").format(table)
                owner.execute(query, [_CHEAP.hash(password), email])
        for table in ("staff", "customers", "customer_records"):
            told = owner.execute(sql.SQL("select jsonb_agg(it)::text from {} it").format(sql.Identifier(table)))
            [_ROWS[table]] = told.fetchone() or ("[]",)


def people() -> JSON:
    """The demo's accounts."""
    return tomllib.loads((company_folder() / "people.toml").read_text(encoding="utf-8"))


async def until(look: Callable[[], Any], enough: Callable[[Any], Any], patience: float = PATIENCE) -> Any:
    """Look until it is enough; what was seen last is told when the time is over."""
    seen: Any = None
    pause = 0.02
    try:
        async with asyncio.timeout(patience):
            while not enough(seen := await look()):
                await asyncio.sleep(pause)
                pause = min(pause * 1.2, 0.2)  # to look costs more than what is waited for
            return seen
    except TimeoutError:
        raise AssertionError(f"still not so after {patience} s: {seen}") from None


def _checked(response: httpx.Response, status: int) -> JSON:
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    return response.json() if response.content else {}
