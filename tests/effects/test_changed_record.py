"""One byte of what was approved is changed in the database: nothing is sent, and the queue says why."""

import hashlib
import json

import pytest

from missiondesk.decisions.proposals import Proposed
from missiondesk.kit.canonical import canonical
from tests.promises import promise
from tests.support.afterwards import answers, intact, working
from tests.support.approved import approved, effects_in, next_card, proposed
from tests.support.by_hand import REFUND_BY_HAND
from tests.support.record import by_hand, rows
from tests.support.world import JSON, Agent, Customer, World, until

FLIP = "overlay({0} placing (case left({0}, 1) when 'a' then 'b' else 'a' end) from 1 for 1)"
NOT_THE_ACTION = "The stored action does not have the digest that was approved."
NOT_THE_PROPOSAL = "The proposal is not approved as it is stored."
NOT_DECIDED_SO = "What is decided about its connections has changed since it was approved."
NOT_TOLD_THAT = "The trace does not tell that Ana Reyes approved this."
NOT_TOLD_OF = "The trace does not tell of this grant."
NOT_ENOUGH = "There are not enough approvals of this digest."

CHANGED = {
    "the amount": ("update proposals set body = replace(body, '4990', '4991')", NOT_THE_ACTION),
    "the payment": ("update proposals set body = replace(body, 'pay_7702', 'pay_7701')", NOT_THE_ACTION),
    "whose money": ("update proposals set body = replace(body, 'acct_5001', 'acct_5002')", NOT_THE_ACTION),
    "what it rests on": (
        "update proposals set body = replace(body, '\\\"observation\\\":4', '\\\"observation\\\":3')",
        NOT_THE_ACTION,
    ),
    "the words of the card": (
        'update proposals set body = replace(body, \'"sentence":"Refund €49.90\', \'"sentence":"Refund €0.01\')',
        NOT_THE_ACTION,
    ),
    "what the policy asked for": (
        "update proposals set body = replace(body, '\"count\":1', '\"count\":2')",
        NOT_THE_PROPOSAL,
    ),
    "what is required as proof": (
        "with moved as (update connections_version set version = version + 1) update connections set "
        "version = version + 1, manifest = replace(manifest, 'this exact amount', 'an amount') where id = 'billing'",
        NOT_DECIDED_SO,
    ),
    "the message": ("update proposals set body = replace(body, 'I am sorry', 'I am sorrz')", NOT_THE_PROPOSAL),
    "the proposal's digest": (f"update proposals set digest = {FLIP.format('digest')}", NOT_THE_PROPOSAL),
    "the grant's digest": (f"update grants set digest = {FLIP.format('digest')}", NOT_THE_ACTION),
    "what was seen": (f"update decisions set seen = {FLIP.format('seen')}", NOT_ENOUGH),
    "the answer": ("update decisions set kind = 'reject'", NOT_ENOUGH),
    "no decision at all": ("delete from decisions", NOT_ENOUGH),
    "another role": ("update decisions set by_role = 'auditor'", NOT_ENOUGH),
    "nobody's answer": ("update decisions set by_id = 'staff-nobody'", NOT_ENOUGH),
    "an answer that nobody gave": ("update decisions set id = 'decision-forged'", NOT_TOLD_THAT),
    "a grant that nobody gave": ("update grants set id = 'grant-forged'", NOT_TOLD_OF),
    "not closed by approval": ("update proposals set closed = 'superseded'", NOT_THE_PROPOSAL),
}


