"""`missiondesk policy`: look at a policy before it counts: what is wrong, where it turns, what it would change."""

import typer

from missiondesk.cli.policy.checking import check
from missiondesk.cli.policy.replaying import replay
from missiondesk.cli.policy.tabling import table

app = typer.Typer(help="Who must approve what: look before it counts.", no_args_is_help=True)
app.command("check")(check)
app.command("table")(table)
app.command("replay")(replay)
