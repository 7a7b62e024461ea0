"""The check of a policy: contradictions, dead rules, holes, and approvals that nobody could give."""

import typer
from rich.text import Text

from missiondesk.changes import policy_findings
from missiondesk.cli.client import AsJson, console
from missiondesk.cli.connections.here import Here, with_connections
from missiondesk.cli.policy.files import AFile, policy_of
from missiondesk.decisions import Finding
from missiondesk.kit.text import visible


def check(file: AFile = None, *, as_json: AsJson = False) -> None:
    """What is wrong with a policy, by the reviewed tools and the people there are. Exit status 1 if anything is."""
    policy = policy_of(file)

    async def go(here: Here) -> list[Finding]:
        async with here.database.transaction() as tx:
            return list(await policy_findings(tx, policy))

    found = with_connections(go)
    wrong = [one for one in found if one.weight == "wrong"]
    if as_json:
        told = [{"weight": one.weight, "rule": one.rule, "sentence": one.sentence} for one in found]
        console.print_json(data={"policy": policy.version, "findings": told})
    else:
        for one in found:
            _tell(one)
        if not wrong:
            console.print(Text.assemble((f"{policy.version}: ", "green"), f"{len(policy.rule)} rules, nothing wrong."))
    if wrong:
        raise typer.Exit(1)


def _tell(one: Finding) -> None:
    label, colour = ("Wrong", "red") if one.weight == "wrong" else ("Note", "yellow")
    where = f"rule {one.rule}: " if one.rule else ""
    console.print(Text.assemble((f"{label}: ", colour), visible(f"{where}{one.sentence}")), soft_wrap=True)
