"""The way to the caller over stdin and stdout, and what goes wrong on it. One line is one message: who waits for a
trickling line waits for all of them."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from mcp.server.stdio import stdio_server

from missiondesk.proving.chaos.faults import BROKEN, CHUNK, HUGE
from missiondesk.proving.chaos.plan import Injection
from missiondesk.proving.chaos.server import Chaos, Context

CUT = 70  # exit status of a process that ends to cut the conversation
_STDOUT = 1


async def serve_stdio(chaos: Chaos, tidy: Callable[[], Awaitable[None]]) -> None:
    """Serve until stdin ends. A cut ends this process, after `tidy`."""
    stdout = _Stdout(chaos, tidy)
    server = chaos.server(stdout)
    async with stdio_server(stdout=cast(Any, stdout)) as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class _Stdout:
    """What the SDK writes its lines to, and the wire: it knows which line is to be spoilt."""

    def __init__(self, chaos: Chaos, tidy: Callable[[], Awaitable[None]]) -> None:
        self._chaos = chaos
        self._tidy = tidy
        self._spoils: dict[str | int, Injection] = {}

    def decided(self, context: Context, injection: Injection | None) -> None:
        if injection is not None and context.request_id is not None:
            self._spoils[context.request_id] = injection

    def headers(self, context: Context) -> Mapping[str, str]:
        return {}

    async def write(self, line: str) -> None:
        told = json.loads(line)
        injection = self._spoils.pop(told["id"], None) if "method" not in told and "id" in told else None
        match injection and injection.fault:
            case "cut-before" | "cut-after":
                await self._end()
            case "hang":
                pass
            case "garbage":
                await _written(BROKEN + b"\n")
            case "huge":
                for _ in range(HUGE // len(CHUNK)):
                    await _written(CHUNK)
                await _written(b"\n")
            case "drip":
                await self._drip(line.encode())
            case _:
                await _written(line.encode())

    async def flush(self) -> None:
        """Each line is written at once."""

    async def _drip(self, line: bytes) -> None:
        for at in range(len(line)):
            await _written(line[at : at + 1])
            await asyncio.sleep(self._chaos.plan.drip / len(line))

    async def _end(self) -> None:
        os.close(_STDOUT)  # at once, the rest may take a moment
        await self._tidy()
        os._exit(CUT)  # a thread that reads stdin would hold up any other end


async def _written(data: bytes) -> None:
    await asyncio.to_thread(_write_all, data)


def _write_all(data: bytes) -> None:
    while data:
        data = data[os.write(_STDOUT, data) :]
