"""Whoever gets past the triggers leaves a trace that does not verify, and the first wrong observation is named."""

import pytest

from missiondesk.ids import MissionId
from missiondesk.trace import Verified, observe, verify
from tests.promises import promise
from tests.support.missions import Missions
from tests.support.record import untriggered


async def verified(missions: Missions, mission: MissionId) -> Verified:
    async with missions.database.transaction() as tx:
        return await verify(tx, mission)


async def test_a_trace_as_it_was_written_is_whole(missions: Missions, mission: MissionId) -> None:
    assert await verified(missions, mission) == Verified(5, None)


async def test_a_mission_that_does_not_exist_has_no_trace(missions: Missions) -> None:
    assert (await verified(missions, MissionId("mission-0"))).broken == "there is no trace of this mission"


TAMPERED = {
    "a word in what it tells": (
        "update observations set payload = replace(payload, 'thought 3', 'thought 4') where n = 3",
        3,
    ),
    "one blank in what it tells": ("update observations set payload = payload || ' ' where n = 3", 3),
    "its kind": ("update observations set kind = 'decided' where n = 2", 2),
    "its time, by a microsecond": ("update observations set at = at + interval '1 microsecond' where n = 4", 4),
    "its hash": ("update observations set hash = repeat('0', 64) where n = 5", 5),
    "what it follows": ("update observations set previous = repeat('0', 64) where n = 5", 5),
    "the first": ("update observations set payload = '{}' where n = 1", 1),
    "whose it is": ("update observations set mission_id = 'mission-0' where n = 3", 3),
}


@promise("trace.tampering-shows")
@pytest.mark.parametrize(("statement", "number"), TAMPERED.values(), ids=TAMPERED.keys())
async def test_a_change_is_named(statement: str, number: int, missions: Missions, mission: MissionId) -> None:
    untriggered(missions.record, statement)
    found = await verified(missions, mission)
    assert found.to == number - 1
    assert found.broken is not None
    assert f"#{number}" in found.broken


@promise("trace.tampering-shows")
async def test_two_that_changed_places_are_named(missions: Missions, mission: MissionId) -> None:
    swap = "update observations set n = {} where n = {}"
    untriggered(missions.record, swap.format(99, 2), swap.format(2, 3), swap.format(3, 99))
    assert (await verified(missions, mission)).broken == "observation #2 (thought) is not as it was written"


@promise("trace.tampering-shows")
async def test_one_that_was_taken_out_is_missed(missions: Missions, mission: MissionId) -> None:
    untriggered(missions.record, "delete from observations where n = 3")
    assert await verified(missions, mission) == Verified(2, "observation #3 is missing")


@promise("trace.tampering-shows")
async def test_one_that_was_taken_out_and_covered_up_is_missed(missions: Missions, mission: MissionId) -> None:
    untriggered(
        missions.record,
        "delete from observations where n = 3",
        "update observations set n = 3 where n = 4",
        "update observations set n = 4 where n = 5",
        "update trace_heads set n = 4",
    )
    assert (await verified(missions, mission)).to == 2


@promise("trace.tampering-shows")
@pytest.mark.parametrize("first", [5, 4, 1])
async def test_a_tail_that_was_cut_off_is_missed(first: int, missions: Missions, mission: MissionId) -> None:
    untriggered(missions.record, f"delete from observations where n >= {first}")
    expected = f"the trace should end with #5, but ends with #{first - 1}"
    assert await verified(missions, mission) == Verified(first - 1, expected)


@promise("trace.tampering-shows")
async def test_one_that_was_slipped_in_behind_our_back_is_named(missions: Missions, mission: MissionId) -> None:
    untriggered(
        missions.record,
        "insert into observations (mission_id, n, kind, at, payload, previous, hash) "
        "select mission_id, 6, 'decided', at, '{}', hash, repeat('a', 64) from observations where n = 5",
        "update trace_heads set n = 6, hash = repeat('a', 64)",
    )
    assert (await verified(missions, mission)).broken == "observation #6 (decided) is not as it was written"


async def test_the_trace_of_another_mission_is_not_touched_by_it(missions: Missions, mission: MissionId) -> None:
    other = await missions.begin()
    untriggered(missions.record, f"update observations set kind = 'seen' where mission_id = '{mission}' and n = 2")
    assert await verified(missions, other) == Verified(1, None)


async def test_what_is_observed_after_the_change_does_not_heal_it(missions: Missions, mission: MissionId) -> None:
    untriggered(missions.record, "update observations set payload = '{}' where n = 5")
    async with missions.database.transaction() as tx:
        await observe(tx, mission, "thought", text="later", worker="procedure")
    assert (await verified(missions, mission)).to == 4
