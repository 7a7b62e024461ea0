"""Times in which nothing may be sent: a freeze was acknowledged, or a tool is not the one that was reviewed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from missiondesk.proving.prove.books import calls_told
from missiondesk.proving.prove.people import People


@dataclass
class Watch:
    """`forbidden`: calls that the ledger got, or that we sent, while nothing might be."""

    people: People
    forbidden: int = 0
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def frozen(self) -> AsyncGenerator[None]:
        """All effects are frozen. What had been sent before may still arrive, and nothing more is sent."""
        async with self.one_at_a_time:
            freeze_id, told, under_way = await self.people.freeze()
            before = self.people.book.arrivals()
            try:
                yield
            finally:
                arrived = [one.account_id for one in self.people.book.called()[before:]]
                sent = await self.people.surely(calls_told) - told
                self.forbidden += max(sent, sum(account not in under_way for account in arrived))
                await self.people.lift(freeze_id)

    @asynccontextmanager
    async def drifted(self, tool: str) -> AsyncGenerator[None]:
        """The definition of `tool` is another one, from now on for ever."""
        before = self.people.book.arrivals()
        self.people.book.drift(tool)
        yield
        self.forbidden += self.people.book.arrivals() - before
