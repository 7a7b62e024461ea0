"""`missiondesk changes`: changes of policy, connections and accounts, which need two people."""

import typer

from missiondesk.cli.changes.answering import approve, reject, withdraw
from missiondesk.cli.changes.looking import list_changes, show

app = typer.Typer(help="Changes of policy, connections and accounts, by two people.", no_args_is_help=True)
app.command("list")(list_changes)
app.command("show")(show)
app.command("approve")(approve)
app.command("reject")(reject)
app.command("withdraw")(withdraw)
