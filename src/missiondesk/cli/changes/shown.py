"""Changes in a terminal: one as it stands, and that it waits."""

from missiondesk.changes import Change
from missiondesk.cli.client import console


def tell_if_it_waits(made: Change) -> None:
    """What to do next with a change that is not in force yet."""
    if made.state == "open":
        console.print(f"Not in force yet: two people must approve {made.id}. Next: missiondesk changes show {made.id}")
