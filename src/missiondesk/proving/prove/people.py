"""The people of a run: a customer who asks for payments, and two agents who approve each of them at one instant."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import text

from missiondesk.decisions import AlreadyDecided, Proposal, proposals_waiting
from missiondesk.ids import CaseId, ConnectionId, PortalId
from missiondesk.kit.database import AWAY, Transaction
from missiondesk.missions import Parts, decide, open_with
from missiondesk.people import Customer, Staff, add_customer, add_staff, link_record
from missiondesk.proving.prove.schedule import Story
from missiondesk.proving.sandbox import CONNECTION, CUSTOMER, PORTAL, Book

_LOOK = 0.1  # seconds between two looks at the queue
_AGAIN = 0.2
_MINOR = re.compile(r'(\\"minor\\":)(\d)')  # in a sealed action, inside the JSON of its proposal
T = TypeVar("T")


@dataclass
class People:
    """Who they are, and what was asked of them. `cases` are the cases of the stories, by number."""

    parts: Parts
    book: Book
    customer: Customer
    agents: tuple[Staff, Staff]
    cases: dict[int, CaseId] = field(default_factory=dict[int, CaseId])
    stories: dict[CaseId, Story] = field(default_factory=dict[CaseId, Story])
    seen: set[str] = field(default_factory=set[str])
    twisted: set[int] = field(default_factory=set[int])

    async def ask(self, story: Story) -> None:
        """The customer writes. Said again after an error, it is the same case."""

        async def write(tx: Transaction) -> CaseId:
            return await open_with(tx, self.customer, story.words, key=story.account_id)

        case_id = await self._surely(write)
        self.cases[story.number] = case_id
        self.stories[case_id] = story

    async def decide_all(self) -> None:
        """Approve whatever waits, each from two places at once, until cancelled."""
        while True:
            for one in await self._surely(proposals_waiting):
                if one.case_id in self.stories:
                    await self._click(one, self.stories[one.case_id])
            await asyncio.sleep(_LOOK)

    async def _click(self, one: Proposal, story: Story) -> None:
        twist = story.twist if story.number not in self.twisted else None
        if twist == "changed":
            self.book.change(story.account_id)
        if twist is not None:
            self.twisted.add(story.number)
        await asyncio.gather(*(self._approve(one, who, tamper=twist == "tampered") for who in self.agents))

    async def _approve(self, one: Proposal, who: Staff, *, tamper: bool) -> None:
        async def approve(tx: Transaction) -> None:
            await decide(tx, self.parts, one.id, "approve", by=who, seen=one.digest)
            if tamper:
                await _change_a_byte(tx, one)

        try:
            await self._surely(approve)
        except AlreadyDecided:
            return  # the other one was first, or this one before the database went away

    async def _surely(self, do: Callable[[Transaction], Awaitable[T]]) -> T:
        """In a transaction of its own; again, while the database is away."""
        while True:
            try:
                async with self.parts.database.transaction() as tx:
                    return await do(tx)
            except (*AWAY, OSError):
                await asyncio.sleep(_AGAIN)


async def _change_a_byte(tx: Transaction, one: Proposal) -> None:
    """As somebody with the database's password could: another first digit of the amount, in the sealed action."""
    body = one.proposed.model_dump_json()
    changed = _MINOR.sub(lambda found: f"{found[1]}{int(found[2]) % 9 + 1}", body, count=1)
    assert changed != body, "an amount stands in each action"
    await tx.execute(text("update proposals set body = :body where id = :id"), {"body": changed, "id": one.id})


async def introduced(parts: Parts, book: Book) -> People:
    """The people of the sandbox, with accounts. Their passwords are nobody's business: they sign in nowhere."""
    async with parts.database.transaction() as tx:
        customer = await add_customer(
            tx, PortalId(PORTAL), name="Mira Sandbox", email="mira@sandbox.example", password="sandbox-only-mira"
        )
        await link_record(tx, customer.id, ConnectionId(CONNECTION), CUSTOMER, how="the sandbox's own")
        ana, ben = [
            await add_staff(
                tx, name=name, email=f"{name.lower()}@sandbox.example", role="agent", password=f"sandbox-only-{name}"
            )
            for name in ("Ana", "Ben")
        ]
    return People(parts, book, customer, (ana, ben))
