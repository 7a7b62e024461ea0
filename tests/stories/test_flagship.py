"""Charged twice: the flagship case from the customer's words to the verdict."""

from tests.promises import promise
from tests.support.world import ALL, BESIDE, CHARGED_TWICE, Agent, Customer, World


@promise("effects.exactly-once")
async def test_one_of_two_charges_is_refunded_once_a_person_approved(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await ana.approves(card)
    verdict = await ana.verdict(case)
    assert verdict["verdict"] == "duplicate confirmed, one charge refunded, customer notified"
    assert verdict["outcome"] == "resolved"
    assert verdict["proof"] == [
        {"says": "billing holds the refund with this exact amount", "held": True},
        {"says": "it belongs to this payment", "held": True},
    ]
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 4990, "EUR")]
    assert world.calls("refund_payment") == 1
    closed = await mira.sees(case, "closed")
    assert closed["messages"][-1]["text"] == card["message"]
    assert closed["remedies"][0]["state"] == "done"
    assert closed["remedies"][0]["reference"].startswith("re_")


@promise("effects.nothing-without-a-grant")
async def test_nothing_is_sent_while_the_proposal_waits(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    await ana.card()
    seen = await mira.sees(case, "person_decides")
    assert world.calls("refund_payment") == 0
    assert seen["messages"] == [seen["messages"][0]], "the apology is only sent once the refund is made"


@promise("decisions.every-value-has-an-origin")
async def test_the_card_shows_where_each_value_came_from(world: World, mira: Customer, ana: Agent) -> None:
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    origins = {one["name"]: one["origin"] for one in card["actions"][0]["arguments"]}
    payment, amount = origins["payment_id"], origins["amount"]
    assert (payment["kind"], payment["path"]) == ("record", "$.payments[1].payment_id")
    assert (amount["kind"], amount["observation"]) == ("record", payment["observation"])
    assert amount["path"].startswith("$.payments[1].")
    assert origins["customer_id"]["kind"] == "bound"
    assert origins["reason"]["kind"] == "rule"


async def test_the_card_says_what_will_change_why_and_who_must_approve(
    world: World, mira: Customer, ana: Agent
) -> None:
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    assert card["actions"][0]["changes"] == [
        {"label": "Refunded on payment pay_7702", "before": "€0.00", "after": "€49.90"}
    ]
    labels = [one["label"] for one in card["evidence"]]
    assert labels == ["Order", "Payments", "refund-policy@1 R-2 Charged twice for one order"]
    assert "keep\nthe first charge" in card["evidence"][2]["quote"]
    assert card["ruling"]["sentence"] == "A refund needs one agent."
    assert card["ruling"]["rules"] == ["refund"]
    assert card["can"] == ALL


async def test_the_trace_tells_the_whole_story_in_order(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    await ana.approves(await ana.card())
    mission = await ana.verdict(case)
    trace = await ana.trace(mission["id"])
    kinds = [one["kind"] for one in trace["items"]]
    story = ["received", "routed", "seen", "seen", "consulted", "proposed", "ruled", "decided", "granted"]
    story += ["effect", "effect", "effect", "proved", "told", "seen", "concluded"]
    assert [kind for kind in kinds if kind != "thought"] == story
    assert trace["verified"]
    assert trace["verified_to"] == len(kinds)


async def test_the_refund_carries_the_grants_key(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.approves(await ana.card())
    mission = await ana.verdict(case)
    intent = next(one for one in (await ana.trace(mission["id"]))["items"] if one["kind"] == "effect")
    assert world.refunds()[0][3] == intent["detail"]["key"]
    assert intent["detail"]["digest"] == card["actions"][0]["digest"]


async def test_three_charges_make_two_refunds_in_one_proposal(world: World, ana: Agent) -> None:
    aiko = await world.customer("aiko")
    case = await aiko.writes("You charged my card three times for order 4556!")
    card = await ana.card()
    assert len(card["actions"]) == 2
    await ana.approves(card)
    verdict = await ana.verdict(case)
    assert verdict["verdict"] == "duplicate confirmed, two charges refunded, customer notified"
    assert len(world.refunds()) == 2
    assert world.calls("refund_payment") == 2


async def test_a_large_refund_needs_two_supervisors(world: World, ana: Agent) -> None:
    tomas = await world.customer("tomas")
    case = await tomas.writes("I paid twice for order 4544")
    card = await ana.card()
    assert card["can"] == BESIDE
    assert card["cannot"] == "This one needs a supervisor."
    await ana.approves(card, status=403)
    sara, samir = await world.agent("sara"), await world.agent("samir")
    assert (await sara.approves(card))["state"] == "open"
    assert world.calls("refund_payment") == 0
    await samir.approves(card)
    await ana.verdict(case)
    assert [row[1] for row in world.refunds()] == [64000]
