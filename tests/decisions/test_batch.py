"""Many like proposals approved at once: all or none, and each runs for itself."""

from tests.support.afterwards import working
from tests.support.edited import edits
from tests.support.held import seen_by
from tests.support.record import by_hand, rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until


async def several(world: World, mira: Customer, ana: Agent, count: int = 3) -> list[JSON]:
    """The cards of so many proposals: Mira writes the same again and again."""
    for _ in range(count):
        await mira.writes(CHARGED_TWICE)
    async with working(world):
        items = await until(ana.queue, lambda found: len(found) == count)
    return [await seen_by(ana, item) for item in items]


def together(cards: list[JSON], **more: object) -> JSON:
    return {"items": [{"id": one["id"], "digest": one["digest"]} for one in cards], "count": len(cards), **more}


async def nothing_decided(world: World) -> None:
    assert rows(world.database, "select count(*) from decisions") == [(0,)]
    assert rows(world.database, "select count(*) from grants") == [(0,)]


async def test_like_proposals_are_approved_together_and_each_has_its_own_result(
    world: World, mira: Customer, ana: Agent
) -> None:
    cards = await several(world, mira, ana)
    preview = await ana.post("/api/desk/batches/preview", together(cards), 200)
    assert (preview["items"], preview["problems"], preview["outliers"]) == (3, [], [])
    assert preview["sums"] == [{"minor": 3 * 4990, "currency": "EUR"}]
    await nothing_decided(world)
    done = await ana.post("/api/desk/batches", together(cards))
    assert done["approved"] == [one["id"] for one in cards]
    async with working(world):
        states = await until(lambda: _states(ana, cards), _all_ended)
    assert (states.count("done"), len(world.refunds())) == (1, 1), "one payment can be refunded once"
    assert set(states) <= {"done", "failed", "stale"}


def _all_ended(states: list[str]) -> bool:
    return len(states) == 3 and not {"intent", "sent"} & set(states)


async def _states(ana: Agent, cards: list[JSON]) -> list[str]:
    found = [await seen_by(ana, card) for card in cards]
    return sorted(one["actions"][0]["effect"]["state"] for one in found if one["actions"][0]["effect"])


async def test_one_that_was_decided_meanwhile_and_nothing_is_decided(world: World, mira: Customer, ana: Agent) -> None:
    cards = await several(world, mira, ana)
    await (await world.agent("ben")).rejects(cards[1], "The amount")
    refused = await ana.post("/api/desk/batches", together(cards), 409)
    assert refused["message"].startswith("Not all of them can be approved together, so nothing was decided.")
    [problem] = refused["current"]["problems"]
    assert (problem["id"], "Ben Okafor has rejected this already" in problem["why"]) == (cards[1]["id"], True)
    assert rows(world.database, "select kind from decisions") == [("reject",)]


async def test_one_digest_that_is_not_the_one_seen_and_nothing_is_decided(
    world: World, mira: Customer, ana: Agent
) -> None:
    cards = await several(world, mira, ana, 2)
    stale = [cards[0], {**cards[1], "digest": "0" * 64}]
    refused = await ana.post("/api/desk/batches", together(stale), 409)
    assert "not the one you saw" in refused["current"]["problems"][0]["why"]
    await nothing_decided(world)


async def test_how_many_there_are_is_typed_by_hand(world: World, mira: Customer, ana: Agent) -> None:
    cards = await several(world, mira, ana, 2)
    assert (
        "You typed 3, and 2 are selected"
        in (await ana.post("/api/desk/batches", together(cards) | {"count": 3}, 422))["message"]
    )
    assert "named twice" in (await ana.post("/api/desk/batches", together([cards[0]] * 2), 422))["message"]
    await ana.post("/api/desk/batches", {"items": [], "count": 0}, 422)
    await nothing_decided(world)


async def test_what_is_far_more_than_the_rest_is_pulled_out(world: World, mira: Customer, ana: Agent) -> None:
    cards = await several(world, mira, ana, 4)
    ben = await world.agent("ben")
    less = {"minor": 1000, "currency": "EUR"}
    for card in cards[:3]:
        await edits(ben, card, amount=less)
    sara = await world.agent("sara")
    waiting = [await seen_by(sara, item) for item in await sara.queue()]
    view = await sara.post("/api/desk/batches/preview", together(waiting), 200)
    assert [one["id"] for one in view["outliers"]] == [cards[3]["id"]]
    assert "far more than the rest" in view["outliers"][0]["why"]
    await sara.post("/api/desk/batches", together(waiting), 409)
    await sara.post("/api/desk/batches", together([one for one in waiting if one["id"] != cards[3]["id"]]))
    assert [one["id"] for one in await sara.queue()] == [cards[3]["id"]]


async def test_who_could_not_approve_one_of_them_alone_cannot_approve_it_so(
    world: World, mira: Customer, ana: Agent
) -> None:
    cards = await several(world, mira, ana, 2)
    otto = await world.agent("otto")
    problems = (await otto.post("/api/desk/batches", together(cards), 409))["current"]["problems"]
    assert all("looks, but does not decide" in one["why"] for one in problems)
    by_hand(world.database, "update staff set role = 'auditor' where name = 'Ana Reyes'")
    await ana.post("/api/desk/batches", together(cards), 409)
    await nothing_decided(world)
