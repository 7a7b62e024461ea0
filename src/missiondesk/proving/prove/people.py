"""The people of a run: a customer who asks for payments, two agents who decide, and strangers who spoil things."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import text

from missiondesk.decisions import Proposal, proposals_waiting
from missiondesk.effects import Effect, UnknownAnswer, effects_unknown, freeze, lift
from missiondesk.ids import CaseId, ConnectionId, PortalId
from missiondesk.kit.database import AWAY, Transaction, now
from missiondesk.kit.errors import NotAllowed, Refused
from missiondesk.missions import Parts, answer_effect, decide, open_with
from missiondesk.people import Customer, Staff, add_customer, add_staff, link_record
from missiondesk.proving.prove.books import calls_told, needs_two, pays, sent_to
from missiondesk.proving.prove.schedule import Story
from missiondesk.proving.sandbox import CONNECTION, CUSTOMER, PORTAL, Book

_LOOK = 0.1  # seconds between two looks at the queue
_AT_ONCE = 4  # proposals
_MANY, _PATIENCE = 30, 60.0  # proposals that wait, and seconds to wait for that
_AGAIN = 0.2
_ON_ITS_WAY = timedelta(seconds=3)
_GRANTED = "exists (select 1 from grants where proposal_id = :id)"
_MINOR = re.compile(r'(\\"minor\\":)(\d)')  # in a sealed action, inside the JSON of its proposal
T = TypeVar("T")
Spoil = Callable[[Transaction, Proposal], Awaitable[None]]


@dataclass
class People:
    """Who they are, and what was asked of them. `cases` are the cases of the stories, by number."""

    parts: Parts
    book: Book
    customer: Customer
    agents: tuple[Staff, Staff]
    cases: dict[int, CaseId] = field(default_factory=dict[int, CaseId])
    stories: dict[CaseId, Story] = field(default_factory=dict[CaseId, Story])
    twisted: set[int] = field(default_factory=set[int])
    looked: set[str] = field(default_factory=set[str])  # effects that they had looked up again
    room: asyncio.Event = field(default_factory=asyncio.Event)  # not too much waited for them when they looked last

    async def ask(self, story: Story) -> None:
        """The customer writes. Said again after an error, it is the same case."""

        async def write(tx: Transaction) -> CaseId:
            return await open_with(tx, self.customer, story.words, key=story.accounts[0])

        case_id = await self.surely(write)
        self.cases[story.number] = case_id
        self.stories[case_id] = story

    async def decide_all(self) -> None:
        """Approve whatever waits, from two places at once, until cancelled."""
        while True:
            found = [one for one in await self.surely(proposals_waiting) if one.case_id in self.stories]
            (self.room.set if len(found) <= _MANY else self.room.clear)()
            for first in range(0, len(found), _AT_ONCE):
                await asyncio.gather(
                    *(self._click(one, self.stories[one.case_id]) for one in found[first : first + _AT_ONCE])
                )
            await asyncio.sleep(_LOOK)

    async def keep_up(self) -> None:
        """Wait while too much waits for them: workers who have nothing to do die for nothing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self.room.wait()

    async def _click(self, one: Proposal, story: Story) -> None:
        twist = None if story.number in self.twisted else story.twist
        if twist == "changed":
            self.book.change(story.accounts[-1])
        if twist == "unpaid":
            self.book.cheat(story.accounts[-1])
        if twist is not None:
            self.twisted.add(story.number)
        ana, ben = self.agents
        for at_once in ((ana, ana), (ben,)) if needs_two(one) else ((ana, ben),):
            await asyncio.gather(*(self._approve(one, who, _SPOILT.get(twist or "")) for who in at_once))

    async def _approve(self, one: Proposal, who: Staff, spoil: Spoil | None) -> None:
        async def approve(tx: Transaction) -> None:
            await decide(tx, self.parts, one.id, "approve", by=who, seen=one.digest)
            if spoil is not None:
                await spoil(tx, one)

        try:
            await self.surely(approve)
        except (Refused, NotAllowed):
            return  # somebody was first, or this one before the database went away; or it is frozen for now

    async def freeze(self) -> tuple[int, int, set[str]]:
        """Stop all effects. The freeze, how often the trace tells of something sent, and to which accounts."""
        ana, _ = self.agents

        async def stop(tx: Transaction) -> tuple[int, int, set[str]]:
            made = await freeze(tx, "all", why="to see that nothing is sent", by_id=ana.id, by=ana.name)
            return made.id, await calls_told(tx), await sent_to(tx)

        return await self.surely(stop)

    async def lift(self, freeze_id: int) -> None:
        async def go_on(tx: Transaction) -> None:
            await lift(tx, freeze_id, by=self.agents[1].name)

        await self.surely(go_on)

    async def answer_unknown(self) -> int:
        """Look into the ledger for each effect of unknown outcome, and say what is there. How many there were.

        Every other one is looked up again first. Of one that was sent just now nothing is said yet: on a busy machine
        the call may still be on its way.
        """
        unknown = await self.surely(effects_unknown)
        at = await self.surely(now)
        for one in unknown:
            if at - one.at > _ON_ITS_WAY:
                await self.surely(lambda tx, one=one: self._answer(tx, one))
        return len(unknown)

    async def _answer(self, tx: Transaction, one: Effect) -> None:
        paid = self.book.found(account_id=await pays(tx, one.grant_id), key=None) is not None
        said: UnknownAnswer = "happened" if paid else "not_happened"
        if one.grant_id not in self.looked and len(self.looked) % 2 == 0:
            said = "check_again"
        self.looked.add(one.grant_id)
        await answer_effect(tx, one.grant_id, said, by=self.agents[0])

    async def surely(self, do: Callable[[Transaction], Awaitable[T]]) -> T:
        """In a transaction of its own; again, while the database is away."""
        while True:
            try:
                async with self.parts.database.transaction() as tx:
                    return await do(tx)
            except (*AWAY, OSError):
                await asyncio.sleep(_AGAIN)


async def _change_decisions(tx: Transaction, one: Proposal) -> None:
    """When it is approved: as if what was decided had been about something else."""
    change = f"update decisions set seen = repeat('0', 64) where proposal_id = :id and {_GRANTED}"
    await tx.execute(text(change), {"id": one.id})


async def _change_a_byte(tx: Transaction, one: Proposal) -> None:
    """When it is approved, as somebody with the database's password could: another digit of the sealed amount."""
    body = one.proposed.model_dump_json()
    changed = _MINOR.sub(lambda found: f"{found[1]}{int(found[2]) % 9 + 1}", body, count=1)
    assert changed != body, "an amount stands in each action"
    await tx.execute(
        text(f"update proposals set body = :body where id = :id and {_GRANTED}"), {"body": changed, "id": one.id}
    )


_SPOILT: Mapping[str, Spoil] = {"tampered": _change_a_byte, "disowned": _change_decisions}


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
