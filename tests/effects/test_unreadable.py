"""A proposal whose row cannot be read any more: nobody is held up by it, nothing is sent, and a person decides."""

from collections.abc import Sequence

import pytest

from missiondesk.decisions import Done, Policy
from missiondesk.effects import around
from tests.promises import promise
from tests.support.afterwards import answers, intact, working
from tests.support.approved import approved, effects_in, next_card, proposed
from tests.support.record import by_hand
from tests.support.world import JSON, Agent, Customer, World, until

BODY = "update proposals set body = "
UNREADABLE = {
    "it is no JSON": f"{BODY}substr(body, 2)",
    "a field has another name": f"""{BODY}replace(body, '"worker"', '"workex"')""",
    "an action is none": rf"""{BODY}replace(body, '\"arguments\"', '\"argumentz\"')""",
    "a value has no origin": rf"""{BODY}replace(body, '\"lineage\":{{', '\"lineage\":{{}},\"x\":{{')""",
}
each_way = pytest.mark.parametrize("statement", UNREADABLE.values(), ids=UNREADABLE.keys())
NO_MORE = "It cannot be read any more: reject it, or take the case over. Nothing was sent."
NOT_THE_ACTION = "The stored action does not have the digest that was approved."
IT_WAS_SENT = """insert into effects (grant_id, mission_id, proposal_id, digest, state, attempt, first_sent_at)
    select g.id, p.mission_id, p.id, g.digest, 'sent', 1, now() from grants g, proposals p where p.id = g.proposal_id"""


@promise("decisions.what-you-approve-is-what-runs")
@each_way
async def test_before_it_is_answered_it_can_be_seen_and_rejected_and_holds_up_nobody(
    statement: str, world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await proposed(world, mira, ana)
    tomas = await world.customer("tomas")
    await tomas.writes("I paid twice for order 4544")
    async with working(world):
        await until(ana.queue, lambda items: len(items) == 2)
    assert by_hand(world.database, f"{statement} where id = %s", card["id"]) == 1
    assert {one["kind"] for one in await ana.queue()} == {"proposal"}
    assert len(await ana.queue()) == 2
    lost = await ana.get(f"/api/desk/proposals/{card['id']}")
    assert (lost["cannot"], lost["risk"]) == (NO_MORE, "high")
    assert {*lost["can"]} & {"approve", "edit", "reject"} == {"reject"}
    assert lost["title"] == "A proposal whose row cannot be read any more"
    assert (await ana.approves(lost, status=409))["message"] == NO_MORE
    await ana.rejects(lost, "Somebody has been at the record.")
    async with working(world):
        mission = await ana.verdict(case)
    await intact(ana, mission)
    assert world.calls("refund_payment") == 0
    assert (await ana.queue("decided"))[0]["id"] == card["id"]


@promise("decisions.what-you-approve-is-what-runs")
async def test_an_approval_that_is_held_when_it_becomes_unreadable_never_counts(
    world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    body = {"kind": "approve", "digest": card["digest"], "undo": 1}
    await ana.post(f"/api/desk/proposals/{card['id']}/decisions", body)
    assert by_hand(world.database, UNREADABLE["it is no JSON"]) == 1
    async with working(world):
        stopped = await until(lambda: standing(ana, card), lambda it: it[0] != "held")
    assert stopped == ("stopped", NO_MORE)
    assert [one["kind"] for one in await ana.queue()] == ["proposal"], "it waits for a person"
    assert world.calls("refund_payment") == 0


@promise("decisions.what-you-approve-is-what-runs")
@each_way
async def test_after_the_approval_nothing_is_sent_and_a_person_decides_anew(
    statement: str, world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await approved(world, mira, ana)
    assert by_hand(world.database, statement) == 1
    async with working(world):
        again = await next_card(ana, card)
        assert NOT_THE_ACTION in again["stale"]["sentence"]
        assert await effects_in(ana, card) == [("stale", NOT_THE_ACTION)]
        await ana.rejects(again, "Somebody has been at the record.")
        mission = await ana.verdict(case)
    await intact(ana, mission)
    assert world.calls("refund_payment") == 0


@promise("effects.unknown-waits-for-a-person")
@pytest.mark.parametrize("said", ["happened", "not_happened"])
async def test_after_it_was_sent_a_person_is_asked_and_their_answer_counts(
    said: str, world: World, mira: Customer, ana: Agent
) -> None:
    case, _ = await approved(world, mira, ana)
    assert by_hand(world.database, IT_WAS_SENT) == 1
    assert by_hand(world.database, UNREADABLE["it is no JSON"]) == 1
    async with working(world):
        unknown = await ana.card(kind="unknown_effect")
        await mira.sees(case, "being_checked")
        [action] = unknown["actions"]
        assert action["sentence"] == "Refund €49.90 of payment pay_7702 (as the trace tells it)"
        assert action["effect"]["can"] == ["check_again", "happened", "not_happened"]
        assert await answers(ana, case) == []
        grant = action["effect"]["grant_id"]
        await ana.post(f"/api/desk/effects/{grant}/answers", {"answer": said})
        if said == "not_happened":
            await ana.rejects(await next_card(ana, unknown), "Somebody has been at the record.")
        mission = await ana.verdict(case)
    assert said == "not_happened" or mission["outcome"] == "handed_off", "what cannot be read back is not proved"
    await intact(ana, mission)
    assert world.calls("refund_payment") == 0


@pytest.mark.parametrize("column", ["answer", "changes", "checks"])
async def test_an_effect_of_which_something_cannot_be_read_does_not_hold_up_the_queue(
    column: str, world: World, mira: Customer, ana: Agent
) -> None:
    await approved(world, mira, ana)
    assert by_hand(world.database, IT_WAS_SENT) == 1
    assert by_hand(world.database, f"update effects set {column} = '[[1', state = 'unknown'") == 1
    assert [one["kind"] for one in await ana.queue()] == ["unknown_effect"]
    assert (await ana.card(kind="unknown_effect"))["actions"][0]["effect"]["state"] == "unknown"


@promise("decisions.no-answer-is-no")
async def test_a_past_that_cannot_be_read_is_not_known_and_so_not_taken_for_empty(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, _ = await approved(world, mira, ana)
    rule = {"action": "billing.refund_payment", "when": ["history.30d.count > 9"], "deny": "Too many."}
    policy = Policy.model_validate({"rule": {"often": rule}})

    async def past() -> Sequence[Done] | None:
        async with world.here.parts.database.transaction() as tx:
            return (await around(tx, policy, case["id"], "duplicate-charge@1")).past

    assert [one.tool for one in await past() or ()] == ["billing.refund_payment"]
    assert by_hand(world.database, UNREADABLE["an action is none"]) == 1
    assert await past() is None


async def standing(ana: Agent, card: JSON) -> tuple[str, str | None]:
    [made] = (await ana.get(f"/api/desk/proposals/{card['id']}"))["decisions"]
    return made["standing"], made["why"]
