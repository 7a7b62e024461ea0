"""One run: the sandbox, the herd, the blows in their order, and the books at the end."""

import asyncio
import importlib.metadata
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from missiondesk.kit.database import AWAY
from missiondesk.proving.prove.asked import Asked, Report
from missiondesk.proving.prove.books import how_far, read_mission, still_open
from missiondesk.proving.prove.herd import Hand, Herd
from missiondesk.proving.prove.judging import Verdict, all_of, judged
from missiondesk.proving.prove.people import People
from missiondesk.proving.prove.schedule import Blow, Step, schedule
from missiondesk.proving.sandbox import Payment

DEAD_AFTER = 1.0  # seconds without a sign of life, for those who take over
_REACH = 1.5  # seconds in which a worker must come to its crash point; then it is killed where it is
_BOUND = 60.0  # seconds without anything happening, after the last blow: what is open then is stuck
_LOOK = 0.25


class Say(Protocol):
    """Who is shown how far it is."""

    def __call__(self, done: int, of: int, what: str) -> None: ...


@dataclass
class Run:
    """`restart` stops the database and brings it back; `None` where it is not ours to stop."""

    asked: Asked
    herd: Herd
    people: People
    restart: Callable[[bool], None] | None
    say: Say
    kills: int = 0
    at_points: int = 0
    zombies: int = 0
    restarts: int = 0
    steps: Iterator[Step] = field(init=False)
    struck: int = 0

    async def all(self) -> Report:
        """Strike until the schedule is over, let healthy workers finish, and compare."""
        began = time.monotonic()
        steps = schedule(self.asked)
        self.steps = iter(steps)
        deciding = asyncio.create_task(self.people.decide_all())
        try:
            await asyncio.gather(*(self._slot(len(steps)) for _ in range(self.asked.workers)))
            await self._settle(len(steps))
        finally:
            deciding.cancel()
            with suppress(asyncio.CancelledError):
                await deciding
            self.herd.end()
        found = await self._compare()
        return Report(
            kills=self.kills,
            at_points=self.at_points,
            zombies=self.zombies,
            restarts=self.restarts,
            missions=len(self.people.cases),
            effects=found.effects,
            arrivals=self.people.book.arrivals(),
            doubled=found.doubled,
            lost=found.lost,
            parked=found.parked,
            handed_off=found.handed_off,
            unapproved=found.unapproved,
            trace_broken=found.trace_broken,
            stuck=found.stuck,
            seconds=round(time.monotonic() - began, 1),
            seed=self.asked.seed,
            effect_class=self.asked.effect_class,
            broken=self.asked.broken,
            version=importlib.metadata.version("missiondesk"),
        )

    async def _slot(self, of: int) -> None:
        """One worker after the other, each with its blow."""
        for step in self.steps:
            await self.people.ask(step.story)
            await self._strike(step.blow)
            self.struck += 1
            self.say(self.struck, of, step.blow.kind)

    async def _strike(self, blow: Blow) -> None:
        match blow.kind:
            case "restart":
                if self.restart is not None:
                    await asyncio.to_thread(self.restart, blow.hard)
                    self.restarts += 1
            case "zombie":
                await self._freeze(self.herd.start(stop=blow.stop), blow)
            case "point":
                hand = self.herd.start(crash_at=blow.point)
                self.at_points += await hand.died(_REACH)
                self.kills += hand.kill()
            case "instant":
                hand = self.herd.start()
                await hand.died(blow.after)
                self.kills += hand.kill()

    async def _freeze(self, hand: Hand, blow: Blow) -> None:
        """Stopped for longer than it counts as alive, and continued: what it does then must not matter."""
        if blow.stop is None or not await hand.stopped(_REACH):
            await hand.died(blow.after)
            hand.freeze()
        await asyncio.sleep(blow.hold * DEAD_AFTER)
        hand.thaw()
        await hand.died(1.0)
        hand.kill()
        self.zombies += 1

    async def _settle(self, of: int) -> None:
        """Healthy workers go on until nothing is open, or nothing has happened for the bound."""
        hands = [self.herd.start() for _ in range(self.asked.workers)]
        seen, since = -1, time.monotonic()
        while time.monotonic() - since < _BOUND:
            with suppress(*AWAY):
                async with self.people.parts.database.transaction() as tx:
                    left, far = await still_open(tx), await how_far(tx)
                if not left:
                    break
                if far != seen:
                    seen, since = far, time.monotonic()
                self.say(of, of, f"{left} missions still run")
            hands = [hand if hand.alive else self.herd.start() for hand in hands]
            await asyncio.sleep(_LOOK)

    async def _compare(self) -> Verdict:
        paid: dict[str, list[Payment]] = defaultdict(list)
        for payment in self.people.book.payments():
            paid[payment.account_id].append(payment)
        found: list[Verdict] = []
        for story in self.people.stories.values():
            async with self.people.parts.database.transaction() as tx:
                mission = await read_mission(tx, self.people.cases[story.number])
            found.append(judged(mission, paid.pop(story.account_id, []), story.effect_class))
        found.extend(Verdict(unapproved=len(strange)) for strange in paid.values())
        return all_of(found)
