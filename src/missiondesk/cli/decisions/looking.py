"""What waits, and one card of it."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import typer
from rich.table import Column, Table
from rich.text import Text

from missiondesk.cli.client import AsJson, console, get
from missiondesk.kit.errors import Invalid
from missiondesk.kit.spans import in_words

_SOON = timedelta(hours=1)


def list_queue(
    *,
    mine: Annotated[bool, typer.Option("--mine", help="Read by you, or given to you or your role.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Its service level is over.")] = False,
    aside: Annotated[bool, typer.Option("--aside", help="Put aside until later.")] = False,
    decided: Annotated[bool, typer.Option("--decided", help="What people answered lately.")] = False,
    words: Annotated[str | None, typer.Option(help="In the title, the subject or the customer's name.")] = None,
    brief: Annotated[str | None, typer.Option(help="Of this brief alone.")] = None,
    risk: Annotated[Literal["low", "medium", "high"] | None, typer.Option(help="Of this risk alone.")] = None,
    all_pages: Annotated[bool, typer.Option("--all", help="All of it, not only the first 50.")] = False,
    as_json: AsJson = False,
) -> None:
    """What waits for a person, most urgent first; or a part of that."""
    views = [
        name for name, on in zip(("mine", "late", "aside", "decided"), (mine, late, aside, decided), strict=True) if on
    ]
    if len(views) > 1:
        raise Invalid(f"--{views[0]} or --{views[1]}, not both.")
    asked = {"view": views[0] if views else "open", "words": words, "brief": brief, "risk": risk}
    page = waiting(asked, every=all_pages)
    if as_json:
        console.print_json(data=page)
        return
    table = Table(
        Column("id", no_wrap=True, min_width=25), "kind", "what", "risk", "customer", "signed", "since", "time", "whose"
    )
    for one in page["items"]:
        time = one["decided"] or until_due(one)
        row = (one["id"], one["kind"], one["title"], one["risk"], one["customer"], _signed(one), one["since"], time)
        table.add_row(*row, whose(one["attention"]))
    console.print(table)
    if page["next"]:
        console.print("These are the first; --all shows all.")
    if page["changes"]:
        some = "1 change of the configuration waits" if page["changes"] == 1 else f"{page['changes']} changes wait"
        console.print(f"{some} too: missiondesk changes list")


def waiting(asked: dict[str, str | None], *, every: bool) -> dict[str, Any]:
    """The first page of what is asked for, or all pages as one."""
    given = {name: value for name, value in asked.items() if value is not None}
    page = get(f"/api/desk/proposals?{urlencode(given | ({'limit': '200'} if every else {}))}")
    while every and page["next"]:
        more = get(f"/api/desk/proposals?{urlencode(given | {'limit': '200', 'after': page['next']})}")
        page = {**more, "items": [*page["items"], *more["items"]]}
    return page


def show(proposal: str, *, as_json: AsJson = False) -> None:
    """The whole card: what will be sent, why, on what evidence, and who must approve."""
    card = get(f"/api/desk/proposals/{proposal}")
    if as_json:
        console.print_json(data=card)
        return
    revealed(card)
    console.print(Text.assemble((card["title"], "bold"), f"  {card['risk']} risk  digest {card['digest'][:12]}"))
    if standing := ", ".join(filter(None, (until_due(card), whose(card["attention"])))):
        console.print(f"  {standing}")
    if card["attention"] and card["attention"]["note"]:
        console.print(f"  note by {card['attention']['given_by']}: {card['attention']['note']}")
    for action in card["actions"]:
        for argument in action["arguments"]:
            console.print(f"  {argument['name']} = {argument['shown']}  ← {argument['origin']['label']}")
    for reason in card["reasons"]:
        console.print(f"  why: {reason}")
    for one in card["against"]:
        console.print(f"  against, {one['weight']}: {one['sentence']}{_shown_by(one)}")
    for one in card["opinion"]["objections"] if card["opinion"] else ():
        rests_on = f"#{one['observation']}" if one["observation"] else one["argument"]
        console.print(f"  the model {card['opinion']['model']} thinks: {one['says']} ({rests_on})")
    for one in card["evidence"]:
        console.print(f"  evidence #{one['observation']} {one['label']}: {one['quote'][:200]}")
    if card["edited"]:
        console.print(f"  edited by {card['edited']['by']}, so somebody else must approve:")
        for change in card["edited"]["changes"]:
            console.print(f"    {change['label']}: {change['before']} → {change['after']}")
    if card["ruling"]:
        console.print(f"  ruling: {card['ruling']['sentence']} ({card['ruling']['policy']})")
        for one in card["ruling"]["excluded"]:
            console.print(f"  may not approve: {one['name']} {one['why']}")
    for one in card["decisions"]:
        by = f", by {one['policy']}" if one["policy"] else ""
        console.print(f"  {one['by']} ({one['role']}): {one['kind']}, {one['standing']}{by}")
    if card["message"]:
        console.print(f"  the customer will read: {card['message']}")


def revealed(card: dict[str, Any]) -> bool:
    """Whether it was a test proposal and is answered; then it says so."""
    if not card.get("test"):
        return False
    console.print(card["test"]["sentence"])
    return True


def until_due(one: dict[str, Any]) -> str:
    """`late by 12 minutes`; `20 minutes left` in the last hour, or when half of its time is over; else nothing."""
    if one["due_at"] is None:
        return ""
    due_at, since = datetime.fromisoformat(one["due_at"]), datetime.fromisoformat(one["since"])
    left = due_at - datetime.now(UTC)
    if left <= timedelta(0):
        return f"late by {in_words(-left)}"
    return f"{in_words(left)} left" if left < _SOON or left * 2 <= due_at - since else ""


def whose(attention: dict[str, Any] | None) -> str:
    """Who reads it, whose it is, and until when it is aside."""
    if attention is None:
        return ""
    told = {"{} reads this": "claimed_by", "for {}": "given_to", "aside until {}": "aside_until"}
    return ", ".join(says.format(attention[name]) for says, name in told.items() if attention[name])


def _signed(one: dict[str, Any]) -> str:
    held = "".join(f"; {it['by']} can take theirs back for {it['seconds']:.0f} s" for it in one["held"])
    return f"{one['signed']} of {one['needed']}{held}"


def _shown_by(one: dict[str, Any]) -> str:
    """Where to look at what speaks against it."""
    return f" ({one['proposal']})" if one["proposal"] else f" (#{one['observation']})" if one["observation"] else ""
