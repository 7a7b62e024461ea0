"""The Decision Queue: all that waits for a person, longest waiting first."""

from datetime import datetime
from itertools import takewhile

from missiondesk.cases import Case, case, held_cases, messages_of
from missiondesk.decisions import Proposal, decisions_made, opened, proposal, proposals_waiting, recently_decided
from missiondesk.effects import effects_unknown
from missiondesk.integrations import Changed, declared, tools_changed
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.money import Money
from missiondesk.kit.text import visible
from missiondesk.missions import handoffs_waiting, missions_of
from missiondesk.people import customer
from missiondesk.surfaces.card import held_view, risk
from missiondesk.surfaces.desk_shapes import ItemKind, QueueItem
from missiondesk.surfaces.shapes import MoneyShape


async def waiting(tx: Transaction) -> list[QueueItem]:
    """Proposals, effects of unknown outcome, cases in which a person has to answer, and tools that changed."""
    unknown = {one.proposal_id: one.at for one in await effects_unknown(tx)}
    items = [await _item(tx, one) for one in await proposals_waiting(tx)]
    items += [await _item(tx, await proposal(tx, one), kind="unknown_effect") for one in unknown]
    items += [await _with_person(tx, await case(tx, one.case_id), one.at) for one in await handoffs_waiting(tx)]
    items += [await _with_person(tx, one, at) for one in await held_cases(tx) if (at := await _unanswered(tx, one))]
    items += await _changed_tools(tx)
    return sorted(items, key=lambda item: item.since)


async def decided(tx: Transaction) -> list[QueueItem]:
    """What people answered lately, newest first."""
    return [await _item(tx, one) for one in await recently_decided(tx)]


async def _item(tx: Transaction, one: Proposal, kind: ItemKind = "proposal") -> QueueItem:
    made, at = await decisions_made(tx, one.id), await now(tx)
    amounts = [
        money
        for action in one.proposed.actions
        for value in opened(action.sealed).arguments.values()
        if (money := Money.of(value))
    ]
    return QueueItem(
        id=one.id,
        kind=kind,
        title=visible(one.proposed.title if kind == "proposal" else f"Did it happen? {one.proposed.title}"),
        amount=MoneyShape(**amounts[0].json()) if len(amounts) == 1 else None,
        risk="high" if kind == "unknown_effect" else risk(one),
        customer=one.proposed.customer,
        brief=one.proposed.brief,
        case_id=one.case_id,
        mission_id=one.mission_id,
        since=one.opened_at,
        signed=sum(it.kind == "approve" and it.standing == "counts" for it in made),
        needed=one.proposed.ruling.count,
        held=[] if one.closed else [view for it in made if (view := held_view(it, at)) is not None],
        changed=one.proposed.stale is not None,
        edited=one.proposed.edited.by if one.proposed.edited else None,
        decided=f"{one.closed} by {one.closed_by}" if one.closed else None,
        decided_at=one.closed_at,
    )


async def _unanswered(tx: Transaction, of: Case) -> datetime | None:
    """Since when the customer waits in a case that a person holds; `None`: they do not have the last word."""
    last = list(takewhile(lambda one: one.author == "customer", reversed(await messages_of(tx, of.id))))
    return last[-1].at if last else None


async def _changed_tools(tx: Transaction) -> list[QueueItem]:
    """One item for each connection with tools that were taken away."""
    changed = await tools_changed(tx)
    now = await declared(tx) if changed else None
    by_connection: dict[str, list[Changed]] = {}
    for one in changed:
        if now is not None and one.key in now.away:
            by_connection.setdefault(one.connection_id, []).append(one)
    return [
        QueueItem(
            id=name,
            kind="changed_tools",
            title=visible(f"Review {', '.join(one.tool for one in tools)} of {now.files[name].title}"),
            amount=None,
            risk="medium",
            customer="",
            brief=None,
            case_id="",
            mission_id="",
            since=min(one.found_at for one in tools),
            signed=0,
            needed=1,
            held=[],
            changed=False,
            edited=None,
            decided=None,
            decided_at=None,
        )
        for name, tools in by_connection.items()
        if now is not None
    ]


async def _with_person(tx: Transaction, of: Case, since: datetime) -> QueueItem:
    mission = (await missions_of(tx, of.id))[-1]
    return QueueItem(
        id=mission.id,
        kind="handoff",
        title=visible(of.subject),
        amount=None,
        risk="medium",
        customer=(await customer(tx, of.customer_id)).name,
        brief=mission.brief,
        case_id=of.id,
        mission_id=mission.id,
        since=since,
        signed=0,
        needed=1,
        held=[],
        changed=False,
        edited=None,
        decided=None,
        decided_at=None,
    )
