"""`missiondesk prove`: kill what works, again and again, and see whether each payment was made exactly once."""

import asyncio
import json
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from typing import Annotated, Any, cast, get_args

import typer
from rich.console import Console

from missiondesk.app import Running, load
from missiondesk.kit.database import AWAY, Database
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings
from missiondesk.proving.prove import WRONG, Asked, Broken, EffectClass, Order, Report, become, fitted, put_to_the_proof
from missiondesk.trace import Live

console = Console(stderr=True, highlight=False, markup=False, emoji=False)
_AGAIN = 0.2  # seconds


def prove(
    *,
    kills: Annotated[int, typer.Option(help="How many workers die by SIGKILL.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed and options: the same schedule.")] = 1,
    effect_class: Annotated[str | None, typer.Option("--class", help="keyed, queryable or neither.")] = None,
    workers: Annotated[int, typer.Option(help="Worker processes at once.")] = 3,
    zombies: Annotated[int, typer.Option(help="How many are stopped past their time, and continued.")] = 0,
    faults: Annotated[
        bool, typer.Option("--faults/--no-faults", help="Calls go wrong too, by the chaos server.")
    ] = True,
    broken: Annotated[
        str | None, typer.Option(help=f"A build that is broken on purpose: {', '.join(get_args(Broken))}.")
    ] = None,
    database_url: Annotated[
        str | None, typer.Option(help="An empty PostgreSQL of your own; it is then not restarted.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")] = False,
) -> None:
    """Kill working processes by a seeded schedule, then compare three books. Exit status 1 if they do not agree."""
    effect_class = effect_class or ("neither" if broken == "naive-retry" else "keyed")
    asked = Asked(
        kills=kills,
        seed=seed,
        effect_class=cast(EffectClass, _one_of(get_args(EffectClass), effect_class, "--class")),
        workers=workers,
        zombies=zombies,
        faults=faults,
        broken=cast(Broken, _one_of(get_args(Broken), broken, "--broken")) if broken else None,
    )
    logging.basicConfig(level="ERROR", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with console.status("Starting PostgreSQL and the sandbox …") as status:
        told = 0

        def say(done: int, of: int, what: str) -> None:
            nonlocal told
            status.update(f"{done} of {of}: {what}")
            if not console.is_terminal and done != told and (done % max(of // 20, 1) == 0 or done == of):
                console.print(f"{done} of {of}")
                told = done

        try:
            report = asyncio.run(_ended_in_order(put_to_the_proof(asked, work, load, say, database_url=database_url)))
        except asyncio.CancelledError:
            raise typer.Exit(128 + signal.SIGTERM) from None
    _show(report, as_json=as_json)
    if report.wrong:
        raise typer.Exit(1)


async def _ended_in_order(run: Coroutine[Any, Any, Report]) -> Report:
    """Also by SIGTERM: no worker and no server is left."""
    task = asyncio.create_task(run)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def work(order: Order) -> None:
    """What a forked worker process does until it is killed."""
    become(order)
    asyncio.run(_work(order, Settings.read()))


async def _work(order: Order, settings: Settings) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker is forked"
    asyncio.get_running_loop().add_reader(parent.sentinel, os._exit, 1)  # nobody is left to end it
    assert settings.database_url is not None, "the order names it"
    database = Database(settings.database_url)
    while True:
        try:
            parts = await load(settings, database)
            break
        except (*AWAY, OSError):
            await asyncio.sleep(_AGAIN)
    parts = fitted(parts, order)
    here = Running(settings, parts, Live(database.url))
    await here.engine().run(asyncio.Event())


def _one_of(all_: Sequence[str], value: str, option: str) -> str:
    if value not in all_:
        raise Misconfigured(f"{option} must be one of {', '.join(all_)}, not {value!r}.")
    return value


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(report.json()) + "\n")
    else:
        console.print_json(data=report.json())
    told = ", ".join(f"{name} {count}" for name, count in report.wrong.items())
    console.print(f"The books do not agree: {told}." if told else f"The books agree: {', '.join(WRONG)} are 0.")
