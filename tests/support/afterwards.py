"""What must be true when a mission ended although processes died on the way."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.support.processes import Process
from tests.support.record import rows
from tests.support.world import JSON, Agent, World

NEVER_TWICE = ("routed", "proposed", "decided", "granted", "proved", "told", "concluded")


@asynccontextmanager
async def working(world: World) -> AsyncGenerator[None]:
    """This process works too, for as long as it is entered."""
    async with _until_left(world, None):
        yield


@asynccontextmanager
async def relieved(world: World, doomed: Process) -> AsyncGenerator[None]:
    """When `doomed` has died by SIGKILL, this process goes on. It must have died before this is left."""
    async with _until_left(world, doomed):
        yield


@asynccontextmanager
async def _until_left(world: World, doomed: Process | None) -> AsyncGenerator[None]:
    stop = asyncio.Event()

    async def work() -> None:
        if doomed is not None:
            await doomed.died()
        await world.here.engine().run(stop)

    task = asyncio.create_task(work())
    try:
        yield
        stop.set()
        await task
    finally:
        stop.set()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def one_refund(world: World, ana: Agent, case: JSON, card: JSON) -> None:
    """One refund in billing's book, one verdict, one proposal that was decided once, one message, an intact trace."""
    mission = await ana.verdict(case)
    trace = await intact(ana, mission)
    kinds = Counter(one["kind"] for one in trace)
    assert {kind: kinds[kind] for kind in NEVER_TWICE} == dict.fromkeys(NEVER_TWICE, 1)
    states = Counter(one["detail"]["state"] for one in trace if one["kind"] == "effect")
    assert (states["intent"], states["done"]) == (1, 1)
    assert (mission["outcome"], len((await ana.case(case))["missions"])) == ("resolved", 1)
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 4990, "EUR")]
    assert rows(world.database, "select count(*), count(closed) from proposals") == [(1, 1)]
    assert [text for text in await answers(ana, case) if "refund" in text] == [card["message"]]


async def intact(ana: Agent, mission: JSON) -> list[JSON]:
    """The observations of a mission, after its trace was verified to the last."""
    trace = await ana.trace(mission["id"])
    assert (trace["verified"], trace["broken"]) == (True, None)
    assert trace["verified_to"] == len(trace["items"])
    return trace["items"]


async def answers(ana: Agent, case: JSON) -> list[str]:
    """What the customer was told in the case, in order."""
    return [one["text"] for one in (await ana.case(case))["messages"] if one["author"] == "assistant"]
