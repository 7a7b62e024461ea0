"""How long an approved payment takes until it is sent, beside the bare client of the SDK that just pays."""

import asyncio
import logging
import os
import statistics
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from sqlalchemy import text

from bench.timing import ms, p99, timed
from missiondesk.app import Running, load
from missiondesk.decisions import Grant, Proposal, proposals_waiting
from missiondesk.effects.store import insert_intent, mark_sent
from missiondesk.ids import CaseId, GrantId, MissionId, ProposalId, random_id
from missiondesk.kit.database import Database, Transaction
from missiondesk.kit.settings import Settings
from missiondesk.missions import Parts, decide
from missiondesk.proving.prove.people import People, introduced
from missiondesk.proving.prove.schedule import Story
from missiondesk.proving.sandbox import URL_NAME, Book, installed, serving
from missiondesk.trace import Live, observe, open_trace
from tests.support.postgres import started

PAYMENTS, WARM = 60, 5
T = TypeVar("T")
_SENT = text(
    """select extract(epoch from e.first_sent_at - d.at) as waited,
    extract(epoch from e.first_sent_at - i.at) as checked
    from effects e join (select max(at) as at from decisions where proposal_id = :id) d on true
    join observations i on i.mission_id = e.mission_id and i.kind = 'effect' and i.payload::json ->> 'state' = 'intent'
    where e.proposal_id = :id and e.state = 'done'"""
)


async def approval_to_sent() -> dict[str, Any]:
    """The target: the two commits before the first byte leaves add at most 5 ms at the median.

    From the decision to `sent` the mission is woken, its intent committed, and everything is checked again, the
    evidence in the system that pays included.
    """
    waited, checked, bare = list[float](), list[float](), list[float]()
    async with sandbox() as (url, people), httpx2.AsyncClient() as http, paying(url, http) as pay:
        for number in range(1, PAYMENTS + WARM + 1):
            approved = await approve(people, Story(number, "keyed", None))
            sent = await until(people.parts.database, lambda tx, approved=approved: _sent(tx, approved))
            alone = await timed(lambda number=number: pay(f"bare-{number:04d}"))
            if number > WARM:
                waited.append(float(sent.waited))
                checked.append(float(sent.checked))
                bare.append(alone)
        intents = await durable_intents(people.parts.database)
    return {
        "bare_call_ms_p50": ms(statistics.median(bare)),
        "bare_call_ms_p99": ms(p99(bare)),
        "approval_to_sent_ms_p50": ms(statistics.median(waited)),
        "approval_to_sent_ms_p99": ms(p99(waited)),
        "of_that_checks_ms_p50": ms(statistics.median(checked)),
        "durable_intent_ms_p50": ms(statistics.median(intents)),
        "durable_intent_ms_p99": ms(p99(intents)),
    }


async def durable_intents(database: Database) -> list[float]:
    """Seconds that the intent and the mark before sending take: each committed, each with its observation."""
    mission_id, took = MissionId(random_id("mission")), list[float]()
    async with database.transaction() as tx:
        await open_trace(tx, mission_id)

    async def intend(grant_id: GrantId) -> None:
        async with database.transaction() as tx:
            await insert_intent(tx, Grant(grant_id, ProposalId("none"), 0, "none"), mission_id)
            await observe(tx, mission_id, "effect", state="intent", grant=grant_id)
        async with database.transaction() as tx:
            await mark_sent(tx, grant_id, 0, patience=5)
            await observe(tx, mission_id, "effect", state="sent", grant=grant_id)

    for _ in range(PAYMENTS):
        grant_id = GrantId(random_id("grant"))
        took.append(await timed(lambda grant_id=grant_id: intend(grant_id)))
    return took


async def approve(people: People, story: Story) -> Proposal:
    """A customer asks, a worker proposes, as many agents approve as the policy wants."""
    database = people.parts.database
    await people.ask(story)
    found = await until(database, lambda tx: _waiting(tx, people.cases[story.number]))
    for agent in people.agents[: found.proposed.needs.count]:
        async with database.transaction() as tx:
            await decide(tx, people.parts, found.id, "approve", by=agent, seen=found.digest)
    return found


async def _waiting(tx: Transaction, case_id: CaseId) -> Proposal | None:
    return next((one for one in await proposals_waiting(tx) if one.case_id == case_id), None)


async def _sent(tx: Transaction, approved: Proposal) -> Any:
    return (await tx.execute(_SENT, {"id": approved.id})).first()


async def until(database: Database, look: Callable[[Transaction], Awaitable[T | None]]) -> T:
    """What `look` finds in the end."""
    async with asyncio.timeout(30):
        while True:
            async with database.transaction() as tx:
                if (found := await look(tx)) is not None:
                    return found
            await asyncio.sleep(0.005)


@asynccontextmanager
async def sandbox() -> AsyncGenerator[tuple[str, People]]:
    """The sandbox of `missiondesk prove`, with one process of ours that runs its missions; the ledger's address."""
    logging.basicConfig(level="ERROR")
    with tempfile.TemporaryDirectory() as folder, started() as postgres, postgres.cloned() as clone:
        home = Path(folder)
        with serving(home / "ledger") as url:
            os.environ[URL_NAME] = url
            company = await installed(home, url)
            environment = {"DATABASE_URL": clone.url, "MISSIONDESK_HOME": folder, "MISSIONDESK_COMPANY": str(company)}
            settings, database = Settings.read({**os.environ, **environment}), Database(clone.url)
            parts = await load(settings, database)
            async with working(settings, parts):
                yield url, await introduced(parts, Book.at(home / "ledger"))
            await parts.connections.close()
            await database.close()


@asynccontextmanager
async def working(settings: Settings, parts: Parts) -> AsyncGenerator[None]:
    """Turns run, until this is left."""
    stop = asyncio.Event()
    running = asyncio.create_task(Running(settings, parts, Live(parts.database.url)).engine().run(stop))
    try:
        yield
    finally:
        stop.set()
        await running


@asynccontextmanager
async def paying(url: str, http: httpx2.AsyncClient) -> AsyncGenerator[Callable[[str], Awaitable[Any]]]:
    """Pays an account by the bare client: reads what it owes, then pays; the time of the payment alone counts."""
    async with Client(streamable_http_client(url, http_client=http), cache=None) as client:

        async def pay(account_id: str) -> Any:
            arguments = {"customer_id": "c-1", "account_id": account_id, "amount": {"minor": 100, "currency": "EUR"}}
            return await client.session.call_tool("pay_once", arguments)

        yield pay
