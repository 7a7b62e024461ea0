"""`missiondesk notices`: who is told of what, whether it can be, and what could not be told."""

import asyncio
import os
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from missiondesk.app import database_at
from missiondesk.briefs import read_briefs
from missiondesk.cli.client import AsJson, console
from missiondesk.kit.errors import Misconfigured, NotFound, Refused
from missiondesk.kit.settings import Settings
from missiondesk.notices import (
    Notice,
    NotTold,
    Route,
    Telling,
    check_route,
    notices_list,
    read_routes,
    send_test,
    try_again,
)

app = typer.Typer(help="Telling people that something waits.", no_args_is_help=True)


class NobodyTold(Refused):
    """The test notice was not taken."""


@app.command()
def check(
    send: Annotated[str | None, typer.Option(help="Send a test notice on this route.", metavar="ROUTE")] = None,
) -> None:
    """Read notices.toml and the environment it names. Sends nothing, unless asked to."""
    settings = Settings.read()
    if settings.company is None:
        raise Misconfigured("Set MISSIONDESK_COMPANY to the installation's folder.")
    routes = read_routes(settings.company)
    if send is not None:
        _send(send, routes, settings.public_url)
        return
    briefs = {one.name for one in read_briefs(settings.company)}
    wrong = [problem for name, route in routes.items() for problem in _problems(name, route, briefs)]
    for name, route in routes.items():
        console.print(f"{name}: {route.kind}, tells {', '.join(route.events)}")
    if not routes:
        console.print(f"There is no route in {settings.company / 'notices.toml'}: nobody is told anything.")
    if routes and settings.public_url is None:
        console.print("MISSIONDESK_PUBLIC_URL is not set: links will be paths without a host.")
    if wrong:
        raise Misconfigured("\n".join(wrong))


@app.command("list")
def list_(
    *, dead: Annotated[bool, typer.Option(help="Only those that were given up.")] = False, as_json: AsJson = False
) -> None:
    """The newest notices, and why the last attempt failed."""
    found = asyncio.run(_listed(dead))
    if as_json:
        console.print_json(data={"items": [_told(one) for one in found]})
        return
    for one in found:
        again = f", again at {one.next_at.astimezone(UTC):%H:%M:%S} UTC" if one.state == "waiting" else ""
        why = f": {one.error}" if one.error else ""
        console.print(f"{one.id}  {one.route}  {one.state} ({one.attempts}){again}  {one.told.title}{why}")
    if not found:
        console.print("Nothing was given up." if dead else "Nobody was told anything yet.")


@app.command()
def retry(notice: Annotated[str, typer.Argument(help="A dead notice's id.")]) -> None:
    """Tell again what was given up, with the same id."""

    async def go() -> None:
        async with database_at(Settings.read(), must_exist=True) as database, database.transaction() as tx:
            await try_again(tx, notice)

    asyncio.run(go())
    console.print(f"{notice} is tried again within some seconds, if Missiondesk runs.")


def _send(name: str, routes: dict[str, Route], public_url: str | None) -> None:
    if name not in routes:
        raise NotFound(f"There is no route {name}. There are: {', '.join(routes) or 'none'}.")
    try:
        at = datetime.now(UTC)
        asyncio.run(send_test(Telling(routes, public_url, os.environ), name, at))
    except NotTold as why:
        raise NobodyTold(f"{name}: {why}") from why
    console.print(f"{name} took the test notice.")


def _problems(name: str, route: Route, briefs: Collection[str]) -> Iterator[str]:
    try:
        check_route(name, route, os.environ)
    except Misconfigured as wrong:
        yield str(wrong)
    for brief in route.briefs:
        if brief not in briefs:
            yield f"The route {name} names the brief {brief}, which does not exist: it would tell nothing of it."


async def _listed(dead: bool) -> Sequence[Notice]:
    async with database_at(Settings.read(), must_exist=True) as database, database.transaction() as tx:
        return await notices_list(tx, dead=dead)


def _told(one: Notice) -> dict[str, object]:
    return {
        "id": one.id,
        "route": one.route,
        "state": one.state,
        "attempts": one.attempts,
        "next_at": one.next_at.isoformat() if one.state == "waiting" else None,
        "error": one.error,
        "made_at": one.made_at.isoformat(),
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
        **one.told.model_dump(mode="json", exclude={"version"}),
    }
