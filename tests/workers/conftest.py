"""A mission of Mira's at a real database and a real billing system, for a model that plays a script."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pydantic_ai.models
import pytest

from missiondesk.briefs import Brief
from missiondesk.briefs.brief import Head
from missiondesk.cases import Message
from missiondesk.ids import CaseId, ConnectionId, CustomerId, MessageId, MissionId, random_id
from missiondesk.integrations import Connections, Gate, Scope
from missiondesk.kit.database import Database, Transaction
from missiondesk.knowledge import Article, publish_article
from missiondesk.knowledge.articles import ArticleHead
from missiondesk.trace import Kind, Observation, observe, observed, open_trace
from missiondesk.workers import Past, Workbench
from tests.support.postgres import Cloned, Postgres
from tests.workers.little_billing import MIRA, Billing, billing_at, connections_to

BRIEF = Brief(
    Head(
        name="duplicate-charge",
        title="Charged twice",
        summary="A customer was charged twice for one order.",
        examples=["I was charged twice."],
        signals=["charged twice"],
        reads=["billing.list_payments", "billing.get_payment"],
        writes=["billing.refund_payment"],
        knowledge=["refunds"],
        constants={"reason": "duplicate"},
        steps=["Read the payments.", "Consult the policy.", "Propose the refund of the later charge."],
    ),
    "Two captured payments of the same amount are a duplicate.",
    None,
    3,
)
POLICY = "## R-2 Charged twice\n\nA duplicate charge is refunded in full to the payment that was charged later.\n"


class Died(Exception):
    """The process is gone: right after a commit."""


@dataclass
class Mission:
    """`die_after` commits the process is gone; the next turn of the same number runs in another one."""

    id: MissionId
    database: Database
    connections: Connections
    billing: Billing
    die_after: int | None = None
    said: tuple[str, ...] = ("I was charged twice for order 4471.",)
    brief: Brief = BRIEF

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[Transaction]:
        async with self.database.transaction() as tx:
            yield tx
        if self.die_after is not None:
            self.die_after -= 1
            if self.die_after <= 0:
                raise Died

    async def desk(self, turn: int = 1, *, past: Sequence[Past] = ()) -> Workbench:
        scope = Scope(self.id, CustomerId("customer-mira"), {ConnectionId("billing"): MIRA})
        tools = [*self.brief.head.reads, *self.brief.head.writes]
        return Workbench(
            mission_id=self.id,
            turn=turn,
            brief=self.brief,
            customer="Mira Holm",
            messages=[_message(number, text) for number, text in enumerate(self.said, start=1)],
            past=past,
            gate=Gate(self.connections, scope, tools=tools, turn=turn, trace=await self.trace(), open_=self.open),
            open_=self.open,
        )

    def says(self, text: str) -> None:
        self.said = (*self.said, text)

    async def notes(self, kind: Kind, **told: Any) -> None:
        """What another part of the platform put on this mission's trace."""
        async with self.database.transaction() as tx:
            await observe(tx, self.id, kind, **told)

    async def trace(self) -> list[Observation]:
        async with self.database.transaction() as tx:
            return await observed(tx, self.id)

    async def another(self) -> "Mission":
        """The same again, from the beginning."""
        return await begin(replace(self, id=MissionId(random_id("mission"))))


def _message(number: int, text: str) -> Message:
    author, name = ("customer", "Mira Holm") if not text.startswith("assistant: ") else ("assistant", "Northwind")
    at = datetime(2026, 11, 20, 9, number, tzinfo=UTC)
    return Message(MessageId(f"message-{number}"), number, CaseId("case-1"), author, name, text, at)


async def begin(mission: Mission) -> Mission:
    async with mission.database.transaction() as tx:
        await open_trace(tx, mission.id)
    return mission


@pytest.fixture(autouse=True, scope="session")
def _no_model_request_leaves() -> Iterator[None]:
    with pydantic_ai.models.override_allow_model_requests(False):
        yield


@pytest.fixture(scope="session")
def furnished(postgres: Postgres) -> Iterator[Cloned]:
    """One database for all of these tests, with the policy in it: each test has a mission of its own."""
    with postgres.cloned() as clone:
        asyncio.run(_furnish(clone.url))
        yield clone


async def _furnish(url: str) -> None:
    database = Database(url)
    async with database.transaction() as tx:
        head = ArticleHead(id="refund-policy", title="Refunds", collection="refunds", owner="Ana")
        await publish_article(tx, Article(head, POLICY))
    await database.close()


@pytest.fixture
async def tables(furnished: Cloned) -> AsyncGenerator[Database]:
    database = Database(furnished.url, pool=4)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def address() -> Iterator[tuple[Billing, str]]:
    """One billing system for all of these tests; each finds it as it was made."""
    billing = Billing()
    with billing_at(billing) as url:
        yield billing, url


@pytest.fixture
async def mission(tables: Database, address: tuple[Billing, str]) -> AsyncGenerator[Mission]:
    billing, url = address
    billing.reset()
    connections = await connections_to(url)
    yield await begin(Mission(MissionId(random_id("mission")), tables, connections, billing))
    await connections.close()
