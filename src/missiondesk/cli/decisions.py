"""`missiondesk decisions`: the Decision Queue in a terminal."""

from typing import Annotated, Any

import typer
from rich.table import Column, Table
from rich.text import Text

from missiondesk.cli.assignments import changed_arguments
from missiondesk.cli.client import AsJson, console, delete, get, post
from missiondesk.kit.errors import NotFound

app = typer.Typer(help="The Decision Queue.", no_args_is_help=True)
Seen = Annotated[str, typer.Option(help="The digest that `show` printed; its first 12 characters are enough.")]
Undo = Annotated[int, typer.Option(help="Seconds, 0 to 30, in which it can be taken back; it counts after them.")]


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
        signed += "".join(f"; {it['by']} can take theirs back for {it['seconds']:.0f} s" for it in one["held"])
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
    if card["edited"]:
        console.print(f"  edited by {card['edited']['by']}, so somebody else must approve:")
        for change in card["edited"]["changes"]:
            console.print(f"    {change['label']}: {change['before']} → {change['after']}")
    if card["ruling"]:
        console.print(f"  ruling: {card['ruling']['sentence']}")
    if card["message"]:
        console.print(f"  the customer will read: {card['message']}")


@app.command()
def approve(proposal: str, seen: Seen, undo: Undo = 0) -> None:
    """Approve exactly what was seen."""
    _answer(proposal, "approve", seen, None, undo)


@app.command()
def reject(
    proposal: str,
    seen: Seen,
    reason: Annotated[str, typer.Option(help="Why; the worker goes on from it.")],
    undo: Undo = 0,
) -> None:
    """Reject, with a reason."""
    _answer(proposal, "reject", seen, reason, undo)


@app.command()
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
    for change in told["changes"] if dry_run else told["edited"]["changes"]:
        console.print(f"  {change['label']}: {change['before']} → {change['after']}")
    console.print(f"  ruling: {told['ruling']['sentence']}")
    if dry_run:
        console.print("nothing was changed")
    else:
        console.print(f"edited: {told['id']}  digest {told['digest'][:12]}  (somebody else must approve it)")


@app.command("take-back")
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
    after = post(f"/api/desk/proposals/{proposal}/decisions", body)
    console.print(f"{kind}: {after['state']}{_held(after)}")


def _whole(card: dict[str, Any], seen: str) -> str:
    return card["digest"] if len(seen) >= 12 and card["digest"].startswith(seen) else seen


def _held(card: dict[str, Any]) -> str:
    """Whose answers can still be taken back, and for how long."""
    held = [one["held"] for one in card["decisions"] if one["held"]]
    return "".join(f", held for {one['by']} for {one['seconds']:.0f} s" for one in held)
