"""`missiondesk policy`: look at a policy before it counts, ask for it, and see which was in force when."""

import typer

from missiondesk.cli.policy.checking import check
from missiondesk.cli.policy.proposing import history, propose
from missiondesk.cli.policy.replaying import replay
from missiondesk.cli.policy.tabling import table

app = typer.Typer(help="Who must approve what: look before it counts.", no_args_is_help=True)
app.command("check")(check)
app.command("table")(table)
app.command("replay")(replay)
app.command("propose")(propose)
app.command("history")(history)
