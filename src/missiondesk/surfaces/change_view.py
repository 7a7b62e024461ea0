"""Changes as people see them, on every surface."""

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence

from missiondesk.changes import (
    RIGHTS_FOR,
    Change,
    Place,
    answers_to,
    behind,
    change,
    difference,
    in_setup,
    may_answer,
    needed,
    policy_findings,
    policy_text,
    standing_of,
    title,
)
from missiondesk.decisions import FLIPS, Finding, Flipped, Policy
from missiondesk.kit.database import Transaction
from missiondesk.kit.money import Money
from missiondesk.kit.text import visible
from missiondesk.missions import replay_past
from missiondesk.people import Staff, may, staff_member
from missiondesk.surfaces.change_shapes import (
    ChangeAnswerView,
    ChangeCard,
    ChangePage,
    ChangeRow,
    FindingView,
    FlipGroup,
    FlipItem,
    PlaceView,
    Replayed,
)
from missiondesk.surfaces.shapes import MoneyShape

_MOST_FLIPS = 200


async def change_page(tx: Transaction, who: Staff, found: Sequence[Change], open_: int) -> ChangePage:
    setup = [right for right in sorted(set(RIGHTS_FOR.values())) if await in_setup(tx, right)]
    return ChangePage(items=[await change_row(tx, who, one) for one in found], open=open_, setup=setup)


async def change_row(tx: Transaction, who: Staff, of: Change) -> ChangeRow:
    answers, waits = await answers_to(tx, of.id), of.state == "open"
    more = max(await needed(tx, of.right) - len(await behind(tx, of, answers)), 0) if waits else 0
    return ChangeRow(
        id=of.id,
        kind=of.kind,
        subject=visible(of.subject),
        title=visible(title(of)),
        why=visible(of.why),
        source=of.source,
        asked_by=of.asked_by,
        asked_at=of.asked_at,
        state=of.state,
        one_hand=of.one_hand,
        closed_at=of.closed_at,
        closed_by=of.closed_by,
        closed_why=visible(of.closed_why) if of.closed_why else None,
        needed=more,
        may_answer=waits and await may_answer(tx, of, answers, who) is None,
    )


async def change_card(tx: Transaction, who: Staff, change_id: str) -> ChangeCard:
    """Raises `NotFound`."""
    of = await change(tx, change_id)
    answers, row = await answers_to(tx, of.id), await change_row(tx, who, of)
    cannot = f"It is {of.state}." if of.state != "open" else await may_answer(tx, of, answers, who)
    return ChangeCard(
        row=row,
        digest=of.digest,
        base=of.base,
        stands=(await standing_of(tx, of.kind, of.subject)).version,
        difference=[place_view(one) for one in difference(of)],
        text=of.after["text"] if of.kind == "policy" else None,
        findings=await _findings(tx, of),
        answers=[
            ChangeAnswerView(
                by_id=one.by_id,
                by=one.by_name,
                role=one.by_role,
                answer=one.answer,
                note=visible(one.note) if one.note else None,
                at=one.at,
                counts=one.answer != "reject" and _counts(await staff_member(tx, one.by_id), of),
            )
            for one in answers
        ],
        may_answer=row.may_answer,
        cannot=cannot,
        may_withdraw=of.state == "open" and of.asked_by_id == who.id,
        setup=await in_setup(tx, of.right),
    )


async def _findings(tx: Transaction, of: Change) -> list[FindingView]:
    if of.kind != "policy" or of.state != "open":
        return []
    return [finding_view(one) for one in await policy_findings(tx, policy_text(of.after["text"]))]


def _counts(who: Staff | None, of: Change) -> bool:
    return who is not None and may(who, of.right)


def place_view(one: Place) -> PlaceView:
    old, new = (text.splitlines() if text is not None else [] for text in (one.before, one.after))
    lines = list(difflib.unified_diff(old, new, lineterm="", n=2))[2:] if max(len(old), len(new)) > 1 else []
    return PlaceView(place=one.place, before=one.before, after=one.after, lines=lines)


def finding_view(one: Finding) -> FindingView:
    return FindingView(weight=one.weight, rule=one.rule, sentence=visible(one.sentence))


async def replay_view(tx: Transaction, policy: Policy, days: int) -> Replayed:
    """What the policy would have said to the last days' proposals. Writes nothing."""
    count, flipped = await replay_past(tx, policy, days)
    groups = {how: [one for one in flipped if one.how == how] for how in FLIPS}
    return Replayed(
        policy=policy.version,
        days=days,
        proposals=count,
        unchanged=count - len(flipped),
        flips=[_group(how, those) for how, those in groups.items() if those],
        items=[_flip(one) for one in reversed(flipped[-_MOST_FLIPS:])],
    )


def _group(how: str, those: Sequence[Flipped]) -> FlipGroup:
    total = Counter[str]()
    for one in those:
        for money in one.of.money:
            total[money.currency] += money.minor
    sums = (Money(minor, currency) for currency, minor in sorted(total.items()))
    customers = len({one.of.customer_id for one in those})
    return FlipGroup(how=how, count=len(those), money=_money(sums), customers=customers)


def _flip(one: Flipped) -> FlipItem:
    return FlipItem(
        id=one.of.id,
        at=one.of.at,
        title=visible(one.of.title),
        customer=visible(one.of.customer),
        customer_id=one.of.customer_id,
        money=_money(one.of.money),
        how=one.how,
        was=one.was,
        would=one.would,
        sentence=visible(one.sentence),
    )


def _money(them: Iterable[Money]) -> list[MoneyShape]:
    return [MoneyShape(minor=one.minor, currency=one.currency) for one in them]
