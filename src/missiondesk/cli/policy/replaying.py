"""The replay of a draft on what was proposed: what would have come out otherwise, how much money, and for whom."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from missiondesk.app import database_at
from missiondesk.cli.client import AsJson, console
from missiondesk.decisions import FLIPS, Flipped, Policy, policy_in
from missiondesk.kit.money import Money
from missiondesk.kit.settings import Settings
from missiondesk.kit.text import visible
from missiondesk.missions import replay_past

_MOST = 20  # lines of proposals in a terminal
_SAID = {
    "by itself": "would go by themselves",
    "fewer people": "would need fewer people, or of a lower role",
    "other people": "would need other people",
    "more people": "would need more people, of a higher role, or longer",
    "people again": "went by themselves and would need people",
    "denied": "would be denied",
}


def replay(
    draft: Annotated[Path, typer.Argument(help="The policy that is to be tried.")],
    *,
    days: Annotated[int, typer.Option(min=1, max=3660, help="How far back.")] = 30,
    as_json: AsJson = False,
) -> None:
    """What a draft would have said to every proposal of the last days. Nothing is written."""
    policy = policy_in(draft)
    with console.status("Reading what was proposed …"):
        count, flipped = asyncio.run(_replayed(policy, days))
    if as_json:
        console.print_json(data=_told(policy, days, count, flipped))
        return
    console.print(f"{count} proposals in {days} days; {policy.version} would change {len(flipped)}.")
    if not flipped:
        return
    table = Table("how many", "what", "money", "customers")
    for how in FLIPS:
        if those := [one for one in flipped if one.how == how]:
            table.add_row(str(len(those)), _SAID[how], _shown(_money(those)), _names(those))
    console.print(table)
    items = Table("proposal", "customer", "what", "was", "would be")
    for one in flipped[-_MOST:]:
        items.add_row(one.of.id, visible(one.of.customer), visible(one.of.title), one.was, one.would)
    console.print(items)
    if len(flipped) > _MOST:
        console.print(f"The newest {_MOST} of {len(flipped)}; --json has all.")


async def _replayed(policy: Policy, days: int) -> tuple[int, list[Flipped]]:
    async with database_at(Settings.read(), must_exist=True) as database, database.transaction() as tx:
        return await replay_past(tx, policy, days)


def _told(policy: Policy, days: int, count: int, flipped: Sequence[Flipped]) -> dict[str, Any]:
    groups = {how: [one for one in flipped if one.how == how] for how in FLIPS}
    return {
        "policy": policy.version,
        "days": days,
        "proposals": count,
        "unchanged": count - len(flipped),
        "flips": {
            how: {
                "count": len(those),
                "money": _money(those),
                "customers": len({one.of.customer_id for one in those}),
            }
            for how, those in groups.items()
            if those
        },
        "items": [
            {
                "id": one.of.id,
                "at": one.of.at.isoformat(),
                "title": one.of.title,
                "customer": one.of.customer,
                "customer_id": one.of.customer_id,
                "money": [money.json() for money in one.of.money],
                "flip": one.how,
                "was": one.was,
                "would": one.would,
                "sentence": one.sentence,
            }
            for one in flipped
        ],
    }


def _money(those: Sequence[Flipped]) -> dict[str, int]:
    """Minor units by currency."""
    total = Counter[str]()
    for one in those:
        for money in one.of.money:
            total[money.currency] += money.minor
    return dict(sorted(total.items()))


def _shown(money: dict[str, int]) -> str:
    return ", ".join(str(Money(minor, currency)) for currency, minor in money.items()) or "none"


def _names(those: Sequence[Flipped]) -> str:
    names = list({one.of.customer_id: visible(one.of.customer) for one in those}.values())
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
