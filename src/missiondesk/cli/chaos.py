"""`missiondesk chaos-server`: a connection's server that goes wrong by a plan, to try one's own configuration with."""

import asyncio
import json
import logging
import os
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from missiondesk.kit.errors import Misconfigured, Trouble
from missiondesk.proving.chaos import (
    Chaos,
    Ledger,
    Plan,
    ToAddress,
    ToCommand,
    Wrapped,
    listening,
    planned,
    read_plan,
    serve_http,
    serve_stdio,
)

console = Console(stderr=True, highlight=False, markup=False, emoji=False)


def chaos_server(
    *,
    seed: Annotated[int, typer.Option(help="The same seed and the same calls: the same faults.")],
    url: Annotated[str | None, typer.Option(help="Wrap the MCP server at this address.")] = None,
    command: Annotated[str | None, typer.Option(help="Wrap the MCP server that this command starts.")] = None,
    port: Annotated[int, typer.Option(help="On 127.0.0.1; without it, a free one.")] = 0,
    stdio: Annotated[bool, typer.Option("--stdio", help="Over stdin and stdout instead of HTTP.")] = False,
    fault: Annotated[list[str] | None, typer.Option(metavar="NAME=SHARE", help="Such as hang=0.05; repeat.")] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="TOOL", help="Spoil only this tool; repeat.")] = None,
    plan: Annotated[Path | None, typer.Option(help="Faults from this file; SIGHUP reads it again.")] = None,
    ledger: Annotated[Path | None, typer.Option(help="Append what was really done, as JSON lines.")] = None,
    header: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="For the wrapped server; $NAME is a variable.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as one JSON object.")] = False,
) -> None:
    """Stand before any MCP server, pass its tools through, and inject faults by a seeded plan."""
    if stdio and (port or as_json):
        raise Misconfigured("With --stdio there is no address: leave out --port and --json.")
    if plan is not None and (fault or only):
        raise Misconfigured("With --plan, faults and tools stand in its file: leave out --fault and --only.")

    def read() -> Plan:
        if plan is not None:
            return read_plan(plan, seed, over_http=not stdio)
        return planned(seed, faults=fault or (), only=only or (), over_http=not stdio)

    asyncio.run(
        _serve(
            _wrapped(url, command, header or ()),
            first=read(),
            again=read if plan is not None else None,
            ledger=Ledger(ledger),
            port=None if stdio else port,
            as_json=as_json,
        )
    )


def _wrapped(url: str | None, command: str | None, headers: Sequence[str]) -> Wrapped:
    if (url is None) == (command is None):
        raise Misconfigured("Say which server to wrap: either --url or --command.")
    if url is not None:
        if not url.startswith(("http://", "https://")):
            raise Misconfigured(f"{url!r} is no address: it must begin with http:// or https://.")
        return Wrapped(ToAddress(url, dict(_header(one) for one in headers)))
    try:
        words = shlex.split(command or "")
    except ValueError as error:
        raise Misconfigured(f"The command cannot be read: {error}.") from None
    if not words or headers:
        raise Misconfigured("A command has no headers." if words else "The command is empty.")
    return Wrapped(ToCommand(words))


def _header(told: str) -> tuple[str, str]:
    name, equals, value = told.partition("=")
    if not equals or not name:
        raise Misconfigured("Write a header like Authorization=$TOKEN.")  # not quoted: it may hold a secret
    words = [_value(word) for word in value.split(" ")]
    return name, " ".join(words)


def _value(word: str) -> str:
    if not word.startswith("$"):
        return word
    if (value := os.environ.get(word[1:])) is None:
        raise Misconfigured(f"{word} has no value in the environment.")
    return value


async def _serve(
    wrapped: Wrapped,
    *,
    first: Plan,
    again: Callable[[], Plan] | None,
    ledger: Ledger,
    port: int | None,
    as_json: bool,
) -> None:
    logging.basicConfig(level="CRITICAL")  # what goes wrong here is wanted, and told to the caller
    try:
        chaos = Chaos(wrapped, await wrapped.about(), first, ledger)
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _read_again, chaos, again)
        if port is None:
            await serve_stdio(chaos, wrapped.close)
        else:
            await _serve_at(port, chaos, lambda url: _announce(url, first, as_json=as_json))
    finally:
        await wrapped.close()


async def _serve_at(port: int, chaos: Chaos, announce: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with listening(port) as listener:
        await serve_http(chaos, listener, announce, stop=stop)


def _announce(address: str, plan: Plan, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"url": address}) + "\n")
        sys.stdout.flush()
    else:
        console.print(f"The chaos server listens on {address}: {_told(plan)}. Ctrl-C stops it.", soft_wrap=True)


def _read_again(chaos: Chaos, again: Callable[[], Plan] | None) -> None:
    if again is None:
        console.print("There is no --plan to read again.")
        return
    try:
        chaos.plan = again()
    except Trouble as trouble:
        console.print(f"{trouble} The plan before it stays.", soft_wrap=True)
    else:
        console.print(f"The plan was read again: {_told(chaos.plan)}.", soft_wrap=True)


def _told(plan: Plan) -> str:
    shares = [f"{fault} {share:.4g}" for fault, share in plan.shares.items() if share]
    return f"seed {plan.seed}, {', '.join(shares) or 'no faults'}"
