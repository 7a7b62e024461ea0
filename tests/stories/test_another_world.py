"""The same brief where the world is different."""

import pytest

from tests.promises import promise
from tests.support.world import CHARGED_TWICE, Agent, Customer, World, until

REFUND_BY_HAND = (
    "insert into refunds values "
    "('re_hand', 'acct_5001', 'pay_7702', 4990, 'EUR', 'by hand', null, '2026-11-20T10:00:00Z')"
)


async def test_a_single_charge_is_explained_and_nothing_is_proposed(world: World, ana: Agent) -> None:
    jonas = await world.customer("jonas")
    case = await jonas.writes("I was charged twice for order 4502")
    assert (await ana.verdict(case))["outcome"] == "explained"
    closed = await jonas.sees(case, "closed")
    assert "there is one charge of €" in closed["messages"][-1]["text"]
    assert await ana.queue() == []
    assert world.calls("refund_payment") == 0


async def test_a_duplicate_that_was_refunded_already_is_not_refunded_again(world: World, ana: Agent) -> None:
    priya = await world.customer("priya")
    case = await priya.writes("There are two charges for order 4533, please refund one")
    verdict = await ana.verdict(case)
    assert (verdict["outcome"], verdict["verdict"]) == (
        "explained",
        "the duplicate was refunded already, customer notified",
    )
    assert "has been refunded already" in (await priya.sees(case, "closed"))["messages"][-1]["text"]
    assert world.calls("refund_payment") == 0


async def test_a_split_payment_is_no_duplicate(world: World, ana: Agent) -> None:
    aiko = await world.customer("aiko")
    case = await aiko.writes("I was charged twice for order 4555")
    assert (await ana.verdict(case))["outcome"] == "explained"
    assert "paid in parts" in (await aiko.sees(case, "closed"))["messages"][-1]["text"]


@promise("gate.foreign-looks-like-missing")
async def test_another_customers_order_and_an_unknown_one_get_the_same_words(
    world: World, mira: Customer, ana: Agent
) -> None:
    answers: list[str] = []
    for number in ("4502", "9999"):  # Jonas's, and nobody's
        case = await mira.writes(f"I was charged twice for order #{number}")
        assert (await ana.verdict(case))["outcome"] == "explained"
        answers.append((await mira.sees(case, "closed"))["messages"][-1]["text"].replace(number, "N"))
    assert answers[0] == answers[1]


@promise("gate.one-customer-one-world")
async def test_nothing_of_another_customers_order_is_in_the_trace(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes("I was charged twice for order #4502")
    mission = await ana.verdict(case)
    told = str((await ana.trace(mission["id"]))["items"])
    assert "cus_1002" not in told
    assert "Jonas" not in told


@promise("effects.stale-evidence-stops")
async def test_a_payment_refunded_by_hand_meanwhile_stops_the_refund(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    first = await ana.card()
    world.outside.by_hand("billing", REFUND_BY_HAND)
    await ana.approves(first)
    again = await until(ana.queue, lambda items: items and items[0]["id"] != first["id"])
    card = await ana.get(f"/api/desk/proposals/{again[0]['id']}")
    assert world.calls("refund_payment") == 0
    assert card["actions"] == []
    assert card["stale"]["approvals_void"] == ["Ana Reyes"]
    changes = {one["label"]: (one["before"], one["after"]) for one in card["stale"]["changes"]}
    assert changes["payments pay_7702.status"] == ("captured", "refunded")
    await ana.approves(card)
    assert (await ana.verdict(case))["outcome"] == "explained"
    closed = await mira.sees(case, "closed")
    assert "has been refunded already" in closed["messages"][-1]["text"]
    assert world.calls("refund_payment") == 0


async def test_a_rejection_is_told_kindly_and_nothing_is_sent(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    await ana.rejects(await ana.card(), "The second charge is for the gift wrapping.")
    verdict = await ana.verdict(case)
    assert verdict["outcome"] == "declined"
    assert "gift wrapping" in verdict["verdict"]
    closed = await mira.sees(case, "closed")
    assert "we cannot refund this charge" in closed["messages"][-1]["text"]
    assert "gift wrapping" not in closed["messages"][-1]["text"]
    assert world.calls("refund_payment") == 0


async def test_a_missing_order_number_is_asked_for(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes("I was charged twice and want my money back")
    asked = await mira.sees(case, "your_answer")
    assert asked["messages"][-1]["text"].startswith("Which order is it about?")
    await mira.adds(case, "It is 4471")
    await ana.approves(await ana.card())
    assert (await ana.verdict(case))["outcome"] == "resolved"
    assert len(world.refunds()) == 1


@promise("decisions.no-answer-is-no")
async def test_what_no_brief_covers_goes_to_a_person(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes("Do you also sell curtains in a darker green than the ones on your page?")
    assert (await ana.verdict(case))["outcome"] == "handed_off"
    await mira.sees(case, "with_person")
    item = (await ana.queue())[0]
    assert (item["kind"], item["case_id"]) == ("handoff", case["id"])
    await ana.post(f"/api/desk/cases/{case['id']}/messages", {"text": "We do: forest green."})
    await mira.adds(case, "Lovely, thank you")
    assert len((await ana.case(case))["missions"]) == 1, "a person who has answered keeps the case"
    await ana.post(f"/api/desk/cases/{case['id']}/close", {"text": ""})
    await mira.sees(case, "closed")


async def test_two_words_are_asked_about_before_a_person_is_called(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes("help please")
    await mira.sees(case, "your_answer")
    await mira.adds(case, "I was charged twice for order 4471")
    assert (await ana.card())["title"] == "Refund €49.90 of payment pay_7702"


async def test_a_message_while_the_proposal_waits_takes_it_back_and_the_worker_looks_again(
    world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    first = await ana.card()
    await mira.adds(case, "It was on my card ending 4242")
    second = await until(ana.queue, lambda items: items and items[0]["id"] != first["id"])
    conflict = await ana.approves(first, status=409)
    assert conflict["nothing_sent"]
    assert conflict["current"]["state"] == "superseded"
    await ana.approves(await ana.get(f"/api/desk/proposals/{second[0]['id']}"))
    assert (await ana.verdict(case))["outcome"] == "resolved"
    assert len(world.refunds()) == 1


async def test_a_customer_who_asks_for_a_person_gets_one_and_nothing_is_sent(
    world: World, mira: Customer, ana: Agent
) -> None:
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await mira.post(f"/api/customer/cases/{case['id']}/person")
    await mira.sees(case, "with_person")
    assert [item["kind"] for item in await ana.queue()] == ["handoff"]
    await ana.approves(card, status=409)
    assert world.calls("refund_payment") == 0


async def test_a_message_after_the_verdict_begins_the_next_mission(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes("I was charged twice for order #4380")
    await ana.verdict(case)
    await mira.adds(case, "Sorry, I meant that I was charged twice for order 4471")
    await ana.approves(await ana.card())
    assert (await ana.verdict(case, missions=2))["outcome"] == "resolved"
    assert len(world.refunds()) == 1


@pytest.mark.parametrize("words", ["I was charged twice for #4471", "order no. 4471 was billed two times"])
async def test_the_order_number_is_found_however_it_is_written(
    world: World, mira: Customer, ana: Agent, words: str
) -> None:
    await mira.writes(words)
    assert (await ana.card())["title"] == "Refund €49.90 of payment pay_7702"


async def test_a_system_that_errs_is_no_empty_record(world: World, mira: Customer, ana: Agent) -> None:
    world.outside.by_hand("billing", "alter table payments rename to elsewhere")
    case = await mira.writes(CHARGED_TWICE)
    try:
        assert (await ana.verdict(case))["outcome"] == "handed_off"
        said = (await mira.sees(case, "with_person"))["messages"][-1]["text"]
    finally:
        world.outside.by_hand("billing", "alter table elsewhere rename to payments")
    assert "nothing to refund" not in said


async def test_a_case_that_waits_for_a_person_stays_with_people(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes("My parcel arrived wet and now the wall has a stain, what do we do?")
    await mira.sees(case, "with_person")
    await mira.adds(case, "Any news?")
    found = await ana.case(case)
    assert len(found["missions"]) == 1
    assert found["with_person"]
    assert [item["case_id"] for item in await ana.queue()] == [case["id"]]


async def test_a_word_of_thanks_needs_no_answer(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    await ana.approves(await ana.card())
    told = len((await mira.sees(case, "closed"))["messages"])
    await mira.adds(case, "Thank you so much!")
    assert (await ana.verdict(case, missions=2))["verdict"] == "the customer said thanks"
    assert len((await mira.sees(case, "closed"))["messages"]) == told + 1


@pytest.mark.parametrize("world", ["procedure"], indirect=True)
async def test_a_rejection_for_how_it_was_proposed_goes_to_a_person(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    await ana.rejects(await ana.card(), "The message needs other words: less formal, please")
    assert (await ana.verdict(case))["outcome"] == "handed_off"
    said = [message["text"] for message in (await mira.sees(case, "with_person"))["messages"]]
    assert not any("cannot refund" in text for text in said)


@pytest.mark.parametrize("world", ["procedure"], indirect=True)
async def test_stop_while_a_refund_waits_is_heard_by_a_person(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    await mira.adds(case, "Stop, please do not refund it, I found the second invoice.")
    assert (await ana.verdict(case))["outcome"] == "handed_off"
    await ana.approves(card, status=409)
    assert world.calls("refund_payment") == 0
