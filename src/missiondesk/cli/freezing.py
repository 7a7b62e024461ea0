"""`missiondesk freeze` and `missiondesk unfreeze`: stop effects, and let them go on."""

from typing import Annotated

import typer

from missiondesk.cli.client import AsJson, console, delete, get, post
from missiondesk.kit.errors import NotFound

_WHAT = "all, connection:ID, tool:ID.TOOL or brief:NAME."


def freeze(
    what: Annotated[str, typer.Argument(help=_WHAT)] = "all",
    *,
    why: Annotated[str, typer.Option(help="What everybody reads.", prompt="Why")],
    as_json: AsJson = False,
) -> None:
    """Stop effects at once. Missions go on reading; what is approved waits until somebody lifts it."""
    told = post("/api/desk/freezes", {"scope": what, "why": why})
    if as_json:
        console.print_json(data=told)
        return
    console.print(f"{told['freeze']['says']} From now on nothing of it is sent.")
    for one in told["in_flight"]:
        console.print(f"Had been sent before, and may still be carried out: {one['title']} ({one['proposal_id']})")


def unfreeze(what: Annotated[str, typer.Argument(help=_WHAT)] = "all") -> None:
    """Let effects go on. Before each is sent, what it rests on is read again."""
    items = get("/api/desk/freezes")["items"]
    found = [one for one in items if one["scope"] == what]
    if not found:
        named = ", ".join(one["scope"] for one in items)
        raise NotFound(f"{what} is not frozen. Frozen: {named}." if named else "Nothing is frozen.")
    delete(f"/api/desk/freezes/{found[0]['id']}")
    console.print(f"{what} goes on.")
