"""Seeded secrets are looked for wherever something is kept, logged or told, though the server repeats them all."""

import logging
from collections.abc import Generator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from missiondesk.ids import ConnectionId, CustomerId, MissionId
from missiondesk.integrations import Connections, Declared, Gate, Reviewed, Scope
from missiondesk.integrations.manifest import Connection
from missiondesk.trace import open_trace
from tests.promises import promise
from tests.support.authority import MACHINE_SECRET, Authority, authority
from tests.support.postgres import Cloned
from tests.support.signing_in import KEY, PROGRAM, SECRETS, Desk, connection, desk
from tests.support.world import Agent, World

SECRET = SECRETS["ORDERS_SECRET"]
BEARER = {"kind": "bearer", "token": "$ORDERS_SECRET"}
HEADER = {"kind": "bearer", "token": "$ORDERS_SECRET", "header": "x-api-key"}
GET_ORDER = {"effect": "read", "title": "Order", "owner": ["$.customer_id"]}
ROOM = MissionId("mission-of-the-canary")


@pytest.fixture
def one() -> Generator[Authority]:
    with authority() as found:
        found.echoes = True
        yield found


async def connected(here: Desk) -> Connections:
    """The connection with its review, and its secret in the vault."""
    async with here.vault.database.transaction() as tx:
        await here.vault.put(tx, "orders", "read", "ORDERS_SECRET", SECRET, by="ana")
    async with here.channel() as channel:
        listing = await channel.definitions()
    reviewed = Reviewed(server=listing.server, tools={name: one.kept for name, one in listing.tools.items()})
    declared = Declared({"orders": here.file}, {"orders": reviewed})
    return Connections(declared, patience=5, database=here.vault.database, vault=here.vault)


def everything(database: Cloned) -> str:
    """All rows of all tables as text; what is binary both as it is and in hexadecimal."""
    parts: list[str] = []
    with psycopg.connect(database.url) as tx:
        tables = tx.execute("select table_name from information_schema.tables where table_schema = 'public'")
        for (name,) in tables.fetchall():
            rows = tx.execute(sql.SQL("select t, to_jsonb(t)::text from {} t").format(sql.Identifier(name)))
            parts += [str(row) for row in rows]
    return "\n".join(parts)


def found_in(text: str, *secrets: str) -> list[str]:
    return [one for one in secrets if one in text or one.encode().hex() in text]


def said(caplog: pytest.LogCaptureFixture) -> str:
    """Our log; the server of the test, in the same process, may say what it likes."""
    return "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("mcp.server"))


async def read(connections: Connections, order: str) -> dict[str, Any]:
    """A worker's read: what it is handed, as it was observed."""
    scope = Scope(ROOM, CustomerId("customer-mira"), {ConnectionId("orders"): "mira"})
    open_ = connections.database.transaction if connections.database else None
    assert open_ is not None
    async with open_() as tx:
        await open_trace(tx, ROOM)
    gate = Gate(connections, scope, tools=["orders.get_order"], turn=1, trace=(), open_=open_)
    observation = await gate.read("orders.get_order", {"order_id": order}, step=order)
    return {"kind": observation.kind, **observation.told}


@promise("trace.no-secret")
@pytest.mark.parametrize("order", ["o1", "refuse"])
@pytest.mark.parametrize("auth", [BEARER, HEADER, PROGRAM])
async def test_a_credential_that_the_server_repeats_reaches_nobody(
    database: Cloned, one: Authority, caplog: pytest.LogCaptureFixture, auth: dict[str, Any], order: str
) -> None:
    caplog.set_level(logging.INFO)
    one.takes = SECRET
    async with desk(database, connection(one, auth, tool={"get_order": GET_ORDER})) as here:
        connections = await connected(here)
        told = await read(connections, order)
        await connections.close()
    used = [*one.issued, SECRET, MACHINE_SECRET, KEY]
    carried = one.issued[-1] if one.issued else SECRET
    assert carried in one.shown[-1]
    assert "[secret]" in str(told)
    assert found_in(str(told), *used) == []
    assert found_in(everything(database), *used) == []
    assert found_in(said(caplog), *used) == []


async def test_what_signing_in_holds_is_sealed(
    database: Cloned, one: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with desk(database, connection(one)) as here:
        url = await here.begins()
        begun = everything(database)
        await here.finishes(one.agree(url))
        assert (await here.asks()).status_code == 200
        one.revoke()
        with pytest.raises(Exception, match="authorize orders") as refused:
            await here.asks()
    verifier, state = one.asked[0]["code_verifier"], one.agreed[0]["state"]
    assert found_in(begun, verifier, state) == []
    used = [*one.issued, verifier, state, one.asked[0]["code"]]
    assert len(one.issued) == 2
    assert found_in(everything(database), *used) == []
    assert found_in(said(caplog), *one.issued, verifier) == []
    assert found_in(str(refused.value), *used) == []


async def test_a_wrong_secret_that_is_repeated_to_us_is_not_repeated_by_us(
    database: Cloned, one: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with desk(database, connection(one, {**PROGRAM, "client_id": "somebody"})) as here, here.channel() as channel:
        with pytest.raises(ConnectionError) as refused:
            await channel.definitions()
    assert "(invalid_client)" in str(refused.value)
    assert found_in(str(refused.value) + said(caplog), MACHINE_SECRET) == []


@pytest.mark.parametrize("auth", [BEARER, HEADER])
async def test_the_api_tells_of_a_secret_and_never_its_value(
    world: World, one: Authority, auth: dict[str, Any]
) -> None:
    adele: Agent = await world.agent("adele")
    manifest = connection(one, auth).model_dump(mode="json", exclude_defaults=True)
    refused = await adele.post(
        "/api/studio/connections", {"manifest": manifest, "secrets": {"ORDERS_SECRET": SECRET}}, status=502
    )
    assert found_in(str(refused), SECRET) == []
    assert found_in(everything(world.database), SECRET) == []
    shown = [await adele.get("/api/studio/connections"), await adele.get("/api/studio/connections/billing")]
    assert found_in(str(shown), SECRET) == []


def test_a_connection_says_the_names_of_its_secrets_only(one: Authority) -> None:
    told = Connection.model_dump_json(connection(one, PROGRAM))
    assert "$ORDERS_SECRET" in told
    assert SECRET not in told
