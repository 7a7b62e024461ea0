"""Rules that past decisions suggest, with what each would have changed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from missiondesk.cli.client import AsJson, console, get
from missiondesk.cli.policy.proposing import ask_for
from missiondesk.kit.errors import NotFound, Refused
from missiondesk.kit.money import shown


def suggestions(
    number: Annotated[int, typer.Argument(min=1, help="Which one to write or to propose.")] = 1,
    *,
    days: Annotated[int, typer.Option(min=1, max=366, help="How far back.")] = 30,
    write: Annotated[
        Path | None, typer.Option(help="Write today's policy with this rule to a file, to look at and to propose.")
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Ask for it: in force once a second person approved it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What people approved again and again and never changed, as a rule. Nothing is changed by it."""
    page = get(f"/api/desk/suggestions?days={days}")
    found: list[dict[str, Any]] = page["items"]
    if write is not None or propose:
        if number > len(found):
            raise NotFound(f"There are {len(found)} suggestions, and none of number {number}.")
        if write is not None:
            _write(write, found[number - 1])
        if propose:
            ask_for(found[number - 1]["policy"], found[number - 1]["sentence"])
        return
    if as_json:
        console.print_json(data=page)
        return
    if not found:
        console.print(
            f"The last {days} days suggest no rule. It takes {page['at_least']} approvals, none of them changed."
        )
    for place, one in enumerate(found, 1):
        replay = one["replay"]
        money = ", ".join(shown(each) for each in replay["money"])
        console.print(f"{place}. {one['sentence']}")
        console.print(one["rule"])
        console.print(
            f"Of {replay['proposals']} proposals {replay['by_itself']} would have gone by themselves ({money}), "
            f"and {replay['otherwise']} would have come out otherwise in another way."
        )


def _write(file: Path, suggested: dict[str, Any]) -> None:
    if file.exists():
        raise Refused(f"{file} exists. Name a new file: nothing is overwritten.")
    file.write_text(suggested["policy"], encoding="utf-8")
    console.print(f"{file}: today's policy with the rule {suggested['name']}. Look at it:")
    console.print(f"  missiondesk policy check {file}")
    console.print(f"  missiondesk policy replay {file}")
    console.print(f"  missiondesk policy propose {file} --why '…'")
