"""What a model asks for and does not get leaves a line in the trace, and is forgiven when it reads on."""

import pytest

from missiondesk.workers import Conclude, ModelWorker, WorkerFailed
from tests.support.scripted_model import Answer, Play, Reply, ScriptedModel, calls, empty, says, status, verdict
from tests.workers.conftest import Died, Mission
from tests.workers.scripts import EXPLAINED, LIST, LOOK

RESOLVED = verdict("resolved", "Refunded", "Your refund is on its way.")
UNKNOWN = calls(("send_money", {"to": "me"}))


async def refused(mission: Mission) -> list[str]:
    failed = [one.told for one in await mission.trace() if one.kind == "failed"]
    assert {one["title"] for one in failed} <= {"The worker was refused"}
    return [one["why"] for one in failed]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(UNKNOWN, "There is no tool send_money.", id="unknown tool"),
        pytest.param(
            calls(("billing_list_payments", {"order_id": 1})), "order_id: 1 is not of type", id="bad argument"
        ),
        pytest.param(calls(("billing_list_payments", "{")), "billing_list_payments: Invalid JSON", id="no JSON"),
        pytest.param(RESOLVED, "Nothing has been changed in this mission", id="refused ending"),
        pytest.param(calls(("conclude", {"outcome": "done"})), "conclude: outcome: Input should be", id="bad ending"),
        pytest.param(says("I would refund it."), "It answered without calling a tool.", id="words"),
    ],
)
async def test_a_refusal_is_a_line_in_the_trace(mission: Mission, answer: Answer, sentence: str) -> None:
    with ScriptedModel([LOOK, answer, EXPLAINED]) as model:
        await ModelWorker(model.model()).next_move(await mission.desk())
    [why] = await refused(mission)
    assert why.startswith(sentence)


async def test_a_refusal_is_told_once_also_when_the_process_dies(mission: Mission) -> None:
    mission.die_after = 3
    with ScriptedModel([UNKNOWN, verdict("explained", "Nothing", "There is nothing to do.")]) as model:
        with pytest.raises(Died):
            await ModelWorker(model.model()).next_move(await mission.desk())
        mission.die_after = None
        await ModelWorker(model.model()).next_move(await mission.desk())
    assert await refused(mission) == ["There is no tool send_money."]


async def test_an_attempt_without_an_answer_is_a_line_in_the_trace(mission: Mission) -> None:
    with ScriptedModel([status(503), Reply(seconds=5), LOOK, EXPLAINED]) as model:
        await ModelWorker(model.model(), patience=1, pauses=(0.01, 0.01)).next_move(await mission.desk())
    failed = [one.told for one in await mission.trace() if one.kind == "failed"]
    assert [one["title"] for one in failed] == ["The model gave no answer"] * 2
    assert failed[0]["why"] == "the provider answered with HTTP status 503"
    assert "took more than 1 seconds" in failed[1]["why"]


async def test_a_result_between_refusals_gives_the_chances_back(mission: Mission) -> None:
    stumbling: list[Answer | Play] = [UNKNOWN, RESOLVED, UNKNOWN, calls(LIST)]
    with ScriptedModel([*stumbling, *stumbling, EXPLAINED]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Conclude)


async def test_refusals_are_counted_over_the_deaths_of_a_process(mission: Mission) -> None:
    mission.die_after = 6
    with ScriptedModel(lambda _: UNKNOWN) as model:
        with pytest.raises(Died):
            await ModelWorker(model.model()).next_move(await mission.desk())
        mission.die_after = None
        with pytest.raises(WorkerFailed, match="Last: There is no tool send_money"):
            await ModelWorker(model.model()).next_move(await mission.desk())
    assert len(model.asked) == 4


async def test_a_thought_without_words_says_which_calls_it_makes(mission: Mission) -> None:
    with ScriptedModel([calls(LIST, LIST, ("search_knowledge", {"question": "x"})), empty(), EXPLAINED]) as model:
        await ModelWorker(model.model()).next_move(await mission.desk())
    said = [one.told["text"] for one in await mission.trace() if one.kind == "thought"]
    assert said == ["Calls list_payments, search_knowledge", "An empty answer", "Calls conclude"]
