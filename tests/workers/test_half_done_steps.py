"""A step that fails in part asks for nothing: neither half a proposal nor a verdict over a write that was dropped."""

import pytest

from missiondesk.workers import Ask, Conclude, HandOff, ModelWorker, Propose
from tests.support.scripted_model import Asked, Play, Reply, ScriptedModel, calls, verdict
from tests.workers.conftest import Mission
from tests.workers.scripts import LOOK, SORRY, refund_call, refund_later

EXPLAINED = verdict("explained", "One charge only", "You were charged once.")


def beside_an_invalid_write(asked: Asked) -> Reply:
    name, arguments = refund_call(asked, "pay_7701")
    return calls(refund_call(asked), (name, {**arguments, "amount": "all of it"}))


def beside_a_write_without_reasons(asked: Asked) -> Reply:
    name, arguments = refund_call(asked, "pay_7701")
    return calls(refund_call(asked), (name, {key: arguments[key] for key in ("payment_id", "amount")}))


def beside_a_failed_read(asked: Asked) -> Reply:
    return calls(refund_call(asked), ("billing_get_payment", {"payment_id": "pay_0"}))


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
        beside_a_failed_read,
        beside_an_unknown_tool,
        beside_cut_arguments,
        beside_a_verdict,
        after_a_verdict,
        beside_a_handoff,
    ],
)
async def test_a_write_beside_a_failed_call_is_asked_for_again_as_a_whole(mission: Mission, half: Play) -> None:
    with ScriptedModel([LOOK, half, refund_later]) as model:
        move = await ModelWorker(model.model()).next_move(mission.desk())
    assert isinstance(move, Propose)
    assert [one.arguments["payment_id"] for one in move.actions] == ["pay_7702"]
    assert "ask for the whole again" in model.asked[-1].errors("billing_refund_payment")[0]
    assert mission.billing.refunds == 0


async def test_an_unknown_tool_is_told_and_the_model_goes_on(mission: Mission) -> None:
    with ScriptedModel([calls(("send_money", {"to": "me"})), EXPLAINED]) as model:
        move = await ModelWorker(model.model()).next_move(mission.desk())
    assert isinstance(move, Conclude)
    assert "send_money" in str(model.asked[-1].messages[-1]["content"])


async def test_a_question_beside_a_write_wins(mission: Mission) -> None:
    def both(asked: Asked) -> Reply:
        return calls(refund_call(asked), ("ask_customer", {"question": "To which card?"}))

    with ScriptedModel([LOOK, both, refund_later]) as model:
        worker = ModelWorker(model.model())
        assert await worker.next_move(mission.desk()) == Ask("To which card?")
        mission.says("To the card that I paid with.")
        move = await worker.next_move(mission.desk(turn=2))
    assert isinstance(move, Propose)
    heard = model.asked[-1].errors("billing_refund_payment")
    assert heard == ["Not proposed: you asked the customer in the same step. Propose it again if it still fits."]
    assert model.asked[-1].customer[-1] == "To the card that I paid with."


async def test_a_read_beside_a_question_is_read_again_when_the_answer_comes(mission: Mission) -> None:
    look_and_ask = calls(("billing_list_payments", {"order_id": "4471"}), ("ask_customer", {"question": "Which one?"}))
    with ScriptedModel([look_and_ask, refund_later]) as model:
        worker = ModelWorker(model.model())
        assert await worker.next_move(mission.desk()) == Ask("Which one?")
        mission.says("The second.")
        mission.billing.payments.reverse()
        move = await worker.next_move(mission.desk(turn=2))
    assert isinstance(move, Propose)
    assert mission.billing.reads == ["list_payments", "list_payments"]
    newest = max(one.n for one in await mission.trace() if one.kind == "seen")
    assert move.evidence == (newest,)


async def test_two_questions_in_one_step_are_asked_together(mission: Mission) -> None:
    both = calls(("ask_customer", {"question": "Which order?"}), ("ask_customer", {"question": "Which card?"}))
    with ScriptedModel([both]) as model:
        move = await ModelWorker(model.model()).next_move(mission.desk())
    assert move == Ask("Which order?\n\nWhich card?")


async def test_a_read_beside_a_handoff_does_not_stop_the_handoff_for_good(mission: Mission) -> None:
    end = ("hand_off", {"reason": "unsure", "message_to_customer": None})
    with ScriptedModel([calls(("billing_list_payments", {"order_id": "4471"}), end), calls(end)]) as model:
        move = await ModelWorker(model.model()).next_move(mission.desk())
    assert move == HandOff("unsure")
