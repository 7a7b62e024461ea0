"""Answers to a change: approve, reject; and withdrawing one's own. They go by the session of `missiondesk login`."""

from typing import Annotated, Any

import typer

from missiondesk.cli.client import console, get, post

Id = Annotated[str, typer.Argument(metavar="ID", help="As `missiondesk changes list` shows it.")]
Seen = Annotated[str, typer.Option(help="The digest that `show` printed; its first 12 characters are enough.")]


def approve(change: Id, seen: Seen, note: Annotated[str, typer.Option(help="For the record.")] = "") -> None:
    """Approve exactly what was seen. The second different person adopts it."""
    _answer(change, "approve", seen, note)


def reject(change: Id, seen: Seen, because: Annotated[str, typer.Option(help="Why, for who asked.")]) -> None:
    """Reject it: what is in force stays in force."""
    _answer(change, "reject", seen, because)


def withdraw(change: Id) -> None:
    """Take back what you asked for yourself."""
    post(f"/api/desk/changes/{change}/withdrawal", {})
    console.print("withdrawn")


def _answer(change: str, answer: str, seen: str, note: str) -> None:
    digest: str = get(f"/api/desk/changes/{change}")["digest"]
    whole = digest if len(seen) >= 12 and digest.startswith(seen) else seen
    after: dict[str, Any] = post(f"/api/desk/changes/{change}/answers", {"answer": answer, "seen": whole, "note": note})
    more = after["row"]["needed"]
    waits = f", {more} more {'person' if more == 1 else 'people'} needed" if after["row"]["state"] == "open" else ""
    console.print(f"{answer}: {after['row']['state']}{waits}")
