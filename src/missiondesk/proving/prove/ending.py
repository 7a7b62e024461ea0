"""After the last blow: healthy workers finish what is open, and people answer what nobody knows."""

import asyncio
import time
from typing import Protocol

from missiondesk.effects import effects_unknown
from missiondesk.proving.prove.books import how_far, still_open
from missiondesk.proving.prove.herd import Herd
from missiondesk.proving.prove.people import People

_QUIET = 60.0  # seconds without anything happening: what is open then is stuck
_BOUND, _EACH = 60.0, 1.0  # seconds for all, and for each mission that is open: who goes round in circles is stuck too
_ARRIVED = 1.0  # seconds after which no call of the dead is on its way any more
_LOOK = 0.2


class Say(Protocol):
    """Who is shown how far it is."""

    def __call__(self, done: int, of: int, what: str) -> None: ...


async def settle(herd: Herd, people: People, workers: int, say: Say, of: int) -> bool:
    """Until nothing is open, or the bound: nothing has happened for long, or too much without an end.

    Whether nothing is open.
    """
    await asyncio.sleep(_ARRIVED)
    left = await people.surely(still_open) + len(await people.surely(effects_unknown))
    hands = [herd.start() for _ in range(workers)]
    end, seen, quiet = time.monotonic() + _BOUND + _EACH * left, -1, 0.0
    while left := await people.answer_unknown() + await people.surely(still_open):
        if (far := await people.surely(how_far)) != seen:
            seen, quiet = far, time.monotonic() + _QUIET
        if time.monotonic() > min(end, quiet):
            break
        say(of, of, f"{left} missions still run")
        hands = [hand if hand.alive else herd.start() for hand in hands]
        await asyncio.sleep(_LOOK)
    for hand in hands:
        hand.kill()
    return not left
