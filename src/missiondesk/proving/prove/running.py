"""One run: the sandbox, the herd, the blows in their order, and the books at the end."""

import asyncio
import importlib.metadata
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from missiondesk.proving.prove.around import Around
from missiondesk.proving.prove.asked import Asked, Report
from missiondesk.proving.prove.books import in_doubt
from missiondesk.proving.prove.comparing import compared, needless
from missiondesk.proving.prove.ending import Say, settle
from missiondesk.proving.prove.herd import Hand, Herd
from missiondesk.proving.prove.people import People
from missiondesk.proving.prove.scenes import changed_after_sent, drifted, power_cut
from missiondesk.proving.prove.schedule import Blow, Step, schedule
from missiondesk.proving.prove.watching import Watch

DEAD_AFTER = 1.0  # seconds without a sign of life, for those who take over
_FROZEN = 0.6  # seconds
_MOST_CASES = 20  # told by name
_AHEAD = 2  # missions that begin before the first blow: somebody who is to die in the middle of work needs work


@dataclass
class Run:
    """`around` is what can be taken away: the database, the ledger, the network."""

    asked: Asked
    herd: Herd
    people: People
    around: Around
    say: Say
    count: Counter[str] = field(default_factory=Counter[str])
    doubted: set[str] = field(default_factory=set[str])  # grants that were under way when somebody died
    steps: Iterator[Step] = field(init=False)
    coming: Iterator[Step] = field(init=False)
    watch: Watch = field(init=False)
    beside: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def all(self) -> Report:
        """Strike until the schedule is over, let healthy workers finish, and compare."""
        began = time.monotonic()
        steps = schedule(self.asked)
        self.steps, self.coming = iter(steps), iter(steps)
        self.watch = Watch(self.people)
        deciding = asyncio.create_task(self.people.decide_all())
        try:
            for _ in range(_AHEAD):
                await self._begin_next()
            await asyncio.gather(*(self._slot(len(steps)) for _ in range(self.asked.workers)))
            await asyncio.gather(*self.beside)
            if await self._settle(len(steps)):
                await self._play(len(steps))
        finally:
            for task in (deciding, *self.beside):
                task.cancel()
            ends = await asyncio.gather(deciding, *self.beside, return_exceptions=True)
            self.herd.end()
        if failed := [one for one in ends if isinstance(one, Exception)]:
            raise failed[0]  # a fault of ours: nobody may take this run for a proof
        found, cases = await compared(self.people)
        missed = self.count["missed"]
        return Report(
            kills=self.count["kills"],
            at_points=self.count["at_points"],
            missed_points=missed if missed > self.count["at_points"] else 0,
            zombies=self.count["zombies"],
            restarts=self.count["restart"],
            outages=self.count["ledger"] + self.count["chaos"],
            freezes=self.count["freeze"],
            missions=len(self.people.cases),
            effects=found.effects,
            arrivals=self.people.book.arrivals(),
            doubled=found.doubled,
            lost=found.lost,
            parked=found.parked,
            handed_off=found.handed_off,
            unapproved=found.unapproved + self.watch.forbidden,
            trace_broken=found.trace_broken,
            needless=needless(found, self.asked.effect_class, len(self.people.cases), len(self.doubted)),
            stuck=found.stuck,
            cases=cases[:_MOST_CASES],
            seconds=round(time.monotonic() - began, 1),
            seed=self.asked.seed,
            effect_class=self.asked.effect_class,
            broken=self.asked.broken,
            version=importlib.metadata.version("missiondesk"),
        )

    async def _settle(self, of: int) -> bool:
        return await settle(self.herd, self.people, self.asked.workers, self.say, of)

    async def _play(self, of: int) -> None:
        """The scenes, each with a mission of its own; the tool drifts last, as it stays so."""
        await (changed_after_sent if self.asked.effect_class == "keyed" else power_cut)(self, of + 1)
        await self._settle(of)
        await drifted(self, of + 2)
        await self._settle(of)

    async def _begin_next(self) -> None:
        if (step := next(self.coming, None)) is not None and step.story is not None:
            await self.people.ask(step.story)

    async def _slot(self, of: int) -> None:
        """One worker after the other, each with its blow."""
        for step in self.steps:
            await self.people.keep_up()
            await self._begin_next()
            await self._strike(step.blow)
            self.count["struck"] += 1
            self.say(self.count["struck"], of, step.blow.kind)

    async def _strike(self, blow: Blow) -> None:
        match blow.kind:
            case "restart" | "ledger" | "chaos":
                await self._doubt()
                if (take_away := self.around.of(blow)) is not None:
                    await asyncio.to_thread(take_away)
                    self.count[blow.kind] += 1
            case "zombie":
                stand_at = f"stop:{blow.point}" if blow.point else None
                hand = self.herd.start(stop=blow.stop, crash_at=stand_at)
                self.beside.add(asyncio.create_task(self._hold(hand, blow)))
            case "freeze":
                self.beside.add(asyncio.create_task(self._freeze(self.herd.start(stop=blow.stop))))
            case "point":
                hand = self.herd.start(crash_at=blow.point)
                came = await hand.came()  # before it is counted: others count meanwhile
                self.count["at_points" if came else "missed"] += 1
                await self._kill(hand)
            case "instant":
                hand = self.herd.start()
                await hand.died(blow.after)
                await self._kill(hand)

    async def _kill(self, hand: Hand) -> None:
        self.count["kills"] += hand.kill()
        await self._doubt()

    async def _doubt(self) -> None:
        self.doubted |= await self.people.surely(in_doubt)

    async def _hold(self, hand: Hand, blow: Blow) -> None:
        """Stopped for longer than it counts as alive, and continued: what it does then must not matter."""
        if not (blow.stop or blow.point) or not await hand.came():
            await hand.died(blow.after)
            hand.freeze()
        await self._doubt()
        await asyncio.sleep(blow.hold)
        hand.thaw()
        await hand.died(1.0)
        hand.kill()
        await self._doubt()
        self.count["zombies"] += 1

    async def _freeze(self, hand: Hand) -> None:
        """All effects are stopped while one stands just before it is sent: nothing may arrive until that is lifted."""
        await hand.came()
        async with self.watch.frozen():
            hand.thaw()
            await hand.died(_FROZEN)
        self.count["freeze"] += 1
        hand.kill()
        await self._doubt()
