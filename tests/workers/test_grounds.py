"""What an ending or a change may rest on: what was read in this mission, and nothing that is known to be old."""

from dataclasses import replace

import pytest

from missiondesk.decisions import Change
from missiondesk.workers import Conclude, ModelWorker, Past, Propose
from tests.support.scripted_model import Answer, Asked, Play, Reply, ScriptedModel, calls, hands_off, verdict
from tests.workers.conftest import Mission
from tests.workers.scripts import DONE, EXPLAINED, FLAGSHIP, LOOK, SEARCH, SORRY, WHY, after, refund_call

STALE = Past(
    "approved",
    "Ana",
    None,
    (replace(DONE, state="stale", reference=None, why="it changed", proved=None),),
    (Change(label="Status", before="captured", after="refunded"),),
)
FAILED = after(replace(DONE, state="failed", reference=None, why="amount_too_large", proved=None))
REJECTED = Past("rejected", "Ana", "She has a store credit already.", ())
FALSE = "Your money is on its way: we have refunded 58.00 EUR."


async def comes_to_nothing(mission: Mission, past: Past) -> None:
    if past.closed == "rejected":
        await mission.notes("decided", answer="reject", by=past.by)
    else:
        await mission.notes("effect", state=past.receipts[0].state, why=past.receipts[0].why)


async def goes_on(mission: Mission, past: Past, *script: Answer | Play) -> tuple[ScriptedModel, object]:
    """Propose; it comes to nothing; then `script`."""
    with ScriptedModel([*FLAGSHIP, *script]) as model:
        worker = ModelWorker(model.model())
        assert isinstance(await worker.next_move(await mission.desk()), Propose)
        await comes_to_nothing(mission, past)
        move = await worker.next_move(await mission.desk(turn=2, past=[past]))
    return model, move


async def test_explained_without_evidence_is_put_right_once_something_was_read(mission: Mission) -> None:
    with ScriptedModel([LOOK, verdict("explained", "nothing to do", FALSE), EXPLAINED]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Conclude)
    assert move.evidence == tuple(sorted(model.asked[-1].observations))
    assert model.asked[-1].errors("conclude")[0].startswith("Cite the observations that this rests on. There are: ")


@pytest.mark.parametrize("past", [STALE, FAILED, REJECTED], ids=["stale", "failed", "rejected"])
async def test_nothing_is_explained_on_what_was_read_before_a_change_came_to_nothing(
    mission: Mission, past: Past
) -> None:
    def old(asked: Asked) -> Reply:
        return verdict("explained", "nothing to do", FALSE, asked.observations[:2])

    def new(asked: Asked) -> Reply:
        return verdict("explained", "Refunded already", "It was refunded already.", asked.observations[2:])

    model, move = await goes_on(mission, past, old, LOOK, new)
    assert isinstance(move, Conclude)
    assert move.message == "It was refunded already."
    assert len(model.asked[-1].errors("conclude")) == 1


async def test_after_a_failure_the_case_can_be_handed_over_at_once(mission: Mission) -> None:
    model, _ = await goes_on(mission, FAILED, hands_off("It failed"))
    assert len(model.asked) == 3


async def test_after_a_stale_change_a_proposal_rests_only_on_what_was_read_since(mission: Mission) -> None:
    def on(numbers: slice) -> Play:
        def play(asked: Asked) -> Reply:
            name, arguments = refund_call(asked)
            why = {"why": WHY, "evidence": asked.observations[numbers], "message_to_customer": SORRY}
            return calls((name, {**arguments, "for_approval": why}))

        return play

    model, move = await goes_on(mission, STALE, LOOK, on(slice(None)), on(slice(2, None)))
    told = model.asked[-1]
    assert isinstance(move, Propose)
    assert move.evidence == tuple(sorted(told.observations[2:]))
    [said] = told.errors("billing_refund_payment")
    assert said.startswith(f"Cannot be cited: {', '.join(map(str, told.observations[:2]))}.")
    assert said.endswith(f"There are: {', '.join(map(str, sorted(told.observations[2:])))}.")


async def test_the_stale_result_says_that_earlier_observations_no_longer_count(mission: Mission) -> None:
    model, _ = await goes_on(mission, STALE, hands_off("Changed"))
    told = model.asked[-1].result("billing_refund_payment")
    assert told["changes"] == [{"what": "Status", "before": "captured", "after": "refunded"}]
    assert told["next"].startswith("Read again; the earlier observations no longer count.")


async def test_declined_needs_a_person_or_a_rule_that_says_no(mission: Mission) -> None:
    def on_the_record(asked: Asked) -> Reply:
        return verdict("declined", "No", "We cannot.", [asked.result("billing_list_payments")["observation"]])

    def on_the_rule(asked: Asked) -> Reply:
        return verdict("declined", "No", "We cannot.", [asked.result("search_knowledge")["observation"]])

    with ScriptedModel([LOOK, on_the_record, on_the_rule]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Conclude)
    assert "Declined needs" in model.asked[-1].errors("conclude")[0]


async def test_declined_after_a_rejection_needs_no_more(mission: Mission) -> None:
    model, move = await goes_on(mission, REJECTED, verdict("declined", "Ana said no", "We cannot."))
    assert isinstance(move, Conclude)
    assert len(model.asked) == 3


async def test_an_empty_search_is_no_rule(mission: Mission) -> None:
    nothing = (SEARCH[0], {"question": "zebra"})

    def on_nothing(asked: Asked) -> Reply:
        return verdict("declined", "No", "We cannot.", [2])

    with ScriptedModel([calls(nothing), on_nothing, hands_off("No rule")]) as model:
        await ModelWorker(model.model()).next_move(await mission.desk())
    assert "Declined needs" in model.asked[-1].errors("conclude")[0]
