"""Answers: approve, reject, send back, edit; and taking one's own answer back."""

from typing import Annotated, Any

import typer

from missiondesk.cli.assignments import changed_arguments
from missiondesk.cli.client import console, delete, get, post, post_with_password
from missiondesk.cli.decisions.looking import revealed
from missiondesk.kit.errors import NotFound

Seen = Annotated[str, typer.Option(help="The digest that `show` printed; its first 12 characters are enough.")]
Undo = Annotated[int, typer.Option(help="Seconds, 0 to 30, in which it can be taken back; it counts after them.")]


def approve(proposal: str, seen: Seen, undo: Undo = 0) -> None:
    """Approve exactly what was seen."""
    _answer(proposal, "approve", seen, None, undo)


def reject(
    proposal: str,
    seen: Seen,
    reason: Annotated[str, typer.Option(help="Why; the worker goes on from it.")],
    undo: Undo = 0,
) -> None:
    """Reject, with a reason."""
    _answer(proposal, "reject", seen, reason, undo)


def respond(
    proposal: str,
    seen: Seen,
    instead: Annotated[str, typer.Option(help="What the worker should do instead; it looks again.")],
    undo: Undo = 0,
) -> None:
    """Send it back to the worker, with what to do instead."""
    _answer(proposal, "respond", seen, instead, undo)


def edit(
    proposal: str,
    seen: Seen,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", help="NAME=VALUE, such as amount.minor=3990; of the second action: 2:amount.minor=3990."),
    ] = None,
    message: Annotated[str | None, typer.Option(help="What the customer is told instead.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for whoever approves it.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option(help="Only say what it would come to.")] = False,
) -> None:
    """Change what is proposed: a new proposal takes its place, and somebody else must approve it."""
    form = get(f"/api/desk/proposals/{proposal}/edit")
    actions = changed_arguments(form["actions"], values or [])
    body = {"digest": _whole(form, seen), "actions": actions, "message": message, "reason": reason}
    told = post(f"/api/desk/proposals/{proposal}/edit{'/preview' if dry_run else ''}", body)
    if revealed(told):
        return
    for change in told["changes"] if dry_run else told["edited"]["changes"]:
        console.print(f"  {change['label']}: {change['before']} → {change['after']}")
    console.print(f"  ruling: {told['ruling']['sentence']}")
    if dry_run:
        console.print("nothing was changed")
    else:
        console.print(f"edited: {told['id']}  digest {told['digest'][:12]}  (somebody else must approve it)")


def take_back(proposal: str) -> None:
    """Take your own answer back, as long as its --undo seconds are not over."""
    card = get(f"/api/desk/proposals/{proposal}")
    mine = [one["id"] for one in card["decisions"] if "take_back" in one["can"]]
    if not mine:
        raise NotFound("There is no answer of yours that could be taken back.")
    delete(f"/api/desk/decisions/{mine[0]}")
    console.print("taken back")


def _answer(proposal: str, kind: str, seen: str, reason: str | None, undo: int) -> None:
    card: dict[str, Any] = get(f"/api/desk/proposals/{proposal}")
    body = {"kind": kind, "digest": _whole(card, seen), "reason": reason, "undo": undo}
    after = post_with_password(f"/api/desk/proposals/{proposal}/decisions", body)
    if not revealed(after):
        console.print(f"{kind}: {after['state']}{_held(after)}")


def _whole(card: dict[str, Any], seen: str) -> str:
    return card["digest"] if len(seen) >= 12 and card["digest"].startswith(seen) else seen


def _held(card: dict[str, Any]) -> str:
    """Whose answers can still be taken back, and for how long."""
    held = [one["held"] for one in card["decisions"] if one["held"]]
    return "".join(f", held for {one['by']} for {one['seconds']:.0f} s" for one in held)
