"""What the gate holds a worker to: how often, how much and with what it reads, and the trace that a read belongs to."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from missiondesk.ids import MissionId, random_id
from missiondesk.integrations import NotOffered
from missiondesk.integrations.gate import MOST_READS
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Invalid
from missiondesk.trace import observe, open_trace
from tests.integrations.small_system import READS, SmallSystem, connected, gate_to, said, with_limits
from tests.support.faulty import Json
from tests.support.faulty_http import FaultyHttp
from tests.support.postgres import Cloned

KEY = "sys.get_order"


@dataclass(frozen=True, slots=True)
class Missions:
    """Two missions of a test's own."""

    tables: Database
    one: MissionId
    another: MissionId


@pytest.fixture
async def missions(shared: Cloned) -> AsyncGenerator[Missions]:
    tables = Database(shared.url, pool=4)
    found = Missions(tables, *(MissionId(random_id("mission")) for _ in range(2)))
    async with tables.transaction() as tx:
        await open_trace(tx, found.one)
        await open_trace(tx, found.another)
    yield found
    await tables.close()


async def test_a_tool_is_read_as_often_as_its_limit_says_in_all_turns_together(
    missions: Missions, http: FaultyHttp, system: SmallSystem
) -> None:
    async with connected(http, with_limits(calls=2)) as connections:
        await (await gate_to(connections, missions.tables, missions.one)).read(KEY, {}, step="a")
        later = await gate_to(connections, missions.tables, missions.one, turn=2)
        seen = await later.read(KEY, {}, step="a")
        again = await gate_to(connections, missions.tables, missions.one, turn=2)
        for gate in (later, again):
            with pytest.raises(NotOffered, match="was read 2 times in this mission"):
                await gate.read(KEY, {}, step="b")
            assert await gate.read(KEY, {}, step="a") == seen  # told again, not read again
        await (await gate_to(connections, missions.tables, missions.another)).read(KEY, {}, step="a")
    assert len(system.calls) == 3


async def test_reads_at_once_do_not_pass_the_limit_together(
    missions: Missions, http: FaultyHttp, system: SmallSystem
) -> None:
    async with connected(http, with_limits(calls=1)) as connections:
        gate = await gate_to(connections, missions.tables, missions.one)
        reads = (gate.read(KEY, {"days": n}, step=str(n)) for n in range(4))
        found = await asyncio.gather(*reads, return_exceptions=True)
    assert [type(one) for one in found if isinstance(one, BaseException)] == [NotOffered] * 3
    assert len(system.calls) == 1


async def test_a_mission_reads_only_so_often_also_with_reads_at_once(
    missions: Missions, http: FaultyHttp, system: SmallSystem
) -> None:
    async with missions.tables.transaction() as tx:
        for n in range(MOST_READS - 1):
            await observe(tx, missions.one, "seen", step=f"1:read:before-{n}", tool="other.tool")
    async with connected(http, {"get_order": READS}) as connections:
        gate = await gate_to(connections, missions.tables, missions.one)
        reads = (gate.read(KEY, {}, step=step) for step in ("a", "b"))
        found = await asyncio.gather(*reads, return_exceptions=True)
        with pytest.raises(NotOffered, match=f"has read {MOST_READS} times"):
            await gate.read(KEY, {}, step="c")
    assert [type(one) for one in found if isinstance(one, BaseException)] == [NotOffered]
    assert len(system.calls) == 1


async def test_an_argument_is_at_most_what_the_manifest_allows(
    missions: Missions, http: FaultyHttp, system: SmallSystem
) -> None:
    async with connected(http, with_limits(at_most={"days": 30})) as connections:
        gate = await gate_to(connections, missions.tables, missions.one)
        with pytest.raises(Invalid, match="/days: 31 is greater than the maximum of 30"):
            await gate.read(KEY, {"days": 31}, step="a")
        assert system.calls == []
        assert (await gate.read(KEY, {"days": 30}, step="b")).kind == "seen"


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"hours": 1}, "'hours' was unexpected"),
        ({"days": "three"}, "/days: 'three' is not of type 'integer'"),
        ({"customer_id": "c-2"}, "'customer_id' was unexpected"),
    ],
)
async def test_arguments_that_do_not_fit_are_told_and_go_nowhere(
    missions: Missions, http: FaultyHttp, system: SmallSystem, arguments: Json, wrong: str
) -> None:
    async with connected(http, {"get_order": READS}) as connections:
        with pytest.raises(Invalid, match=wrong):
            await (await gate_to(connections, missions.tables, missions.one)).read(KEY, arguments, step="a")
    assert system.calls == []


@pytest.mark.parametrize(("limits", "most"), [({"bytes": 1_000}, 1_000), ({}, 200_000)])
async def test_a_result_that_is_too_large_is_refused_and_not_kept(
    missions: Missions, http: FaultyHttp, system: SmallSystem, limits: Json, most: int
) -> None:
    async with connected(http, with_limits(**limits)) as connections:
        gate = await gate_to(connections, missions.tables, missions.one)
        system.answer = lambda _tool, _arguments: said(text="x" * most)
        large = await gate.read(KEY, {}, step="large")
        system.answer = lambda _tool, _arguments: said(text="x" * (most - 100))
        assert (await gate.read(KEY, {}, step="small")).kind == "seen"
    assert (large.kind, large.told["failure"]) == ("failed", "refused")
    assert f"at most {most:,} are taken" in large.told["why"]
    assert "xxx" not in large.payload


async def test_a_read_tells_the_system_which_trace_it_belongs_to(
    missions: Missions, http: FaultyHttp, system: SmallSystem
) -> None:
    async with connected(http, {"get_order": READS}) as connections:
        for mission, step in ((missions.one, "a"), (missions.one, "b"), (missions.another, "a")):
            await (await gate_to(connections, missions.tables, mission)).read(KEY, {}, step=step)
    in_meta = [call["_meta"]["traceparent"] for call in system.calls]
    in_head = [head["traceparent"] for head in http.heads if head[":message"] == "tools/call"]
    assert in_meta == in_head
    one, two, other = (text.split("-") for text in in_meta)
    assert [len(part) for part in one] == [2, 32, 16, 2]
    assert one[1] == two[1] != other[1]
    assert one[2] != two[2]
