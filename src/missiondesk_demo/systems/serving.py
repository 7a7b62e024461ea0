"""Serve one system: over HTTP on the loopback interface, or over stdio."""

import json
import os
import socket
import sys
from pathlib import Path

import anyio
import uvicorn

from missiondesk_demo.systems import System
from missiondesk_demo.systems.book import Book
from missiondesk_demo.systems.server import SystemServer


def serve_stdio(system: System, file: Path) -> None:
    """Serve until stdin ends."""
    _server_of(system, file).run("stdio")


def serve_http(system: System, file: Path, listening: socket.socket) -> None:
    """Serve on a socket that listens already; one line of JSON on stdout says so when it answers."""
    # Stateless: a client that knew an earlier process goes on with this one.
    app = _server_of(system, file).streamable_http_app(stateless_http=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", timeout_keep_alive=60)
    anyio.run(_Announced(system, config).serve, [listening])


class _Announced(uvicorn.Server):
    """Says on stdout when it answers, and leaves the signals as they are."""

    def __init__(self, system: System, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._system = system

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        await self._serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        [listening] = sockets or []
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
        sys.stdout.write(json.dumps({"system": self._system, "url": url, "pid": os.getpid()}) + "\n")
        sys.stdout.flush()


def _server_of(system: System, file: Path) -> SystemServer:
    book = Book(file)
    # Each process needs one of them: the others are not even read.
    match system:
        case "shop":
            from missiondesk_demo.systems.shop import serve_shop as serve
        case "billing":
            from missiondesk_demo.systems.billing import serve_billing as serve
        case "crm":
            from missiondesk_demo.systems.crm import serve_crm as serve
    return serve(book)
