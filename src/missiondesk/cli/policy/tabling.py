"""The boundary table of a policy in a terminal."""

from rich.text import Text

from missiondesk.cli.client import AsJson, console
from missiondesk.cli.connections.shown import table_of
from missiondesk.cli.policy.files import AFile, policy_of
from missiondesk.decisions import table as rows_of
from missiondesk.kit.text import visible


def table(file: AFile = None, *, as_json: AsJson = False) -> None:
    """For each threshold: what the policy says just below, at and just above it, all else being ordinary."""
    policy = policy_of(file)
    rows = rows_of(policy)
    if as_json:
        told = [
            {
                "action": one.action,
                "rule": one.rule,
                "when": one.when,
                "outcomes": [{"value": value, "outcome": outcome} for value, outcome in one.outcomes],
                "looser": one.looser,
            }
            for one in rows
        ]
        console.print_json(data={"policy": policy.version, "thresholds": told})
        return
    if not rows:
        console.print("No rule has a threshold.")
    for action in dict.fromkeys(one.action for one in rows):
        console.print(Text(visible(action), "bold"))
        shown = table_of("rule", "when", "value", "then")
        for one in (row for row in rows if row.action == action):
            shown.add_section()
            for at, (value, outcome) in enumerate(one.outcomes):
                shown.add_row(*(("", "") if at else (one.rule, visible(one.when))), visible(value), outcome)
        console.print(shown)
    for one in rows:
        if one.looser:
            told = f"{one.action}, rule {one.rule}: more money asks for less here. Is that meant?"
            console.print(Text(visible(told), "yellow"), soft_wrap=True)