@promise("decisions.what-you-approve-is-what-runs")
@pytest.mark.parametrize(("statement", "why"), CHANGED.values(), ids=CHANGED.keys())
async def test_a_byte_changed_after_the_approval_stops_it(
    statement: str, why: str, world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await approved(world, mira, ana)
    assert by_hand(world.database, statement) == 1
    async with working(world):
        again = await next_card(ana, card)
        assert world.calls("refund_payment") == 0
        if again["stale"]:  # a proposal that is not closed as approved any more is carried out by nobody
            assert why in again["stale"]["sentence"]
            assert [state for state, _ in await effects_in(ana, card)] == ["stale"]
        await ana.rejects(again, "Somebody has been at the record.")
        mission = await ana.verdict(case)
    assert world.calls("refund_payment") == 0
    await intact(ana, mission)


@promise("decisions.what-you-approve-is-what-runs")
async def test_a_card_whose_words_were_changed_cannot_be_approved(world: World, mira: Customer, ana: Agent) -> None:
    await proposed(world, mira, ana)
    statement, _ = CHANGED["the words of the card"]
    assert by_hand(world.database, statement) == 1
    refused = await ana.approves(await ana.card(), status=409)
    assert refused["message"] == "What is stored is not what was proposed. Nothing was sent or changed."
    assert world.calls("refund_payment") == 0


@promise("decisions.what-you-approve-is-what-runs")
@pytest.mark.parametrize("up_to", ["the action", "the grant", "the proposal"])
async def test_whoever_computes_the_digests_anew_still_lacks_the_approval(
    up_to: str, world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await approved(world, mira, ana)
    resealed(world, "arguments", {"amount": {"minor": 4991, "currency": "EUR"}}, up_to=up_to)
    async with working(world):
        again = await next_card(ana, card)
        assert "Nothing was sent" in again["stale"]["sentence"]
        await ana.rejects(again, "Somebody has been at the record.")
        await ana.verdict(case)
    assert world.calls("refund_payment") == 0


@promise("decisions.no-answer-is-no")
async def test_an_approval_that_comes_after_its_time_sends_nothing(world: World, mira: Customer, ana: Agent) -> None:
    case, card = await proposed(world, mira, ana)
    resealed(world, "expires", "2026-01-01T00:00:00+00:00", up_to="the proposal")  # as if proposed long ago
    late = await ana.get(f"/api/desk/proposals/{card['id']}")
    assert late["digest"] != card["digest"]
    await ana.approves(late)
    async with working(world):
        again = await next_card(ana, card)
        assert "The approval's time is over." in again["stale"]["sentence"]
        assert world.calls("refund_payment") == 0
        await ana.approves(again)
        assert (await ana.verdict(case))["outcome"] == "resolved"
    assert world.calls("refund_payment") == 1


@promise("effects.nothing-without-a-grant")
async def test_an_approval_whose_grant_is_gone_is_not_told_as_done(world: World, mira: Customer, ana: Agent) -> None:
    case, _ = await approved(world, mira, ana)
    assert by_hand(world.database, "delete from grants") == 1
    async with working(world):
        await until(ana.queue, lambda items: [one["kind"] for one in items] == ["handoff"])
    assert world.calls("refund_payment") == 0
    assert not [text for text in await answers(ana, case) if "We have made" in text]


@promise("effects.nothing-without-a-grant")
async def test_a_proposal_made_to_look_approved_without_a_grant_is_not_carried_out(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, _ = await proposed(world, mira, ana)
    by_hand(world.database, "update proposals set closed = 'approved', closed_by = 'Ana Reyes', closed_at = now()")
    by_hand(world.database, "update missions set state = 'runnable', turn = turn + 1, lane = 'effects'")
    async with working(world):
        await until(ana.queue, lambda items: [one["kind"] for one in items] == ["handoff"])
    assert world.calls("refund_payment") == 0
    assert not [text for text in await answers(ana, case) if "We have made" in text], "nobody is told that it is done"


@promise("decisions.what-you-approve-is-what-runs")
async def test_a_message_changed_after_its_approval_is_not_told(world: World, mira: Customer, ana: Agent) -> None:
    case, card = await approved(world, mira, ana)
    world.outside.by_hand("billing", REFUND_BY_HAND)
    async with working(world):
        words_only = await next_card(ana, card)
    await ana.approves(words_only)
    changed = (
        "update proposals set body = replace(body, 'refunded already', 'refunded twice') where closed_at is not null"
    )
    assert by_hand(world.database, changed) == 2
    async with working(world):
        await until(ana.queue, lambda items: [one["kind"] for one in items] == ["handoff"])
    assert not [text for text in await answers(ana, case) if "refunded twice" in text]


def resealed(world: World, field: str, value: object, *, up_to: str) -> None:
    """The stored action with one field of it changed, and the digests made to fit, as far as `up_to`."""
    [(proposal_id, body)] = rows(world.database, "select id, body from proposals")
    proposal: JSON = json.loads(body)
    action: JSON = json.loads(proposal["actions"][0]["sealed"])
    action[field] = {**action[field], **value} if isinstance(value, dict) else value
    sealed = canonical(action)
    digest = hashlib.sha256(sealed).hexdigest()
    proposal["actions"][0] |= {"sealed": sealed.decode(), "digest": digest}
    by_hand(world.database, "update proposals set body = %s where id = %s", json.dumps(proposal), proposal_id)
    if up_to in ("the grant", "the proposal"):
        by_hand(world.database, "update grants set digest = %s", digest)
    if up_to == "the proposal":
        whole = Proposed.model_validate(proposal).digest
        by_hand(world.database, "update proposals set digest = %s where id = %s", whole, proposal_id)
