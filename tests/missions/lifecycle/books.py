"""Three books, read after every step: the system's own, what we recorded, and what the trace tells."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from missiondesk.decisions import (
    Action,
    ByItself,
    Decision,
    Grant,
    Proposal,
    decisions_made,
    grants_of,
    opened,
    proposals_of,
)
from missiondesk.effects import Effect, effects_of
from missiondesk.ids import CaseId, GrantId, ProposalId
from missiondesk.kit.canonical import canonical
from missiondesk.kit.database import Transaction
from missiondesk.missions import Mission, missions_of
from missiondesk.proving.sandbox import Payment
from missiondesk.trace import Observation, Verified, observed, verify

SETTLED = frozenset({"done", "failed", "stale", "skipped"})
ANSWERED = {"happened": "done", "not_happened": "failed", "check_again": "checking"}


@dataclass(frozen=True, slots=True)
class Book:
    """One mission. `jobs` are the nudges for its present turn; `wakes` says whether a time to wake is set.

    `reserved`: how the reservations of each action stand, by its digest.
    """

    row: Mission
    wakes: bool
    jobs: int
    proposals: Sequence[Proposal]
    decisions: Mapping[ProposalId, Sequence[Decision]]
    grants: Mapping[ProposalId, Sequence[Grant]]
    effects: Mapping[GrantId, Effect]
    trace: Sequence[Observation]
    whole: Verified
    reserved: Mapping[str, Collection[str]]

    def told_of(self, grant: Grant) -> list[Observation]:
        return [one for one in self.trace if one.told.get("grant") == grant.id]

    def sent(self, grant: Grant) -> list[Observation]:
        """Each time that its effect entered `sent`."""
        return [one for one in self.told_of(grant) if (one.kind, one.told.get("state")) == ("effect", "sent")]


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal's actions as they were put before people; `revisions` of the accounts that each rests on, by id."""

    digest: str
    actions: Sequence[Action]
    revisions: Sequence[Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Stop:
    """While this held, nothing might enter `sent`."""

    scope: str
    since: datetime
    until: datetime | None


async def books_of(tx: Transaction, case_id: CaseId, *, read: Sequence[Book]) -> list[Book]:
    """Of all missions of a case, the oldest first; those that were `read` before are not read again."""
    known = {one.row.id: one for one in read}
    return [known.get(row.id) or await _book(tx, row) for row in await missions_of(tx, case_id)]


async def _book(tx: Transaction, row: Mission) -> Book:
    proposals = await proposals_of(tx, row.id)
    grants = {one.id: await grants_of(tx, one.id) for one in proposals}
    effects = [effect for one in proposals for effect in (await effects_of(tx, one.id)).values()]
    query = (
        "select wake_at is not null, (select count(*) from procrastinate_jobs j where j.args->>'mission' = m.id "
        "and (j.args->>'number')::int >= m.turn) from missions m where m.id = :id"
    )
    wakes, jobs = (await tx.execute(text(query), {"id": row.id})).one()
    return Book(
        row,
        wakes,
        jobs,
        proposals,
        {one.id: await decisions_made(tx, one.id) for one in proposals},
        grants,
        {one.grant_id: one for one in effects},
        await observed(tx, row.id),
        await verify(tx, row.id),
        {one.digest: await _reserved(tx, one.digest) for them in grants.values() for one in them},
    )


async def _reserved(tx: Transaction, digest: str) -> set[str]:
    query = text("select state from reservations where digest = :digest")
    return set((await tx.execute(query, {"digest": digest})).scalars())


async def wrong_pools(tx: Transaction) -> list[str]:
    """What is used of each pool on each day is what is held and settled, and no pool is above its cap."""
    query = """select p.name, p.day, p.used, coalesce(sum(r.amount), 0)::int as taken from pools p
        left join reservations r on r.pool = p.name and r.day = p.day and r.state <> 'released'
        group by p.name, p.day, p.used, p.cap having p.used <> coalesce(sum(r.amount), 0) or p.used > p.cap"""
    rows = await tx.execute(text(query))
    return [f"{row.used} is used of {row.name} on {row.day}, and {row.taken} taken" for row in rows]


def shown_of(proposal: Proposal, trace: Sequence[Observation]) -> Shown:
    """How it stands there before anybody answers it."""
    seen = {one.n: one.told["value"]["account"] for one in trace if one.kind == "seen"}
    actions = [opened(one.sealed) for one in proposal.proposed.actions]
    revisions = [
        {seen[it.observation]["account_id"]: int(seen[it.observation]["revision"]) for it in action.evidence}
        for action in actions
    ]
    return Shown(proposal.digest, actions, revisions)


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened outside: `payments` to this case's accounts, `changed` when an account did, `stops` by people."""

    payments: Sequence[Payment]
    changed: Mapping[str, Sequence[datetime]]
    stops: Sequence[Stop]
    shown: Mapping[ProposalId, Shown]


def wrong_in(books: Sequence[Book], facts: Facts) -> list[str]:
    """Every invariant that does not hold, in words; nothing when all do."""
    return [*_wrong_payments(books, facts), *(wrong for book in books for wrong in _wrong_in(book, facts))]


def _wrong_payments(books: Sequence[Book], facts: Facts) -> list[str]:
    """At most one for each grant that was sent; each for what was shown, byte for byte."""
    sent: Counter[bytes] = Counter()
    keys: Counter[str] = Counter()
    for book, proposal, grant in _grants(books):
        action = facts.shown[proposal.id].actions[grant.position]
        if book.sent(grant):
            sent[_bytes(action.tool, action.arguments)] += 1
            keys[grant.key] += 1
    wrong: list[str] = []
    for what, count in Counter(_bytes(one.tool, one.arguments) for one in facts.payments).items():
        if count > sent[what]:
            wrong.append(f"paid {count} times, and sent by {sent[what]} grants as it was approved: {what.decode()}")
    for key, count in Counter(one.key for one in facts.payments if one.key).items():
        if count > keys[key]:
            wrong.append(f"paid {count} times under the key {key} of {keys[key]} grants")
    return wrong


def _wrong_in(book: Book, facts: Facts) -> list[str]:
    found = [
        (book.whole.broken is not None, f"the trace is broken: {book.whole.broken}"),
        (sum(one.closed is None for one in book.proposals) > 1, "two proposals are open"),
        (book.row.state == "waiting" and book.jobs > 0, "it waits, and holds a job"),
        (book.row.state == "done" and any(one.closed is None for one in book.proposals), "it ended with one open"),
        (book.row.waits_for == "decision" and book.proposals[-1].closed is not None, "it waits for no decision"),
    ]
    wrong = [says for is_so, says in found if is_so]
    for proposal in book.proposals:
        shown = facts.shown[proposal.id]
        for grant in book.grants[proposal.id]:
            wrong += _wrong_sending(book, proposal, grant, shown, facts)
            wrong += _forgotten(book, proposal, grant)
    for one in book.trace:
        if one.kind == "told" and one.told.get("proposal"):
            states = {book.effects[grant.id].state for grant in book.grants[one.told["proposal"]]}
            if states - {"done"}:
                wrong.append(f"the customer was told that it is done, and it is {states}")
    return [f"{book.row.id}: {one}" for one in wrong]


def _wrong_sending(book: Book, proposal: Proposal, grant: Grant, shown: Shown, facts: Facts) -> list[str]:
    """Each time it entered `sent` there were approvals of it by two people or a rule, and nothing spoke against it."""
    action = shown.actions[grant.position]
    scopes = {
        "all",
        f"connection:{action.connection}",
        f"tool:{action.key}",
        f"brief:{proposal.proposed.brief.partition('@')[0]}",
    }
    wrong: list[str] = []
    for one in book.sent(grant):
        yes = {
            it.by_id
            for it in book.decisions[proposal.id]
            if (it.kind, it.standing, it.seen) == ("approve", "counts", shown.digest) and it.at < one.at
        }
        by_rule = isinstance(proposal.proposed.ruling, ByItself) and any(who.startswith("rule:") for who in yes)
        if len(yes) < 2 and not by_rule:
            wrong.append(f"sent with {len(yes)} approvals of what was shown")
        if one.at > action.expires:
            wrong.append(f"sent at {one.at}, after it had expired at {action.expires}")
        for stop in facts.stops:
            if stop.scope in scopes and stop.since < one.at and (stop.until is None or one.at < stop.until):
                wrong.append(f"sent at {one.at}, while {stop.scope} was frozen since {stop.since}")
        for account, revision in shown.revisions[grant.position].items():
            if sum(at < one.at for at in facts.changed.get(account, ())) + 1 != revision:
                wrong.append(f"sent on revision {revision} of {account}, which had changed")
    return wrong


_SPENT = {"done": "settled", "failed": "released", "stale": "released", "skipped": "released"}


def _forgotten(book: Book, proposal: Proposal, grant: Grant) -> list[str]:
    """What was granted is carried out, or waits to be, or a person is asked; and the trace tells how it stands."""
    effect = book.effects.get(grant.id)
    state = effect.state if effect else None
    goes_on = book.row.state == "runnable" or (book.row.state == "waiting" and book.wakes)
    wrong: list[str] = []
    if state not in SETTLED and not goes_on and not (book.row.waits_for == "unknown_effect" and _asked(book)):
        wrong.append(f"an effect is forgotten in {state}; the mission is {book.row.state} for {book.row.waits_for}")
    standing = book.reserved[grant.digest]
    if isinstance(proposal.proposed.ruling, ByItself) and standing != {_SPENT.get(state or "", "held")}:
        wrong.append(f"an effect is {state}, and what it takes is {standing}")
    if effect and (told := _as_told(book.told_of(grant))) != state:
        wrong.append(f"an effect is {state}, and the trace tells that it is {told}")
    return wrong


def _asked(book: Book) -> bool:
    return any(one.state == "unknown" for one in book.effects.values())


def _as_told(told: Sequence[Observation]) -> str | None:
    """How an effect stands, by the trace alone."""
    state: str | None = None
    for one in told:
        match one.kind, one.told.get("state"):
            case "effect", "put_off":
                state = "intent"
            case "effect", str() as said if said != "frozen":
                state = said
            case "decided", None:
                state = ANSWERED[one.told["answer"]]
            case _:
                pass
    return state


def _grants(books: Sequence[Book]) -> list[tuple[Book, Proposal, Grant]]:
    return [(book, one, grant) for book in books for one in book.proposals for grant in book.grants[one.id]]


def _bytes(tool: str, arguments: Mapping[str, Any]) -> bytes:
    return canonical({"tool": tool, "arguments": dict(arguments)})
