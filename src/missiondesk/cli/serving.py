"""`serve` and `work`: the same program, with and without the web."""

import asyncio
import logging
import signal
import socket
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from rich.markup import escape

from missiondesk.app import Running, running
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings
from missiondesk.missions import Lane

console = Console(stderr=True, highlight=False)
Only = Annotated[str | None, typer.Option(help="Run only this lane: turns or effects.")]
Except = Annotated[str | None, typer.Option("--except", help="Run every lane but this one.")]
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_LANES: tuple[Lane, ...] = ("turns", "effects")


def serve(
    *, no_work: Annotated[bool, typer.Option("--no-work", help="Only the web; other processes run the turns.")] = False
) -> None:
    """Serve the portal, the Desk and the API, and run missions in the same process."""
    settings = Settings.read()
    _only_loopback_without_https(settings)
    logging.basicConfig(level="WARNING", format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    async def go() -> None:
        async with running(settings) as here:
            listener = listening_socket(settings.host, settings.port)
            console.print(f"Missiondesk serves on [bold]{escape(address(listener))}[/]; Ctrl-C stops it.")
            await together(here, listener, lanes=() if no_work else _LANES)

    asyncio.run(go())


def work(*, only: Only = None, except_: Except = None) -> None:
    """Run missions only. Start as many as you like, on as many machines, against one DATABASE_URL."""
    lanes: list[Lane] = [lane for lane in _LANES if only in (None, lane) and lane != except_]
    if not lanes or any(name not in (None, *_LANES) for name in (only, except_)):
        raise Misconfigured(f"There are two lanes: {' and '.join(_LANES)}.")
    settings = Settings.read()
    logging.basicConfig(level="WARNING", format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    async def go() -> None:
        async with running(settings) as here:
            console.print(f"Missiondesk works on {' and '.join(lanes)}; Ctrl-C stops it.")
            await together(here, None, lanes=lanes)

    asyncio.run(go())


async def together(
    here: Running, listener: socket.socket | None, *, lanes: Sequence[Lane], stop: asyncio.Event | None = None
) -> None:
    """Web and turns in this process, until SIGINT, SIGTERM or SIGHUP, or until `stop` is set."""
    stop = stop or asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with asyncio.TaskGroup() as tasks:
        server: _Server | None = None
        if listener is not None:
            config = uvicorn.Config(
                here.web(), log_level="warning", access_log=False, timeout_graceful_shutdown=1, lifespan="off"
            )
            server = _Server(config)
            tasks.create_task(server.serve(sockets=[listener]))
        if lanes:
            tasks.create_task(here.engine(lanes).run(stop))
        await stop.wait()
        here.live.end()
        if server is not None:
            server.should_exit = True


def listening_socket(host: str, port: int, *, or_free: bool = False) -> socket.socket:
    """A bound socket; with `or_free`, another port when this one is taken. Raises `Misconfigured`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # said to be TCP, or asyncio leaves Nagle's algorithm on and small answers wait 40 ms
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        if or_free:
            listener.bind((host, 0))
        else:
            listener.close()
            raise Misconfigured(f"{host}:{port} cannot be used: {error.strerror}. Set MISSIONDESK_PORT.") from error
    return listener


def address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _only_loopback_without_https(settings: Settings) -> None:
    """Sign-in cookies over plain http are for this machine alone. Raises `Misconfigured`."""
    if settings.host not in _LOOPBACK and not (settings.public_url or "").startswith("https://"):
        raise Misconfigured(
            f"MISSIONDESK_HOST is {settings.host}, which others can reach: put HTTPS in front of it and set "
            "MISSIONDESK_PUBLIC_URL=https://…, as sign-in cookies must not travel in the open."
        )


class _Server(uvicorn.Server):
    """Stops when we say so: the process's signals are ours, for web and turns together."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield
