"""Channels to the faulty system, and a call of its tool `look`, pinned as it was reviewed."""

import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.mcp_client import Answer, Channel
from tests.support.faulty import LOOK, MODERN, NAME, PLAIN
from tests.support.faulty_http import FaultyHttp

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds: long, so that only what hangs takes as long, on whichever machine
HERE = ("127.0.0.1", "localhost")
PINS = {tool["name"]: Definition(tool).pin("sys", NAME) for tool in (LOOK, PLAIN)}


@asynccontextmanager
async def channel_to(http: FaultyHttp, **more: Any) -> AsyncGenerator[Channel]:
    settings: Any = {"allow_private": HERE, "patience": PATIENCE, **more}
    channel = Channel(url=http.url, **settings)
    try:
        yield channel
    finally:
        await channel.close()


async def look(channel: Channel, fault: str = "", *, tool: str = "look", **more: Any) -> Answer:
    settings: Any = {"pin": PINS[tool], **more}
    return await channel.call("sys", tool, {"fault": fault}, **settings)


@dataclass
class Command:
    """The faulty system as a command, and what it wrote into its book."""

    book: Path
    era: str = MODERN
    start: str = ""

    @property
    def way(self) -> dict[str, Any]:
        """What a channel to it is made of."""
        command = [sys.executable, "-m", "tests.support.faulty_stdio", str(self.book), self.era, self.start]
        return {"command": command, "env": {"PYTHONPATH": str(ROOT)}}

    @asynccontextmanager
    async def channel(self, **more: Any) -> AsyncGenerator[Channel]:
        way = self.way
        way["env"].update(more.pop("env", {}))
        settings: Any = {"patience": PATIENCE, **way, **more}
        channel = Channel(**settings)
        try:
            yield channel
        finally:
            await channel.close()

    def noted(self, kind: str) -> list[Any]:
        """Everything written under `began`, `child`, `asked` or `done`; of `asked` the method and its parameters."""
        lines = [json.loads(line) for line in self.book.read_text().splitlines()] if self.book.exists() else []
        return [words[1] if len(words) == 2 else words[1:] for words in lines if words[0] == kind]

    @property
    def living(self) -> list[int]:
        """Its processes, and those of its children, that are still there."""
        return [pid for pid in self.noted("began") + self.noted("child") if _lives(pid)]


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
