"""Fifteen kills at random instants while several customers' missions run, and people approve as proposals appear."""

import asyncio
import random
from contextlib import suppress

import pytest

from tests.promises import promise
from tests.support.afterwards import answers, intact
from tests.support.processes import Crew
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until

KILLS, WORKERS, QUICK = 15, 2, "1.5"
STORIES: dict[str, tuple[str, str, list[str]]] = {
    "mira": (CHARGED_TWICE, "resolved", ["pay_7702"]),
    "aiko": ("You charged my card three times for order 4556!", "resolved", ["pay_7744", "pay_7745"]),
    "tomas": ("I paid twice for order 4544", "resolved", ["pay_7732"]),
    "priya": ("There are two charges for order 4533, please refund one", "explained", []),
    "jonas": ("I was charged twice for order 4502", "explained", []),
}


@promise("effects.exactly-once")
@pytest.mark.parametrize("seed", [4471, 4472])
async def test_whoever_dies_whenever_each_refund_is_made_once(seed: int, world: World, crew: Crew, ana: Agent) -> None:
    chance = random.Random(seed)
    workers = [crew.worker(forked=True, MISSIONDESK_DEAD_AFTER=QUICK) for _ in range(WORKERS)]
    customers = [await world.customer(name) for name in STORIES]
    people = [ana, await world.agent("sara"), await world.agent("samir")]
    cases: list[JSON] = []
    approving = asyncio.create_task(approve_all(people))
    hits = 0
    for kill in range(KILLS):
        if kill % 3 == 0:
            cases.append(await writes(customers[kill // 3]))
        await asyncio.sleep(chance.uniform(0.1, 0.9))  # the instant is the test: there is no condition to wait for
        victim = chance.randrange(WORKERS)
        workers[victim].kill()
        hits += rows(world.database, "select count(*) from procrastinate_jobs where status = 'doing'")[0][0]
        workers[victim] = crew.worker(forked=True, MISSIONDESK_DEAD_AFTER=QUICK)
    for case, (_, outcome, _) in zip(cases, STORIES.values(), strict=True):
        mission = await until(lambda case=case: ana.case(case), ended, patience=40)
        assert mission["missions"][-1]["outcome"] == outcome
        await intact(ana, mission["missions"][-1])
        assert len(await answers(ana, case)) == 1, "every customer is told once"
    approving.cancel()
    with suppress(asyncio.CancelledError):
        await approving
    paid = sorted(row[0] for row in world.refunds())
    assert paid == sorted(payment for _, _, payments in STORIES.values() for payment in payments)
    assert rows(world.database, "select count(*) from grants") == [(len(paid),)]
    assert hits, "no kill met anybody at work: this seed proves nothing"


async def writes(customer: Customer) -> JSON:
    text, _, _ = STORIES[next(name for name in STORIES if customer.name.lower().startswith(name[:3]))]
    return await customer.writes(text)


async def approve_all(people: list[Agent]) -> None:
    """Whoever may approve does, again and again until cancelled."""
    while True:
        for who in people:
            for item in await who.queue():
                card = await who.get(f"/api/desk/proposals/{item['id']}")
                if "approve" in card["can"]:
                    await who.decides(card, "approve")
        await asyncio.sleep(0.1)


def ended(case: JSON) -> bool:
    return all(one["state"] == "done" for one in case["missions"])
