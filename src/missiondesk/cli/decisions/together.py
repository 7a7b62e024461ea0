"""Many like proposals approved at once."""

from typing import Annotated, Any

import typer

from missiondesk.cli.client import console, get, post, post_with_password
from missiondesk.cli.decisions.answering import Undo
from missiondesk.kit.errors import Refused
from missiondesk.kit.money import Money


class DoesNotFit(Refused):
    """Not all of them can be approved together, so nothing was decided."""


def batch(
    proposals: Annotated[list[str], typer.Argument(help="The ids of like proposals.")],
    count: Annotated[int | None, typer.Option(help="How many there are; asked for if it is not said.")] = None,
    reason: Annotated[str | None, typer.Option(help="For the record.")] = None,
    undo: Undo = 0,
) -> None:
    """Approve like proposals together: all of them, or none. Shows first what that comes to."""
    cards: list[dict[str, Any]] = [get(f"/api/desk/proposals/{one}") for one in proposals]
    body: dict[str, Any] = {"items": [{"id": one["id"], "digest": one["digest"]} for one in cards]}
    found = post("/api/desk/batches/preview", body)
    for card in cards:
        console.print(f"  {card['id']}  {card['title']}  {card['customer']}")
    sums = [str(Money(one["minor"], one["currency"])) for one in found["sums"]]
    console.print(f"{found['items']} proposals, {' + '.join(sums) or 'no money'} in all.")
    if unfit := [*found["problems"], *found["outliers"]]:
        for one in unfit:
            console.print(f"  does not fit: {one['id']}  {one['title']}: {one['why']}")
        raise DoesNotFit(f"{DoesNotFit.__doc__} Leave out: {' '.join(one['id'] for one in unfit)}")
    typed: int = typer.prompt("How many do you approve?", type=int) if count is None else count
    done = post_with_password("/api/desk/batches", {**body, "count": typed, "reason": reason, "undo": undo})
    console.print(f"{len(done['approved'])} approved. Each runs for itself: `missiondesk decisions show ID` tells how.")
