"""What a model hears in a later turn: of decisions, of effects, and what the customer wrote meanwhile."""

from dataclasses import replace

import pytest

from missiondesk.decisions import Change
from missiondesk.workers import Ask, Conclude, HandOff, ModelWorker, Past, Propose
from tests.promises import promise
from tests.support.scripted_model import Answer, Asked, Play, Reply, ScriptedModel, asks, calls, hands_off, verdict
from tests.workers.conftest import Mission
from tests.workers.scripts import DONE, FLAGSHIP, LOOK, SORRY, after, explained, refund_call, refund_later

REFUND = "billing_refund_payment"
RESOLVED = verdict("resolved", "Duplicate confirmed, one charge refunded")
EXPLAINED = explained("Not refunded", "We looked again, and could not refund it.")
DECLINED = verdict("declined", "Not refunded", "We cannot refund it.")


async def hears(mission: Mission, then: Answer | Play, *past: Past) -> tuple[Asked, object]:
    """Propose, hear of `past` in the next turn, and answer `then`: what the model was told, and the move."""
    with ScriptedModel([*FLAGSHIP, then]) as model:
        worker = ModelWorker(model.model())
        assert isinstance(await worker.next_move(await mission.desk()), Propose)
        move = await worker.next_move(await mission.desk(turn=2, past=past))
    return model.asked[-1], move


async def test_a_done_refund_is_a_receipt_and_the_mission_is_resolved(mission: Mission) -> None:
    told, move = await hears(mission, RESOLVED, after())
    assert told.result(REFUND) == {
        "action": "Refund €49.90 of pay_7702",
        "state": "done",
        "by": "Ana",
        "reference": "re_1",
        "proof": "read back, and it is so",
        "customer": "your message was sent",
    }
    assert move == Conclude("resolved", "Duplicate confirmed, one charge refunded")


async def test_what_a_person_changed_before_it_was_approved_reaches_the_model(mission: Mission) -> None:
    edits = (
        Change(label="amount", before="€49.90", after="€39.90"),
        Change(label="message", before="We refunded €49.90.", after="We refunded €39.90."),
    )
    less = after(replace(DONE, sentence="Refund €39.90 of pay_7702"))
    told, _ = await hears(mission, RESOLVED, replace(less, edited=edits))
    assert told.result(REFUND)["action"] == "Refund €39.90 of pay_7702"
    assert told.result(REFUND)["edited_by_a_person"] == [
        {"what": "amount", "proposed": "€49.90", "approved": "€39.90"},
        {"what": "message", "proposed": "We refunded €49.90.", "approved": "We refunded €39.90."},
    ]


async def test_a_refund_that_was_disproved_does_not_read_as_told(mission: Mission) -> None:
    told, _ = await hears(mission, hands_off("The proof does not hold"), after(replace(DONE, proved=False)))
    assert told.result(REFUND)["proof"] == "read back, and it is NOT so"
    assert told.result(REFUND)["customer"] == "your message was NOT sent"


async def test_a_rejection_reaches_the_model_in_the_persons_words(mission: Mission) -> None:
    told, move = await hears(mission, DECLINED, Past("rejected", "Ana", "She has a store credit already.", ()))
    assert told.result(REFUND) == {
        "action": "billing.refund_payment",
        "state": "rejected",
        "by": "Ana",
        "reason": "She has a store credit already.",
        "sent": "nothing",
    }
    assert move == Conclude("declined", "Not refunded", "We cannot refund it.")


async def test_a_stale_proposal_says_what_changed_and_is_looked_at_again(mission: Mission) -> None:
    stale = Past(
        "approved",
        "Ana",
        None,
        (replace(DONE, state="stale", reference=None, why="it changed", proved=None),),
        (Change(label="Status", before="captured", after="refunded"),),
    )
    with ScriptedModel([*FLAGSHIP, LOOK, EXPLAINED]) as model:
        worker = ModelWorker(model.model())
        await worker.next_move(await mission.desk())
        move = await worker.next_move(await mission.desk(turn=2, past=[stale]))
    assert isinstance(move, Conclude)
    heard = model.asked[2].result(REFUND)
    assert heard["state"] == "stale"
    assert heard["reason"] == "Nothing was sent: it changed"
    assert heard["changes"] == [{"what": "Status", "before": "captured", "after": "refunded"}]
    assert mission.billing.reads == ["list_payments", "list_payments"]


@pytest.mark.parametrize(
    ("state", "words"), [("failed", "did not happen: amount_too_large"), ("skipped", "an earlier change")]
)
async def test_what_did_not_happen_is_told_with_its_reason(mission: Mission, state: str, words: str) -> None:
    told, _ = await hears(mission, hands_off("It failed"), after(replace(DONE, state=state, why="amount_too_large")))
    assert told.result(REFUND)["state"] == state
    assert words in told.result(REFUND)["reason"]


