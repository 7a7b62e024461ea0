"""A chaos server before a system, in this process, and what its ledger says."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from missiondesk.integrations import Answer, Listing
from missiondesk.integrations.mcp_client import Channel
from missiondesk.proving.chaos import (
    Call,
    Chaos,
    Fault,
    Ledger,
    Plan,
    ToAddress,
    Wrapped,
    listening,
    read_ledger,
    serve_http,
)

HERE = ("127.0.0.1", "localhost")


@dataclass
class Before:
    """`reviewed`: the listing with which calls are pinned."""

    url: str
    chaos: Chaos
    channel: Channel
    reviewed: Listing
    file: Path

    async def call(self, tool: str, arguments: dict[str, Any], *, key: str | None = None) -> Answer:
        pin = self.reviewed.tools[tool].pin("sys", self.reviewed.server)
        return await self.channel.call("sys", tool, arguments, pin=pin, key=key)

    @property
    def ledger(self) -> list[Call]:
        return read_ledger(self.file)


def every(fault: Fault, seed: int = 1, **more: Any) -> Plan:
    """Each call gets this fault."""
    return Plan(seed, {fault: 1.0}, **more)


@asynccontextmanager
async def chaos_before(
    url: str, plan: Plan, file: Path, *, patience: float = 10, headers: dict[str, str] | None = None
) -> AsyncGenerator[Before]:
    """Before the system at `url`, which is reviewed without chaos."""
    wrapped, stop, ready = Wrapped(ToAddress(url, headers)), asyncio.Event(), asyncio.Event()
    direct = Channel(url=url, headers=headers, allow_private=HERE)
    reviewed = await direct.definitions()
    await direct.close()
    chaos, listener = Chaos(wrapped, await wrapped.about(), plan, Ledger(file)), listening(0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
    channel = Channel(url=address, headers=headers, allow_private=HERE, patience=patience)
    serving = asyncio.create_task(serve_http(chaos, listener, lambda _: ready.set(), stop=stop))
    await asyncio.wait({serving, asyncio.create_task(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield Before(address, chaos, channel, reviewed, file)
    finally:
        await channel.close()
        stop.set()
        await asyncio.wait_for(serving, 10)
        await wrapped.close()
        listener.close()
