"""Northwind's three systems as the tests meet them: real processes, asked over MCP, counted in their own files."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent

from missiondesk_demo.systems import System
from missiondesk_demo.systems.__main__ import main
from tests.support.forks import ForkedCommand

KEY = "io.missiondesk/idempotency-key"
EUR = "EUR"

Row = tuple[Any, ...]


def command(*arguments: str | Path) -> list[str]:
    """The command line that starts a system, or seeds."""
    return [sys.executable, "-m", "missiondesk_demo.systems", *map(str, arguments)]


@dataclass(frozen=True, slots=True)
class Started:
    """A running system and the address it announced."""

    process: subprocess.Popen[str]
    url: str

    def end(self) -> None:
        """Close its stdin, and make sure that this is enough to end it."""
        self.process.communicate(timeout=5)


def start(system: System, home: Path, *more: str) -> Started:
    """Start one system over HTTP; it is ready on return."""
    process = subprocess.Popen(
        command(*_over_http(system, home), *more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return Started(process, _url(process.stdout.readline(), system, process.pid))


@dataclass(frozen=True, slots=True)
class Forked:
    """The same, in a fork."""

    process: ForkedCommand
    url: str

    def end(self) -> None:
        self.process.end()


def start_fork(system: System, home: Path, *more: str) -> Forked:
    """As `start`, in a tenth of the time, for those who do not ask how it starts."""
    process = ForkedCommand(main, [*_over_http(system, home), *more])
    return Forked(process, _url(process.first_line(), system, process.pid))


def _over_http(system: System, home: Path) -> list[str]:
    return [system, "--home", str(home), "--while-stdin-open"]


def _url(line: str, system: System, pid: int) -> str:
    said = json.loads(line)
    assert said == {"system": system, "url": said["url"], "pid": pid}
    return said["url"]


@dataclass(frozen=True, slots=True)
class Northwind:
    """The three systems over one folder."""

    home: Path
    urls: Mapping[System, str]

    async def ask(self, system: System, tool: str, arguments: Mapping[str, Any], key: object = None) -> CallToolResult:
        """One call; `key` goes into the request's `_meta`."""
        async with (
            httpx2.AsyncClient(verify=False) as http,  # no TLS on loopback: to load the certificates costs 40 ms
            Client(streamable_http_client(self.urls[system], http_client=http), cache=None) as client,
        ):
            return await client.call_tool(tool, dict(arguments), meta=in_meta(key))

    async def told(self, system: System, tool: str, key: object = None, **arguments: Any) -> Any:
        """What an accepted call answers."""
        result = await self.ask(system, tool, arguments, key)
        assert not result.is_error, words(result)
        return result.structured_content

    async def refused(self, system: System, tool: str, key: object = None, **arguments: Any) -> str:
        """The words of a refusal."""
        result = await self.ask(system, tool, arguments, key)
        assert result.is_error
        return words(result)

    def rows(self, system: System, query: str, *values: object) -> list[Row]:
        """What stands in the system's file, read as anybody could."""
        with closing(sqlite3.connect(self.home / f"{system}.db")) as db:
            return db.execute(query, values).fetchall()

    def by_hand(self, system: System, statement: str, *values: object) -> None:
        """Change the system's file behind its back."""
        with closing(sqlite3.connect(self.home / f"{system}.db")) as db, db:
            db.execute(statement, values)


def in_meta(key: object) -> Any:
    """A request's `_meta` with this idempotency key."""
    return None if key is None else {KEY: key}


def words(result: CallToolResult) -> str:
    """The text of an answer."""
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def name_of(client: Client) -> str:
    """What the server calls itself."""
    assert client.server_info is not None
    return client.server_info.name