async def test_two_actions_hear_each_their_own_end(mission: Mission) -> None:
    def both(asked: Asked) -> Reply:
        return calls(refund_call(asked, "pay_7702"), refund_call(asked, "pay_7701"))

    second = replace(DONE, sentence="Refund €49.90 of pay_7701", state="failed", reference=None, why="not_captured")
    with ScriptedModel([LOOK, both, hands_off("One of two")]) as model:
        worker = ModelWorker(model.model())
        await worker.next_move(await mission.desk())
        move = await worker.next_move(await mission.desk(turn=2, past=[Past("approved", "Ana", None, (DONE, second))]))
    heard = [one.value for one in model.asked[-1].results if one.tool == REFUND]
    assert heard[0]["state"] == "done"
    assert heard[0]["customer"] == "your message was NOT sent"
    assert heard[1]["state"] == "failed"
    assert "not_captured" in heard[1]["reason"]
    assert move == HandOff("One of two")


async def test_a_message_meanwhile_withdraws_the_proposal_and_is_heard(mission: Mission) -> None:
    with ScriptedModel([*FLAGSHIP, explained("Withdrawn by the customer", "We keep it as it is.")]) as model:
        worker = ModelWorker(model.model())
        await worker.next_move(await mission.desk())
        mission.says("assistant: We have your message.")
        mission.says("Stop, I found the mistake myself.")
        move = await worker.next_move(await mission.desk(turn=2, past=[Past("superseded", "", None, ())]))
    told = model.asked[-1]
    assert told.result(REFUND)["state"] == "withdrawn"
    assert told.result(REFUND)["reason"].startswith("The customer wrote again")
    assert told.customer == ["I was charged twice for order 4471.", "Stop, I found the mistake myself."]
    assert isinstance(move, Conclude)


async def test_a_question_is_answered_by_what_the_customer_writes(mission: Mission) -> None:
    mission.said = ("I was charged twice.",)
    with ScriptedModel([asks("For which order?"), *FLAGSHIP]) as model:
        worker = ModelWorker(model.model())
        assert await worker.next_move(await mission.desk()) == Ask("For which order?")
        mission.says("assistant: For which order?")
        mission.says("4471")
        move = await worker.next_move(await mission.desk(turn=2))
    assert isinstance(move, Propose)
    assert model.asked[1].customer == ["I was charged twice.", "4471"]
    assert model.asked[1].result("ask_customer")["asked"] is True


async def test_two_proposals_in_one_mission_each_hear_their_own_end(mission: Mission) -> None:
    def again(asked: Asked) -> Reply:
        return calls(refund_call(asked, message="We refunded the later charge."))

    rejected = Past("rejected", "Ana", "Kinder words, please.", ())
    with ScriptedModel([*FLAGSHIP, again, RESOLVED]) as model:
        worker = ModelWorker(model.model())
        await worker.next_move(await mission.desk())
        second = await worker.next_move(await mission.desk(turn=2, past=[rejected]))
        move = await worker.next_move(await mission.desk(turn=5, past=[rejected, after()]))
    assert isinstance(second, Propose)
    assert second.message == "We refunded the later charge."
    assert isinstance(move, Conclude)
    assert [one.value["reason"] for one in model.asked[-1].results if one.state == "rejected"] == [
        "Kinder words, please."
    ]
    assert model.asked[-1].result(REFUND)["state"] == "done"


@promise("decisions.no-answer-is-no")
async def test_a_proposal_that_nobody_answered_reads_as_not_done(mission: Mission) -> None:
    told, _ = await hears(mission, hands_off("Nobody answers"))
    assert told.result(REFUND)["state"] == "not_proposed"


async def test_a_conclusion_whose_message_a_person_let_go_out_is_said_again_without_it(mission: Mission) -> None:
    """After a stale effect the platform asks a person about the message, as a proposal without actions."""
    let_go = Past("approved", "Ana", None, ())
    with ScriptedModel([LOOK, EXPLAINED]) as model:
        worker = ModelWorker(model.model())
        first = await worker.next_move(await mission.desk())
        assert isinstance(first, Conclude)
        assert first.message == "We looked again, and could not refund it."
        for turn in (2, 3):
            again = await worker.next_move(await mission.desk(turn=turn, past=[let_go]))
            assert again == replace(first, message=None)
    assert len(model.asked) == 2


async def test_a_conclusion_whose_message_a_person_stopped_is_thought_over(mission: Mission) -> None:
    stopped = Past("rejected", "Ana", "Say that we are sorry.", ())
    with ScriptedModel([LOOK, EXPLAINED, explained("Not refunded", "We are sorry.")]) as model:
        worker = ModelWorker(model.model())
        await worker.next_move(await mission.desk())
        move = await worker.next_move(await mission.desk(turn=2, past=[stopped]))
    assert isinstance(move, Conclude)
    assert move.message == "We are sorry."
    assert model.asked[-1].result("conclude")["reason"] == "Say that we are sorry."


async def test_a_message_that_comes_while_the_mission_concludes_is_heard(mission: Mission) -> None:
    with ScriptedModel([LOOK, EXPLAINED, refund_later]) as model:
        worker = ModelWorker(model.model())
        await worker.next_move(await mission.desk())
        mission.says("Look again, please.")
        move = await worker.next_move(await mission.desk(turn=2))
    assert isinstance(move, Propose)
    assert move.message == SORRY
    assert model.asked[-1].result("conclude")["state"] == "not_ended"
    assert model.asked[-1].customer[-1] == "Look again, please."
