"""The process dies right after any commit of a turn; another one runs the turn again from what is stored."""

from collections.abc import Sequence
from itertools import count

import pytest

from missiondesk.workers import ModelWorker, Move, Past
from tests.promises import promise
from tests.support.scripted_model import Answer, Asked, Play, Reply, ScriptedModel, asks, calls, says, verdict
from tests.workers.conftest import Died, Mission
from tests.workers.scripts import EXPLAINED, FLAGSHIP, LOOK, after, refund_call, refund_later

Script = Sequence[Answer | Play]


def half(asked: Asked) -> Reply:
    return calls(refund_call(asked), ("billing_get_payment", {"payment_id": "pay_0"}))


TURNS = {
    "proposes, after half a step": [LOOK, half, refund_later],
    "asks, after a text": [says("Let me see."), LOOK, asks("Which one?")],
    "concludes": [LOOK, EXPLAINED],
}


async def turn(mission: Mission, script: Script, number: int, past: Sequence[Past]) -> tuple[Move, int, int]:
    """One turn, in as many processes as it takes: its move, the requests to the model, and the deaths."""
    deaths = 0
    with ScriptedModel(script) as model:
        while True:
            try:
                move = await ModelWorker(model.model()).next_move(await mission.desk(turn=number, past=past))
            except Died:
                deaths += 1
                mission.die_after = None
            else:
                mission.die_after = None
                return move, len(model.asked), deaths


async def told(mission: Mission) -> list[tuple[str, str | None]]:
    """What the trace holds, without its order: reads of one step run side by side."""
    return sorted((one.kind, one.step) for one in await mission.trace())


async def compare(mission: Mission, script: Script, first: Script = (), past: Sequence[Past] = ()) -> int:
    """Die once after each commit, each time in a new mission; the number of places to die."""

    async def prepared() -> Mission:
        fresh = await mission.another()
        if first:
            await turn(fresh, first, 1, ())
        return fresh

    number = 2 if first else 1
    calm = await prepared()
    move, requests, _ = await turn(calm, script, number, past)
    for places in count():
        shaken = await prepared()
        shaken.die_after = places + 1
        *again, deaths = await turn(shaken, script, number, past)
        assert again == [move, requests], f"after commit {places + 1}"
        assert await told(shaken) == await told(calm), f"after commit {places + 1}"
        if not deaths:
            return places
    raise AssertionError("count() ends")


@promise("missions.another-process-takes-over")
@pytest.mark.parametrize("script", TURNS.values(), ids=TURNS.keys())
async def test_a_turn_that_dies_after_any_commit_comes_to_the_same_move(mission: Mission, script: Script) -> None:
    assert await compare(mission, script) >= 6


async def test_a_later_turn_that_dies_after_any_commit_comes_to_the_same_move(mission: Mission) -> None:
    resolved = verdict("resolved", "Duplicate confirmed, one charge refunded")
    assert await compare(mission, [resolved], first=FLAGSHIP, past=[after()]) >= 3


async def test_an_answer_that_is_stored_is_never_asked_for_again(mission: Mission) -> None:
    with ScriptedModel(FLAGSHIP) as model:
        first = await ModelWorker(model.model()).next_move(await mission.desk())
        again = await ModelWorker(model.model()).next_move(await mission.desk())
    assert again == first
    assert len(model.asked) == 2


async def test_a_message_that_comes_while_nobody_works_is_heard_by_the_next_process(mission: Mission) -> None:
    mission.die_after = 2
    with ScriptedModel([EXPLAINED]) as model:
        with pytest.raises(Died):
            await ModelWorker(model.model()).next_move(await mission.desk())
        mission.die_after = None
        mission.says("It was order 4471.")
        await ModelWorker(model.model()).next_move(await mission.desk())
    assert model.asked[-1].customer == ["I was charged twice for order 4471.", "It was order 4471."]
