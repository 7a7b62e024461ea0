"""The changes that wait or were closed, and one with its difference, its findings and what it would flip."""

from typing import Annotated, Any
from urllib.parse import urlencode

import typer
from rich.table import Column, Table

from missiondesk.cli.client import AsJson, console, get
from missiondesk.kit.money import Money


def list_changes(
    *,
    closed: Annotated[
        bool, typer.Option("--closed", help="What was adopted, rejected, withdrawn or replaced.")
    ] = False,
    one_hand: Annotated[bool, typer.Option("--one-hand", help="What was adopted without a second person.")] = False,
    as_json: AsJson = False,
) -> None:
    """What waits for a second person."""
    asked = {"state": "closed" if closed else "open", "one_hand": str(one_hand).lower()}
    page = get(f"/api/desk/changes?{urlencode(asked)}")
    if as_json:
        console.print_json(data=page)
        return
    table = Table(Column("id", no_wrap=True, min_width=23), "what", "asked by", "why", "state")
    for one in page["items"]:
        table.add_row(one["id"], one["title"], one["asked_by"], one["why"][:120], standing(one))
    console.print(table)
    if page["setup"]:
        console.print(f"In setup, by one hand: {', '.join(page['setup'])} (fewer than two people have this right).")


def show(
    change: str,
    *,
    days: Annotated[int, typer.Option(min=1, max=3660, help="How far back a policy is tried.")] = 30,
    as_json: AsJson = False,
) -> None:
    """One change: the difference, who stands behind it; of a policy its findings and what it would have flipped."""
    view = get(f"/api/desk/changes/{change}")
    replay = get(f"/api/desk/changes/{change}/replay?days={days}") if view["row"]["kind"] == "policy" else None
    if as_json:
        console.print_json(data={**view, "replay": replay})
        return
    row = view["row"]
    console.print(f"{row['title']}  digest {view['digest'][:12]}")
    console.print(f"  {standing(row)}; asked by {row['asked_by']}: {row['why']}")
    if row["state"] == "open" and view["base"] != view["stands"]:
        console.print(f"  It starts from {view['base']}, and {view['stands']} stands: it cannot be adopted any more.")
    for one in view["answers"]:
        note = f": {one['note']}" if one["note"] else ""
        console.print(
            f"  {one['by']} ({one['role']}) {one['answer']}{'' if one['counts'] else ', does not count'}{note}"
        )
    for place in view["difference"]:
        tell_place(place)
    for finding in view["findings"]:
        rule = f"rule {finding['rule']}: " if finding["rule"] else ""
        console.print(f"  {finding['weight']}: {rule}{finding['sentence']}", soft_wrap=True)
    if replay is not None:
        tell_replay(replay)
    if view["cannot"]:
        console.print(f"  {view['cannot']}")


def standing(row: dict[str, Any]) -> str:
    """`open, 1 more person needed`, `adopted by Sara and Samir`."""
    if row["state"] == "open":
        return f"open, {row['needed']} more {'person' if row['needed'] == 1 else 'people'} needed"
    hand = ", by one hand" if row["one_hand"] else ""
    return f"{row['state']} by {row['closed_by']}{hand}{': ' + row['closed_why'] if row['closed_why'] else ''}"


def tell_place(place: dict[str, Any]) -> None:
    if place["lines"]:
        console.print(f"  {place['place']}:")
        for line in place["lines"]:
            console.print(f"    {line}", soft_wrap=True)
        return
    before, after = (place[side] if place[side] is not None else "—" for side in ("before", "after"))
    console.print(f"  {place['place']}: {before} → {after}", soft_wrap=True)


def tell_replay(replay: dict[str, Any]) -> None:
    """How many proposals of the past would come out otherwise, and for how much money."""
    changed = replay["proposals"] - replay["unchanged"]
    console.print(f"  {replay['proposals']} proposals in {replay['days']} days; it would change {changed}.")
    for one in replay["flips"]:
        money = ", ".join(str(Money(it["minor"], it["currency"])) for it in one["money"]) or "no money"
        console.print(f"    {one['how']}: {one['count']}, {money}, {one['customers']} customers")
