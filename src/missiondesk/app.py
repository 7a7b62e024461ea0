"""Puts the parts together: one installation's files, database, workers, engine and web app."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from sqlalchemy import text

from missiondesk.briefs import Brief, publish_brief, read_briefs
from missiondesk.cases import portals_in_use
from missiondesk.changes import publish_connections, publish_policy
from missiondesk.decisions import Policies, before_any_policy
from missiondesk.effects import Executor
from missiondesk.insights import SEED_EVERY, Insights, read_insights, seed
from missiondesk.integrations import Connections, Declared, Keys, Vault, read_connections
from missiondesk.kit.database import Database
from missiondesk.kit.embedded import Embedded
from missiondesk.kit.embedded import start as start_embedded
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings
from missiondesk.knowledge import publish_article, read_articles
from missiondesk.migrations import upgrade
from missiondesk.missions import (
    ASK_EVERY,
    LATE_EVERY,
    Chore,
    Engine,
    Lane,
    Parts,
    Second,
    Turn,
    ask_second,
    give_up,
    pass_on_late,
    take_back_changed,
    take_turn,
)
from missiondesk.notices import EVERY, Route, Telling, check_route, read_routes, tell
from missiondesk.portals import Portal, read_portals
from missiondesk.surfaces.customer_shapes import CaseEvent
from missiondesk.surfaces.desk_shapes import DeskEvent
from missiondesk.surfaces.front import front
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.shapes import Problem
from missiondesk.trace import Live
from missiondesk.workers import ProcedureWorker, Worker

PAGES = Path(__file__).parent / "surfaces" / "dist"
_PUBLISHING = 4472
_LOOK = 2.0  # seconds between two looks at the embedded server
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    """An installation that is up: its parts, the live feed, and the routes on which people are told."""

    settings: Settings
    parts: Parts
    live: Live
    routes: Mapping[str, Route] = field(default_factory=dict[str, Route])
    second: Second | None = None  # says what speaks against what waits
    insights: Insights = field(default_factory=Insights)

    def web(self) -> Any:
        """The web app, for an ASGI server."""
        return front(Installation(self.parts, self.live, PAGES, self.settings.public_url, self.insights))

    def engine(self, lanes: Sequence[Lane] = ("turns", "effects")) -> Engine:
        """What runs turns in this process."""

        async def do(turn: Turn) -> None:
            await take_turn(turn, self.parts)

        async def fail(turn: Turn, error: str) -> None:
            await give_up(turn, self.parts, error)

        return Engine(
            self.parts.database,
            do,
            fail,
            lanes=lanes,
            dead_after=self.settings.dead_after,
            chores=(
                Chore(1, lambda: take_back_changed(self.parts)),
                Chore(LATE_EVERY, lambda: pass_on_late(self.parts.database)),
                Chore(60, self.parts.connections.look_again),
                Chore(EVERY, self._tell),
                Chore(SEED_EVERY, self._seed),
                *self._second_opinion(),
            ),
        )

    async def _seed(self) -> None:
        await seed(self.parts, self.insights.tests.rate)

    def _second_opinion(self) -> Sequence[Chore]:
        if (second := self.second) is None:
            return ()
        return (Chore(ASK_EVERY, lambda: ask_second(self.parts.database, second)),)

    async def _tell(self) -> None:
        await tell(self.parts.database, Telling(self.routes, self.settings.public_url, os.environ))


@asynccontextmanager
async def database_at(settings: Settings, *, must_exist: bool = False) -> AsyncGenerator[Database]:
    """The database of the settings, checked and in today's shape: your own, or the embedded one, started if need be.

    Raises `Misconfigured` with what to do; with `must_exist` also where no embedded database was made yet.
    """
    if must_exist and settings.database_url is None and not (settings.home / "postgres").is_dir():
        raise Misconfigured(
            f"There is no database in {settings.home}. Set MISSIONDESK_HOME to the folder of the installation (the "
            "demo's is .missiondesk/demo), or DATABASE_URL to its server."
        )
    if settings.database_url is not None:
        async with _checked(settings.database_url, settings.owner_url or settings.database_url) as database:
            yield database
        return
    held = [await asyncio.to_thread(start_embedded, settings.home / "postgres")]
    keeping: asyncio.Task[None] | None = None
    try:
        async with _checked(held[0].url, held[0].owner_url) as database:
            keeping = asyncio.create_task(_keep_up(database, settings.home / "postgres", held))
            yield database
    finally:
        if keeping is not None:
            keeping.cancel()
            await asyncio.wait([keeping])
        for one in held:
            await asyncio.to_thread(one.stop_if_last)


@asynccontextmanager
async def _checked(url: str, owner_url: str) -> AsyncGenerator[Database]:
    database = Database(url)
    try:
        await database.check()
        await asyncio.to_thread(upgrade, owner_url)
        yield database
    finally:
        await database.close()


async def _keep_up(database: Database, home: Path, held: list[Embedded]) -> None:
    """If the embedded server dies, start it again: nobody else would."""
    while True:
        await asyncio.sleep(_LOOK)
        try:
            await database.check()
        except Misconfigured as away:
            log.warning("the embedded database is away, starting it again: %s", away)
            try:
                held.append(await asyncio.to_thread(start_embedded, home))
            except Misconfigured as failed:
                log.error("the embedded database cannot be started: %s", failed)


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Running]:
    """An installation, ready to serve and to work. Raises `Misconfigured` naming the file or setting that is wrong."""
    async with database_at(settings) as database:
        parts = await load(settings, database)
        routes = _routes(parts.company)
        second = _second_model(settings.second_model) if settings.second_model else None
        live = Live(database.url)
        listening = asyncio.create_task(live.run())
        try:
            yield Running(settings, parts, live, routes, second, read_insights(parts.company))
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening
            await parts.connections.close()


def _routes(company: Path) -> dict[str, Route]:
    """A route that lacks something of the environment holds up nothing else. Raises `Misconfigured` for the file."""
    routes = read_routes(company)
    for name, route in routes.items():
        try:
            check_route(name, route, os.environ)
        except Misconfigured as missing:
            log.error("%s Until then nobody is told by it.", missing)
    return routes


async def load(settings: Settings, database: Database) -> Parts:
    """Read the installation's folder and publish it: connections, policy, briefs and articles.

    Raises `Misconfigured` for anything in it that could not work, so that it fails here and not in a mission.
    """
    company = settings.company
    if company is None or not (company / "portals").is_dir():
        raise Misconfigured(
            f"{company or 'MISSIONDESK_COMPANY'} is not an installation's folder. Set MISSIONDESK_COMPANY to the one "
            "that holds briefs/, connections/, knowledge/ and portals/."
        )
    portals, files = read_portals(company), read_connections(company)
    briefs, waiting = await _published(database, company, files)
    connections = connections_at(settings, database)
    await connections.refresh()
    writes = [key for key, known in connections.reviewed.items() if known.tool.effect == "write"]
    policies = Policies(before_any_policy(writes))
    async with database.transaction() as tx:
        await policies.now(tx)  # one that cannot be read any more is told now
    model = _model_worker(settings.model) if settings.model else None
    await _check(database, portals, briefs, connections, waiting, procedures=model is None)

    def worker_for(brief: Brief) -> Worker:
        return model or ProcedureWorker(brief)

    executor = Executor(connections, policies)
    pace = read_insights(company).keeping
    return Parts(database, company, portals, briefs, policies, connections, executor, worker_for, pace)


async def _check(
    database: Database,
    portals: dict[str, Portal],
    briefs: Sequence[Brief],
    connections: Connections,
    waiting: Collection[str],
    *,
    procedures: bool,
) -> None:
    """What the files say of each other must fit. `waiting`: connections that are not in force as their files say."""
    elsewhere = {*connections.now.by_api, *waiting}
    async with database.transaction() as tx:
        if gone := await portals_in_use(tx) - portals.keys():
            raise Misconfigured(f"There are cases of the portal {', '.join(sorted(gone))}, whose file is not there.")
    for key, misfits in connections.now.misfits.items():
        if key.partition(".")[0] not in elsewhere:
            raise Misconfigured(" ".join(misfits))
        log.error("%s Until then the tool is not there.", " ".join(misfits))
    for missing in await connections.missing_credentials():
        log.error("%s Until then its missions wait.", missing)
    for brief in briefs:
        for tool in (*brief.head.reads, *brief.head.writes):
            if tool in connections.reviewed:  # also one that changed since: not offered, its missions go to people
                continue
            wrong = f"The brief {brief.name} names {tool}, which is no reviewed tool of a connection."
            if tool.partition(".")[0] not in elsewhere:
                raise Misconfigured(wrong)
            log.error("%s Its missions go to people.", wrong)  # switched off in the Studio, or not adopted yet
        if procedures and brief.procedure is not None:
            ProcedureWorker(brief)
    for portal in portals.values():
        for name in portal.briefs:
            if name not in {brief.name for brief in briefs}:
                raise Misconfigured(f"The portal {portal.id!r} names the brief {name!r}, which does not exist.")


def _model_worker(name: str) -> Worker:
    from missiondesk.workers import ModelWorker  # here: loading a model's libraries takes a second

    return ModelWorker(name)


def _second_model(name: str) -> Second:
    from missiondesk.workers import SecondModel  # here, too

    return SecondModel(name)


def connections_at(settings: Settings, database: Database) -> Connections:
    """The connections of an installation, as they are kept in its database. Call `refresh` before using them."""
    vault = Vault(database, Keys.read(settings))
    folder = settings.company / "connections" if settings.company is not None else None
    return Connections(Declared(), patience=settings.tool_patience, database=database, vault=vault, folder=folder)


async def _published(database: Database, company: Path, files: Declared) -> tuple[list[Brief], Collection[str]]:
    """The briefs, and the connections of which the files say what is not in force."""
    async with database.transaction() as tx:
        await tx.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _PUBLISHING})
        waiting = await publish_connections(tx, files)
        await publish_policy(tx, company)
        for article in read_articles(company):
            await publish_article(tx, article)
        return [await publish_brief(tx, brief) for brief in read_briefs(company)], waiting.keys()


def openapi() -> dict[str, Any]:
    """The API's own description, as programs and the pages' types use it: with what streams and problems look like."""
    told = front(None).openapi()
    streamed: list[tuple[type[BaseModel], Literal["serialization"]]] = [
        (shape, "serialization") for shape in (Problem, CaseEvent, DeskEvent)
    ]
    _, more = models_json_schema(streamed, ref_template="#/components/schemas/{model}")
    told["components"]["schemas"] |= more["$defs"]
    return told
