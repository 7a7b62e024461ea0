"""A tool that is not what was reviewed is taken away, whatever its server says, and back after its own review alone."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from missiondesk.changes import publish_connections
from missiondesk.integrations import (
    Connections,
    Declared,
    NotAsSeen,
    inspect,
    keep_secret,
    kept_secrets,
)
from missiondesk.integrations.keeping import transaction_of
from missiondesk.kit.errors import NotFound
from tests.integrations.small_system import (
    BEARER,
    CANCEL,
    ORDER,
    READS,
    TOKEN,
    WRITES,
    SmallSystem,
    added,
    declared_for,
    file_for,
    kept_in,
    known,
)
from tests.support.faulty import MODERN
from tests.support.faulty_http import FaultyHttp
from tests.support.postgres import Cloned
from tests.support.reviewed import review

TOOLS = {"get_order": READS, "cancel_order": WRITES}


@pytest.fixture
async def connections(empty: Cloned, http: FaultyHttp, tmp_path: Path) -> AsyncGenerator[Connections]:
    async with kept_in(empty, tmp_path) as found:
        await added(found, file_for(http, TOOLS))
        yield found


async def states(connections: Connections) -> dict[str, str]:
    return {tool.name: tool.state for tool in (await inspect(connections, "sys")).tools}


async def digests(connections: Connections) -> dict[str, str]:
    return {tool.name: str(tool.digest) for tool in (await inspect(connections, "sys")).tools}


@pytest.mark.parametrize("era", [MODERN, "2025-06-18"])
@pytest.mark.parametrize("name", ["sys\x00", "sys-2", "s" * 5_000])
async def test_a_server_that_calls_itself_something_else_loses_its_tools_and_ends_nothing(
    empty: Cloned, http: FaultyHttp, system: SmallSystem, tmp_path: Path, era: str, name: str
) -> None:
    system.era = era
    async with kept_in(empty, tmp_path) as connections:
        await added(connections, file_for(http, TOOLS))
    system.name = name
    async with kept_in(empty, tmp_path) as connections:  # another process, that meets it anew
        assert known(connections, "sys.get_order").definition.kept == ORDER
        await connections.look_again()
        await connections.refresh()
        assert (connections.known("sys.get_order"), connections.known("sys.cancel_order")) == (None, None)


async def test_another_name_of_the_server_is_shown_as_the_difference(
    connections: Connections, system: SmallSystem
) -> None:
    system.name = "sys-2"
    shown = await inspect(connections, "sys")
    assert {tool.state for tool in shown.tools} == {"changed"}
    changes = [change for tool in shown.tools for change in tool.changes]
    assert {(one.field, one.before, one.after) for one in changes} == {("server", "sys", "sys-2")}


async def test_the_review_of_one_tool_does_not_bring_back_another(
    connections: Connections, system: SmallSystem
) -> None:
    system.tools = [{**ORDER, "description": "Any order."}, {**CANCEL, "description": "Cancel all orders."}]
    await connections.look_again()
    system.tools = [ORDER, CANCEL]
    seen = {"get_order": (await digests(connections))["get_order"]}
    await review(connections, "sys", tools=["get_order"], seen=seen, by="Adele")
    assert await states(connections) == {"get_order": "reviewed", "cancel_order": "changed"}
    assert known(connections, "sys.get_order").definition.kept == ORDER
    assert connections.known("sys.cancel_order") is None


async def test_what_changed_while_somebody_read_it_is_not_reviewed(
    connections: Connections, system: SmallSystem
) -> None:
    read = await digests(connections)
    system.tools = [ORDER, {**CANCEL, "description": "Cancel all orders."}]
    with pytest.raises(NotAsSeen, match="changed while you were reading"):
        await review(connections, "sys", tools=list(TOOLS), seen=read, by="Adele")
    with pytest.raises(NotAsSeen):
        await review(connections, "sys", tools=["cancel_order"], seen={}, by="Adele")
    assert (await states(connections))["cancel_order"] == "changed"
    await review(connections, "sys", tools=list(TOOLS), seen=await digests(connections), by="Adele")
    assert (await states(connections))["cancel_order"] == "reviewed"


async def test_secrets_go_with_the_file_of_their_connection(empty: Cloned, http: FaultyHttp, tmp_path: Path) -> None:
    assert isinstance(http.system, SmallSystem)
    files = declared_for(file_for(http, TOOLS, auth=BEARER), http.system)
    async with kept_in(empty, tmp_path) as connections:
        async with transaction_of(connections) as tx:
            await publish_connections(tx, files)
        await connections.refresh()
        await keep_secret(connections, "sys", "read", "SYS_TOKEN", TOKEN, by="Adele")
        assert [one.name for one in await kept_secrets(connections, "sys")] == ["SYS_TOKEN"]
        async with transaction_of(connections) as tx:
            await publish_connections(tx, Declared())
        with pytest.raises(NotFound):
            await kept_secrets(connections, "sys")
        async with transaction_of(connections) as tx:
            await publish_connections(tx, files)
        assert await kept_secrets(connections, "sys") == []
