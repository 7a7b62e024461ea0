"""Models that fail: each ends in a sentence for a person, none in a move that nobody meant."""

from dataclasses import replace

import pytest

from missiondesk.integrations import ConnectionPaused
from missiondesk.kit.canonical import canonical
from missiondesk.workers import Conclude, ModelWorker, Propose, WorkerFailed
from tests.promises import promise
from tests.support.scripted_model import (
    Answer,
    Reply,
    ScriptedModel,
    calls,
    cut,
    empty,
    filtered,
    garbage,
    says,
    status,
    too_long,
)
from tests.workers.conftest import Mission
from tests.workers.little_billing import billing_at, connections_to
from tests.workers.scripts import EXPLAINED, FLAGSHIP, LIST, LOOK, kinds, refund_later

SHORT = (0.01, 0.01)  # seconds between attempts


@promise("missions.failure-goes-to-a-person")
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(
            says("I would refund it."), "Last: It answered without calling a tool", id="text instead of a call"
        ),
        pytest.param(says("\ud800"), "Last: It answered without calling a tool", id="half a character"),
        pytest.param(empty(), "Last: It answered without calling a tool", id="nothing"),
        pytest.param(filtered(), "the provider's filter stopped it", id="content filter"),
        pytest.param(calls(("no_such_tool", {})), "row. Last: There is no tool no_such_tool", id="unknown tool"),
        pytest.param(calls(("conclude", '{"outcome": ')), "Last: conclude: Invalid JSON", id="cut JSON"),
        pytest.param(
            calls(("billing_list_payments", '["4471"]')),
            "Input should be",
            id="not an object",
        ),
        pytest.param(
            calls(("billing_list_payments", {"order": 1})),
            "'order_id' is a required property",
            id="wrong arguments",
        ),
        pytest.param(too_long("conclude", '{"outcome": "expl'), "Last: conclude: Invalid JSON", id="out of tokens"),
        pytest.param(garbage(), "could not be read", id="garbage"),
        pytest.param(cut(), "could not be reached, broke off", id="cut stream"),
        pytest.param(status(500), "HTTP status 500", id="500"),
        pytest.param(status(429), "HTTP status 429", id="429"),
        pytest.param(status(400), "HTTP status 400", id="400"),
        pytest.param(status(401), "refused the key", id="401"),
    ],
)
async def test_a_model_that_only_fails_ends_in_a_sentence(mission: Mission, answer: Answer, sentence: str) -> None:
    with ScriptedModel(lambda _: answer) as model, pytest.raises(WorkerFailed, match=sentence) as failed:
        await ModelWorker(model.model(), pauses=SHORT).next_move(await mission.desk())
    assert len(str(failed.value)) < 300
    assert "scripted" in str(failed.value)
    assert "retries" not in str(failed.value)
    assert mission.billing.refunds == 0


@pytest.mark.parametrize(
    "fault",
    [status(500), status(429), status(503), cut(), garbage(), says("Hm."), empty(), calls(("no_such_tool", {}))],
)
async def test_a_passing_failure_is_overcome(mission: Mission, fault: Answer) -> None:
    with ScriptedModel([LOOK, fault, refund_later]) as model:
        move = await ModelWorker(model.model(), pauses=SHORT).next_move(await mission.desk())
    assert isinstance(move, Propose)
    assert mission.billing.reads == ["list_payments"]


@pytest.mark.parametrize(("code", "attempts"), [(500, 3), (401, 1), (400, 1)])
async def test_a_provider_is_asked_three_times_and_only_if_it_may_help(
    mission: Mission, code: int, attempts: int
) -> None:
    with ScriptedModel(lambda _: status(code)) as model, pytest.raises(WorkerFailed):
        await ModelWorker(model.model(), pauses=SHORT).next_move(await mission.desk())
    assert len(model.asked) == attempts


async def test_a_model_that_never_stops_is_stopped(mission: Mission) -> None:
    with ScriptedModel(lambda _: calls(LIST)) as model, pytest.raises(WorkerFailed, match="came to no end"):
        await ModelWorker(model.model(), requests=5).next_move(await mission.desk())
    assert len(model.asked) == 5


async def test_the_limit_holds_for_all_turns_of_a_mission_together(mission: Mission) -> None:
    with ScriptedModel([*FLAGSHIP, EXPLAINED]) as model:
        worker = ModelWorker(model.model(), requests=2)
        await worker.next_move(await mission.desk())
        with pytest.raises(WorkerFailed, match="came to no end"):
            await worker.next_move(await mission.desk(turn=2))
    assert len(model.asked) == 2


async def test_tokens_are_counted_over_all_turns(mission: Mission) -> None:
    with ScriptedModel([*FLAGSHIP, EXPLAINED]) as model:
        worker = ModelWorker(model.model(), tokens=3000)
        await worker.next_move(await mission.desk())
        with pytest.raises(WorkerFailed, match="came to no end"):
            await worker.next_move(await mission.desk(turn=2))


async def test_a_flood_of_calls_is_stopped_before_the_first(mission: Mission) -> None:
    with ScriptedModel([calls(*[LIST] * 100)]) as model, pytest.raises(WorkerFailed, match="came to no end"):
        await ModelWorker(model.model()).next_move(await mission.desk())
    assert mission.billing.reads == []


async def test_a_model_that_hangs_is_given_up(mission: Mission) -> None:
    with ScriptedModel(lambda _: Reply(text="x", seconds=5)) as model, pytest.raises(WorkerFailed, match="broke off"):
        await ModelWorker(model.model(), patience=0.2, pauses=()).next_move(await mission.desk())


async def test_a_system_that_is_away_is_told_as_such(mission: Mission) -> None:
    with billing_at(mission.billing) as url:
        gone = replace(mission, connections=await connections_to(url))
    with ScriptedModel([LOOK, EXPLAINED]) as model, pytest.raises(ConnectionPaused, match="Billing does not answer"):
        await ModelWorker(model.model()).next_move(await gone.desk())
    await gone.connections.close()
    assert len(model.asked) == 1


async def test_what_no_json_holds_is_kept_readable_in_the_trace(mission: Mission) -> None:
    with ScriptedModel([calls(("billing_list_payments", '{"order_id": NaN}')), EXPLAINED]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Conclude)
    first = (await mission.trace())[0]
    assert first.told["calls"] == [{"tool": "billing.list_payments", "arguments": {"unreadable": '{"order_id":NaN}'}}]
    assert canonical(first.told)
    assert "seen" not in await kinds(mission)
