"""A step that fails in part asks for nothing: neither half a proposal nor a verdict over a write that was dropped."""

from typing import Any

import pytest

from missiondesk.workers import Ask, Conclude, HandOff, ModelWorker, Propose
from tests.support.scripted_model import Asked, Play, Reply, ScriptedModel, calls
from tests.workers.conftest import Died, Mission
from tests.workers.scripts import EXPLAINED, LOOK, SORRY, WHY, refund_call, refund_later


def beside_an_invalid_write(asked: Asked) -> Reply:
    name, arguments = refund_call(asked, "pay_7701")
    return calls(refund_call(asked), (name, {**arguments, "amount": "all of it"}))


def beside_a_write_without_reasons(asked: Asked) -> Reply:
    name, arguments = refund_call(asked, "pay_7701")
    return calls(refund_call(asked), (name, {key: arguments[key] for key in ("payment_id", "amount")}))


def beside_an_unknown_tool(asked: Asked) -> Reply:
    return calls(refund_call(asked), ("billing_refund_all", {}))


def beside_cut_arguments(asked: Asked) -> Reply:
    return calls(refund_call(asked), ("billing_get_payment", '{"payment_id": "pay_'))


def beside_a_verdict(asked: Asked) -> Reply:
    end = {"outcome": "resolved", "summary": "Refunded", "message_to_customer": SORRY, "evidence": [1]}
    return calls(refund_call(asked), ("conclude", end))


def after_a_verdict(asked: Asked) -> Reply:
    end = {"outcome": "explained", "summary": "Refunded", "message_to_customer": SORRY, "evidence": [1]}
    return calls(("conclude", end), refund_call(asked))


def beside_a_handoff(asked: Asked) -> Reply:
    return calls(refund_call(asked), ("hand_off", {"reason": "unsure", "message_to_customer": None}))


@pytest.mark.parametrize(
    "half",
    [
        beside_an_invalid_write,
        beside_a_write_without_reasons,
        beside_an_unknown_tool,
        beside_cut_arguments,
        beside_a_verdict,
        after_a_verdict,
        beside_a_handoff,
    ],
)
async def test_a_write_beside_a_failed_call_is_asked_for_again_as_a_whole(mission: Mission, half: Play) -> None:
    with ScriptedModel([LOOK, half, refund_later]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Propose)
    assert [one.arguments["payment_id"] for one in move.actions] == ["pay_7702"]
    assert "ask for the whole again" in model.asked[-1].errors("billing_refund_payment")[0]
    assert mission.billing.refunds == 0


async def test_an_unknown_tool_is_told_and_the_model_goes_on(mission: Mission) -> None:
    with ScriptedModel([calls(("send_money", {"to": "me"})), EXPLAINED]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Conclude)
    assert "send_money" in str(model.asked[-1].messages[-1]["content"])


async def test_a_question_beside_a_write_wins(mission: Mission) -> None:
    def both(asked: Asked) -> Reply:
        return calls(refund_call(asked), ("ask_customer", {"question": "To which card?"}))

    with ScriptedModel([LOOK, both, refund_later]) as model:
        worker = ModelWorker(model.model())
        assert await worker.next_move(await mission.desk()) == Ask("To which card?")
        mission.says("To the card that I paid with.")
        move = await worker.next_move(await mission.desk(turn=2))
    assert isinstance(move, Propose)
    heard = model.asked[-1].errors("billing_refund_payment")
    assert heard == ["Not proposed: you asked the customer in the same step. Propose it again if it still fits."]
    assert model.asked[-1].customer[-1] == "To the card that I paid with."


def read_beside(*wanted: tuple[str, Any]) -> Reply:
    return calls(("billing_get_payment", {"payment_id": "pay_7701"}), *wanted)


async def test_a_question_beside_a_read_is_asked_alone_once_the_read_is_known(mission: Mission) -> None:
    which = ("ask_customer", {"question": "Which one?"})
    with ScriptedModel([read_beside(which), calls(which)]) as model:
        assert await ModelWorker(model.model()).next_move(await mission.desk()) == Ask("Which one?")
    assert mission.billing.reads == ["get_payment"]
    assert "with no read in the same step" in model.asked[-1].errors("ask_customer")[0]
    assert model.asked[-1].has("billing_get_payment")


async def test_a_change_beside_a_read_is_proposed_only_when_the_read_is_known(mission: Mission) -> None:
    with ScriptedModel([LOOK, lambda asked: read_beside(refund_call(asked)), refund_later]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Propose)
    assert len(model.asked) == 3
    assert "with no read in the same step" in model.asked[-1].errors("billing_refund_payment")[0]


async def test_a_read_beside_a_question_is_read_again_when_the_process_died_and_days_passed(mission: Mission) -> None:
    mission.die_after = 3  # the messages and the answer are stored, the read is not
    with ScriptedModel([read_beside(("ask_customer", {"question": "Which one?"})), EXPLAINED]) as model:
        with pytest.raises(Died):
            await ModelWorker(model.model()).next_move(await mission.desk())
        mission.die_after = None
        mission.says("The second.")
        await ModelWorker(model.model()).next_move(await mission.desk(turn=2))
    newest = max(one.n for one in await mission.trace() if one.kind == "seen")
    assert model.asked[-1].result("billing_get_payment")["observation"] == newest


async def test_later_changes_of_a_step_need_no_message_and_no_evidence_of_their_own(mission: Mission) -> None:
    def both(asked: Asked) -> Reply:
        name, arguments = refund_call(asked, "pay_7701")
        bare = {"for_approval": {"why": "The first one too.", "evidence": None, "message_to_customer": None}}
        return calls(refund_call(asked), (name, {**arguments, **bare}))

    with ScriptedModel([LOOK, both]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Propose)
    assert move.message == SORRY
    assert move.reasons == (WHY, "The first one too.")
    assert len(move.actions) == 2
    assert move.evidence


@pytest.mark.parametrize("left_out", ["message_to_customer", "evidence"])
async def test_a_proposal_without_any_message_or_evidence_is_put_right(mission: Mission, left_out: str) -> None:
    def bare(asked: Asked) -> Reply:
        name, arguments = refund_call(asked)
        return calls((name, {**arguments, "for_approval": {**arguments["for_approval"], left_out: None}}))

    with ScriptedModel([LOOK, bare, refund_later]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Propose)
    assert left_out.split("_")[0] in model.asked[-1].errors("billing_refund_payment")[0]


async def test_two_questions_in_one_step_are_asked_together(mission: Mission) -> None:
    both = calls(("ask_customer", {"question": "Which order?"}), ("ask_customer", {"question": "Which card?"}))
    with ScriptedModel([both]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert move == Ask("Which order?\n\nWhich card?")


async def test_a_read_beside_a_handoff_does_not_stop_the_handoff_for_good(mission: Mission) -> None:
    end = ("hand_off", {"reason": "unsure", "message_to_customer": None})
    with ScriptedModel([calls(("billing_list_payments", {"order_id": "4471"}), end), calls(end)]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert move == HandOff("unsure")
