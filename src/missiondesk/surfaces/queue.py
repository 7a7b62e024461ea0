"""The Decision Queue as people see it: a page of what waits, most urgent first; or what was decided lately."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from missiondesk.changes import changes_waiting
from missiondesk.decisions import (
    Decision,
    NeedsApprovals,
    Proposal,
    Shown,
    decisions_by_proposal,
    proposals_by_id,
    recently_decided,
)
from missiondesk.ids import PersonId, ProposalId, StaffId
from missiondesk.insights import Seeded, seeded_among
from missiondesk.integrations import Changed, declared, tools_changed
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.text import visible
from missiondesk.missions import Filter, InQueue, counted, in_queue
from missiondesk.people import Staff, further_accounts
from missiondesk.surfaces.card import attention_view, held_view
from missiondesk.surfaces.desk_shapes import QueueItem, QueuePage
from missiondesk.surfaces.shapes import MoneyShape

Accounts = Mapping[StaffId, PersonId]  # whose an account is, where somebody has several


async def waiting(tx: Transaction, who: Staff, wanted: Filter, *, after: str | None, limit: int) -> QueuePage:
    """Proposals, effects of unknown outcome, cases in which a person has to answer, and tools that changed."""
    page = await in_queue(tx, who, wanted, after=after, limit=limit)
    items = await _items(tx, who, page.items)
    changed = await changed_tools(tx) if wanted == Filter() else []
    if who.role == "admin" and after is None:
        items = [*changed, *items]
    elif who.role != "admin" and page.next is None:
        items = [*items, *changed]
    return await _page(tx, who, items, page.next)


async def decided(tx: Transaction, who: Staff) -> QueuePage:
    """What people answered lately, newest first."""
    found, at = await recently_decided(tx), await now(tx)
    made, accounts = await decisions_by_proposal(tx, [one.id for one in found]), await further_accounts(tx)
    return await _page(tx, who, [_decided(one, made[one.id], at, accounts) for one in found], None)


async def _page(tx: Transaction, who: Staff, items: list[QueueItem], next_: str | None) -> QueuePage:
    counts, tools = await counted(tx, who), await changed_tools(tx)
    return QueuePage(
        items=items,
        waiting=counts.all + len(tools),
        mine=counts.mine,
        late=counts.late,
        aside=counts.aside,
        briefs=list(counts.briefs),
        next=next_,
        changes=len(await changes_waiting(tx)),
    )


async def _items(tx: Transaction, who: Staff, found: Sequence[InQueue]) -> list[QueueItem]:
    ids, at = [ProposalId(one.item) for one in found if one.kind != "handoff"], await now(tx)
    tests = await seeded_among(tx, ids)
    proposals, made = await proposals_by_id(tx, ids), await decisions_by_proposal(tx, ids)
    items, accounts = [_item(one, who, at) for one in found], await further_accounts(tx)
    shown: dict[str, Shown] = {one.id: one for one in [*proposals.values(), *tests.values()]}
    return [
        _elsewhere(_signed(item, of, made[of.id], at, accounts), tests)
        if (of := shown.get(item.id)) is not None
        else item
        for item in items
    ]


def _elsewhere(item: QueueItem, tests: Mapping[str, Seeded]) -> QueueItem:
    """A test proposal is shown in a case and a mission of its own."""
    test = tests.get(item.id)
    return item.model_copy(update={"case_id": test.shown_case, "mission_id": test.shown_mission}) if test else item


def _item(one: InQueue, who: Staff, at: datetime) -> QueueItem:
    title = f"Did it happen? {one.title}" if one.kind == "unknown_effect" else one.title
    return QueueItem(
        id=one.item,
        kind=one.kind,
        title=visible(title),
        amount=MoneyShape(**one.amount.json()) if one.amount else None,
        risk=one.risk,
        customer=one.customer,
        brief=one.brief,
        case_id=one.case_id,
        mission_id=one.mission_id,
        since=one.since,
        due_at=one.due_at,
        late=one.due_at < at,
        attention=attention_view(one.attention, who),
    )


def _decided(of: Proposal, made: Sequence[Decision], at: datetime, accounts: Accounts) -> QueueItem:
    amount = of.proposed.amount
    item = QueueItem(
        id=of.id,
        kind="proposal",
        title=visible(of.proposed.title),
        amount=MoneyShape(**amount.json()) if amount else None,
        risk=of.proposed.risk,
        customer=of.proposed.customer,
        brief=of.proposed.brief,
        case_id=of.case_id,
        mission_id=of.mission_id,
        since=of.opened_at,
        decided=f"{of.closed} by {of.closed_by}",
        decided_at=of.closed_at,
    )
    return _signed(item, of, made, at, accounts)


def _signed(item: QueueItem, of: Shown, made: Sequence[Decision], at: datetime, accounts: Accounts) -> QueueItem:
    ruling = of.proposed.ruling
    approved = [it for it in made if (it.kind, it.standing) == ("approve", "counts")]
    told = {
        "digest": of.digest,
        "signed": len({accounts.get(it.by_id, it.by_id) for it in approved}),
        "needed": ruling.count if isinstance(ruling, NeedsApprovals) else 0,
        "held": [] if of.closed else [view for it in made if (view := held_view(it, at)) is not None],
        "changed": of.proposed.stale is not None,
        "edited": of.proposed.edited.by if of.proposed.edited else None,
    }
    return item.model_copy(update=told)


async def changed_tools(tx: Transaction) -> list[QueueItem]:
    """One item for each connection with tools that were taken away."""
    changed = await tools_changed(tx)
    if not changed:
        return []
    here = await declared(tx)
    by_connection: dict[str, list[Changed]] = {}
    for one in changed:
        if one.key in here.away:
            by_connection.setdefault(one.connection_id, []).append(one)
    return [
        QueueItem(
            id=name,
            kind="changed_tools",
            title=visible(f"Review {', '.join(one.tool for one in tools)} of {here.files[name].title}"),
            risk="medium",
            since=min(one.found_at for one in tools),
        )
        for name, tools in by_connection.items()
    ]
