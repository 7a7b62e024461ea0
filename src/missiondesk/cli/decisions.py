"""`missiondesk decisions`: the Decision Queue in a terminal."""

from typing import Annotated, Any

import typer
from rich.table import Column, Table
from rich.text import Text

from missiondesk.cli.client import AsJson, console, get, post

app = typer.Typer(help="The Decision Queue.", no_args_is_help=True)
Seen = Annotated[str, typer.Option(help="The digest that `show` printed; its first 12 characters are enough.")]


@app.command("list")
def list_waiting(*, decided: bool = False, as_json: AsJson = False) -> None:
    """What waits for a person; with --decided, what people answered lately."""
    page = get(f"/api/desk/proposals?view={'decided' if decided else 'open'}")
    if as_json:
        console.print_json(data=page)
        return
    table = Table(Column("id", no_wrap=True, min_width=25), "kind", "what", "risk", "customer", "signed", "since")
    for one in page["items"]:
        signed = f"{one['signed']} of {one['needed']}"
        table.add_row(one["id"], one["kind"], one["title"], one["risk"], one["customer"], signed, one["since"])
    console.print(table)


@app.command()
def show(proposal: str, *, as_json: AsJson = False) -> None:
    """The whole card: what will be sent, why, on what evidence, and who must approve."""
    card = get(f"/api/desk/proposals/{proposal}")
    if as_json:
        console.print_json(data=card)
        return
    console.print(Text.assemble((card["title"], "bold"), f"  {card['risk']} risk  digest {card['digest'][:12]}"))
    for action in card["actions"]:
        for argument in action["arguments"]:
            console.print(f"  {argument['name']} = {argument['shown']}  ← {argument['origin']['label']}")
    for reason in card["reasons"]:
        console.print(f"  why: {reason}")
    for one in card["evidence"]:
        console.print(f"  evidence #{one['observation']} {one['label']}: {one['quote'][:200]}")
    if card["ruling"]:
        console.print(f"  ruling: {card['ruling']['sentence']}")
    if card["message"]:
        console.print(f"  the customer will read: {card['message']}")


@app.command()
def approve(proposal: str, seen: Seen) -> None:
    """Approve exactly what was seen."""
    _answer(proposal, "approve", seen, None)


@app.command()
def reject(
    proposal: str, seen: Seen, reason: Annotated[str, typer.Option(help="Why; the worker goes on from it.")]
) -> None:
    """Reject, with a reason."""
    _answer(proposal, "reject", seen, reason)


def _answer(proposal: str, kind: str, seen: str, reason: str | None) -> None:
    card: dict[str, Any] = get(f"/api/desk/proposals/{proposal}")
    whole = card["digest"] if len(seen) >= 12 and card["digest"].startswith(seen) else seen
    after = post(f"/api/desk/proposals/{proposal}/decisions", {"kind": kind, "digest": whole, "reason": reason})
    console.print(f"{kind}: {after['state']}")
