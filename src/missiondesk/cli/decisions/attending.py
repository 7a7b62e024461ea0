"""Who looks at what waits, and what a person does with it beside answering."""

from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from missiondesk.cli.client import console, delete, get, post
from missiondesk.cli.decisions.looking import revealed
from missiondesk.kit.errors import Invalid, NotFound
from missiondesk.kit.spans import seconds

Item = Annotated[str, typer.Argument(help="The id that `list` shows.")]


def claim(
    item: Item,
    *,
    although: Annotated[
        bool, typer.Option("--although", help="Somebody else reads it, and you know they left.")
    ] = False,
) -> None:
    """Read it now, for five minutes; again, to go on."""
    told = post(f"/api/desk/queue/{item}/claim", {"although": although})
    console.print(f"{told['claimed_by']} reads this until {_shown(told['claimed_until'])}.")


def release(item: Item) -> None:
    """Read it no longer."""
    delete(f"/api/desk/queue/{item}/claim")
    console.print("Left to others.")


def give(
    item: Item,
    to: Annotated[str, typer.Option(help="A colleague's e-mail or name, supervisors, or everybody.")],
    note: Annotated[str | None, typer.Option(help="For them, at most 500 characters.")] = None,
) -> None:
    """Give it to a colleague, to the supervisors, or to everybody again."""
    told = post(f"/api/desk/queue/{item}/give", {"to": _recipient(to), "note": note})
    console.print(f"Given to {told['given_to'] or 'everybody'}.")


def aside(
    item: Item,
    until: Annotated[str | None, typer.Option(help="A day and time here, such as '2026-11-24 09:00'.")] = None,
    length: Annotated[str | None, typer.Option("--for", help="Such as 30m, 2h or 1d.")] = None,
    *,
    not_any_more: Annotated[bool, typer.Option("--over", help="Show it again now.")] = False,
) -> None:
    """Put it aside until later. It comes back by itself, and sooner when its service level is over."""
    if (until is not None) + (length is not None) + not_any_more != 1:
        raise Invalid("Say until when: --until '2026-11-24 09:00' or --for 2h; or --over to show it again.")
    told = post(f"/api/desk/queue/{item}/aside", {"until": _time(until, length)})
    console.print(f"Put aside until {_shown(told['aside_until'])}." if told and told["aside_until"] else "Shown again.")


def ask(proposal: str, question: Annotated[str, typer.Argument(help="The customer reads it in your name.")]) -> None:
    """Ask the customer first: the proposal is taken back, and the worker goes on from the answer."""
    if not revealed(post(f"/api/desk/proposals/{proposal}/ask", {"question": question})):
        console.print("Asked. The proposal is taken back.")


def take_over(proposal: str, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Answer the customer yourself from now on: the proposal is taken back, and the worker stops."""
    if not yes:
        typer.confirm("The customer will read that they are talking with you. Take the case over?", abort=True)
    card = post(f"/api/desk/proposals/{proposal}/take-over", {})
    if not revealed(card):
        console.print(f"Yours now. Answer with: missiondesk cases reply {card['case_id']} '…'")


def _recipient(to: str) -> str | None:
    if to in ("supervisor", "supervisors", "everybody"):
        return None if to == "everybody" else "supervisor"
    there: list[dict[str, Any]] = get("/api/desk/colleagues")["items"]
    found = [one for one in there if to.lower() in (one["id"], one["email"].lower(), one["name"].lower())]
    if len(found) != 1:
        names = ", ".join(one["email"] for one in there)
        raise NotFound(f"{'Nobody' if not found else 'More than one person'} is called {to!r}. Who decides: {names}.")
    return found[0]["id"]


def _time(until: str | None, length: str | None) -> str | None:
    try:
        if length is not None:
            return (datetime.now().astimezone() + timedelta(seconds=seconds(length))).isoformat()
        return datetime.fromisoformat(until).astimezone().isoformat() if until is not None else None
    except ValueError as error:
        raise Invalid(f"--{'for' if length is not None else 'until'}: {error}") from error


def _shown(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%d %b %H:%M}"
