"""Scenes after the last blow: what needs one worker, one mission, and the right instant, and is not left to chance."""

import asyncio
from typing import Protocol

from missiondesk.proving.prove.around import Around
from missiondesk.proving.prove.asked import Asked
from missiondesk.proving.prove.chaotic import TOOLS
from missiondesk.proving.prove.herd import Herd
from missiondesk.proving.prove.people import People
from missiondesk.proving.prove.schedule import Story, Twist
from missiondesk.proving.prove.watching import Watch

_A_WHILE = 1.5  # seconds in which a worker that is about to send has sent


class Stage(Protocol):
    """What a scene needs of a run."""

    asked: Asked
    herd: Herd
    people: People
    around: Around
    watch: Watch


async def power_cut(stage: Stage, number: int) -> None:
    """The ledger has answered, and the lights go out: that it was sent must be on the disk."""
    if (restart := stage.around.restart) is None:
        return
    hand = stage.herd.start(stop="after-call")
    await _begin(stage, number, None)
    await hand.came()
    await asyncio.to_thread(restart, True)
    hand.kill()


async def changed_after_sent(stage: Stage, number: int) -> None:
    """Marked as sent, and its process died; then the account changes. Nobody may send it now."""
    hand = stage.herd.start(crash_at="effects.sent.after_commit")
    story = await _begin(stage, number, "late")
    await hand.came()
    hand.kill()
    stage.people.book.change(story.accounts[0])


async def drifted(stage: Stage, number: int) -> None:
    """Just before it is sent, the tool becomes another one."""
    hand = stage.herd.start(stop="after-recheck")
    await _begin(stage, number, "drifted")
    await hand.came()
    async with stage.watch.drifted(TOOLS[stage.asked.effect_class]):
        hand.thaw()
        await hand.died(_A_WHILE)
    hand.kill()


async def _begin(stage: Stage, number: int, twist: Twist | None) -> Story:
    story = Story(number, stage.asked.effect_class, twist)
    await stage.people.ask(story)
    return story
