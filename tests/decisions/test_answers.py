"""Who may answer what, and that an answer is only good for what was seen."""

import pytest

from tests.promises import promise
from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.record import rows
from tests.support.world import Agent, Customer, World


@promise("decisions.carry-what-was-seen")
@pytest.mark.parametrize("kind", ["approve", "reject"])
async def test_an_answer_to_other_bytes_than_those_shown_is_refused(
    kind: str, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    other = {**card, "digest": card["digest"][:-1] + ("0" if card["digest"][-1] != "0" else "1")}
    conflict = await ana.decides(other, kind, reason="no", status=409)
    assert conflict["nothing_sent"]
    assert conflict["current"]["digest"] == card["digest"]
    assert rows(world.database, "select count(*) from decisions") == [(0,)]
    assert [one["kind"] for one in await ana.queue()] == ["proposal"]


async def test_a_rejection_says_why(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    for reason in (None, "", "  "):
        assert "needs a reason" in (await ana.decides(card, "reject", reason=reason, status=422))["message"]
    assert rows(world.database, "select count(*) from decisions") == [(0,)]


@pytest.mark.parametrize("name", ["otto", "adele"])
async def test_who_only_looks_or_administers_does_not_decide(
    name: str, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    who = await world.agent(name)
    await who.approves(card, status=403)
    assert (await who.get(f"/api/desk/proposals/{card['id']}"))["can"] == []


@promise("decisions.no-answer-is-no")
async def test_one_person_is_one_signature_however_often(world: World, ana: Agent) -> None:
    tomas, sara = await world.customer("tomas"), await world.agent("sara")
    await tomas.writes("I paid twice for order 4544")
    async with working(world):
        card = await ana.card()
        await ana.approves(card, status=403)
        await sara.approves(card)
        await sara.approves(card)  # the retry of a reply that was lost
        await sara.rejects(card, "I changed my mind.", status=403)
    assert rows(world.database, "select count(*) from decisions") == [(1,)]
    assert rows(world.database, "select count(*) from grants") == [(0,)]
    assert world.calls("refund_payment") == 0


async def test_a_proposal_that_does_not_exist_cannot_be_approved(ana: Agent) -> None:
    await ana.approves({"id": "proposal-0", "digest": "0" * 64}, status=404)
