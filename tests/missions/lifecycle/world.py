"""A small installation that pays: a real database, a real system, two agents, a customer, a worker without a model."""

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest

from missiondesk.app import load
from missiondesk.briefs import Brief
from missiondesk.effects import Attempt, Executor
from missiondesk.ids import ConnectionId, PortalId
from missiondesk.integrations import Connections
from missiondesk.kit.database import Database
from missiondesk.kit.settings import Settings
from missiondesk.missions import Parts
from missiondesk.people import Customer, Staff, add_customer, add_staff, link_record
from missiondesk.proving.sandbox import CONNECTION, CUSTOMER, PORTAL, URL_NAME, installed
from missiondesk.workers import Conclude, HandOff, Move, Propose, Wanted, Workbench
from tests.missions.lifecycle.clock import gets_own_clock
from tests.missions.lifecycle.system import Ledger, ledger_at
from tests.support.postgres import Cloned

PATIENCE = 5.0  # seconds for one call
BY_ITSELF = """
[rule.by-itself]
action = ["ledger.pay_keyed", "ledger.pay_queryable", "ledger.pay_once"]
when = ["case.messages == 2", "lineage.args.amount == record"]
auto = { reserve = ["some/day 100000.00 EUR", "some/customer/3d 100000"] }
"""  # no amounts or caps: the same steps must come to the same whenever they are taken
_ENOUGH = 4  # proposals in one mission


class Payer:
    """Proposes to pay what is owed to the accounts that the customer named last, and after it ends."""

    name = "payer"

    async def next_move(self, desk: Workbench) -> Move:
        last = desk.last
        if last and last.changed_something:
            return Conclude("resolved", "paid") if last.done else HandOff("Not all of it was paid.")
        if last and last.closed == "rejected":
            return Conclude("declined", f"{last.by} said no", "We cannot pay this.")
        if len(desk.past) >= _ENOUGH:
            return HandOff("It was proposed often enough.")
        found = [
            await desk.read("ledger.get_account", account_id=one) for one in accounts_in(desk.words.splitlines()[-1])
        ]
        tool = desk.brief.head.constants["tool"]
        actions = [
            Wanted(tool, {"account_id": one.value["account"]["account_id"], "amount": one.value["account"]["owed"]})
            for one in found
        ]
        return Propose(tuple(actions), "It is paid.", ("It is owed.",), tuple(one.observation for one in found))


def accounts_in(words: str) -> list[str]:
    return re.findall(r"acct-\d+", words)


class Unhurried(Attempt):
    """Asks again at once: what an executor waits between two calls is only a courtesy."""

    __slots__ = ()

    async def _call(self, *, first: bool, pauses: tuple[float, ...]) -> None:
        await super()._call(first=first, pauses=tuple(0.0 for _ in pauses))


def made_quick(build: type[Executor]) -> type[Executor]:
    """The same build of the executor, which does not wait between two calls."""
    attempt = type("Quick", (Unhurried, build.attempt), {"__slots__": ()})
    return type("Quick", (build,), {"attempt": attempt})


@dataclass
class Installation:
    """`numbers` are the accounts that nobody named yet."""

    record: Cloned
    parts: Parts
    ledger: Ledger
    ana: Staff
    ben: Staff
    mira: Customer
    build: type[Executor]
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def database(self) -> Database:
        return self.parts.database

    async def another_process(self) -> Connections:
        """The next turn is run by a process that has talked with nobody yet. What the old one had is to be closed."""
        old = self.parts.connections
        fresh = Connections(old.now, patience=PATIENCE, database=old.database, vault=old.vault)
        self.parts = _with(self.parts, fresh, self.build)
        return old


def _with(parts: Parts, connections: Connections, build: type[Executor]) -> Parts:
    executor = build(connections, parts.policy)
    return replace(parts, connections=connections, executor=executor, worker_for=_payer)


def _payer(_: Brief) -> Payer:
    return Payer()


@asynccontextmanager
async def installation_at(record: Cloned, home: Path, build: type[Executor]) -> AsyncGenerator[Installation]:
    """Each payment needs two agents; those after a second message go by themselves. `build` is the executor."""
    await asyncio.to_thread(gets_own_clock, record)
    database = Database(record.url)
    async with ledger_at(home / "ledger") as ledger:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv(URL_NAME, ledger.url)
            parts = await _loaded(await installed(home, ledger.url), database)
            people = await _people(database)
            try:
                yield Installation(record, _with(parts, parts.connections, build), ledger, *people, build)
            finally:
                await parts.connections.close()
                await database.close()


async def _loaded(company: Path, database: Database) -> Parts:
    policy = company / "policy.toml"
    two = policy.read_text(encoding="utf-8").replace("count = 1", "count = 2")
    policy.write_text(f"{two}{BY_ITSELF}", encoding="utf-8")
    told = {"MISSIONDESK_COMPANY": str(company), "MISSIONDESK_SECRET_KEY": b64encode(bytes(32)).decode()}
    return await load(Settings.read({"DATABASE_URL": database.url, **told}), database)


async def _people(database: Database) -> tuple[Staff, Staff, Customer]:
    async with database.transaction() as tx:
        ana, ben = [
            await add_staff(tx, name=name, email=f"{name}@sandbox.example", role="agent", password="sandbox-only-1")
            for name in ("Ana", "Ben")
        ]
        mira = await add_customer(
            tx, PortalId(PORTAL), name="Mira", email="mira@sandbox.example", password="sandbox-only-1"
        )
        await link_record(tx, mira.id, ConnectionId(CONNECTION), CUSTOMER, how="the sandbox's own")
    return ana, ben, mira
