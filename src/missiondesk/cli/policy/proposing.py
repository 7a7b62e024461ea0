"""Another policy, asked for; and what was in force when. They go by the session of `missiondesk login`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from missiondesk.cli.changes.looking import standing, tell_place
from missiondesk.cli.client import AsJson, console, get, post
from missiondesk.decisions import policy_in
from missiondesk.kit.files import read_text


def propose(
    file: Annotated[Path, typer.Argument(help="The policy that is to be in force.")],
    why: Annotated[str, typer.Option(help="For whoever is second.")],
) -> None:
    """Ask for another policy: it is in force once a second person approved it."""
    policy_in(file)
    ask_for(read_text(file), why)


def ask_for(text: str, why: str) -> None:
    """Ask for this policy in place of the one in force, and print the difference and how the change stands."""
    base = get("/api/studio/policy")["base"]
    view = post("/api/studio/policy/changes", {"text": text, "why": why, "base": base})
    for place in view["difference"]:
        tell_place(place)
    console.print(f"{view['row']['id']}: {standing(view['row'])}")


def history(*, as_json: AsJson = False) -> None:
    """Which policy was in force since when, by whom, and why; and what waits."""
    told = get("/api/studio/policy")
    if as_json:
        console.print_json(data=told)
        return
    console.print(f"In force: {told['version']}")
    table = Table("version", "since", "by", "why", "change")
    for one in told["history"]:
        by = f"{one['by']}{', by one hand' if one['one_hand'] else ''}"
        table.add_row(one["version"], one["since"], by, one["why"], one["change_id"])
    console.print(table)
    for one in told["waiting"]:
        console.print(f"{one['id']}: {standing(one)}: {one['title']}")
