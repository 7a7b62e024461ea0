"""Ten clicks at once by two people: one decision, one refund, and who was too late is told who was first."""

import asyncio
from collections import Counter

import httpx

from tests.promises import promise
from tests.support.afterwards import one_refund, working
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World


async def click(who: Agent, card: JSON, kind: str = "approve") -> httpx.Response:
    body = {"kind": kind, "digest": card["digest"], "reason": "no" if kind == "reject" else None}
    return await who.api.post(f"/api/desk/proposals/{card['id']}/decisions", json=body, headers=who.headers)


@promise("effects.exactly-once")
async def test_ten_approvals_at_once_are_one_decision_and_one_refund(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        replies = await asyncio.gather(*(click(who, card) for _ in range(5) for who in (ana, ben)))
        await ana.verdict(case)
    [first] = rows(world.database, "select by_name from decisions")
    for who, reply in zip((ana, ben) * 5, replies, strict=True):
        if reply.status_code == 201:
            assert (who.name,) == first, "the same answer by the same person again changes nothing"
        else:
            assert reply.status_code == 409
            assert reply.json()["message"].startswith(f"{first[0]} has approved this already")
            assert reply.json()["current"]["decisions"][0]["by"] == first[0]
    assert Counter(reply.status_code for reply in replies)[201] >= 1
    assert rows(world.database, "select count(*) from grants") == [(1,)]
    await one_refund(world, ana, case, card)
    assert world.calls("refund_payment") == 1


@promise("decisions.carry-what-was-seen")
async def test_an_approval_and_a_rejection_at_once_are_one_of_them(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    case = await mira.writes(CHARGED_TWICE)
    async with working(world):
        card = await ana.card()
        replies = await asyncio.gather(click(ana, card), click(ben, card, "reject"))
        mission = await ana.verdict(case)
    assert sorted(reply.status_code for reply in replies) == [201, 409]
    [(kind,)] = rows(world.database, "select kind from decisions")
    assert mission["outcome"] == ("resolved" if kind == "approve" else "declined")
    assert len(world.refunds()) == (1 if kind == "approve" else 0)
