"""`missiondesk decisions`: the Decision Queue in a terminal."""

import typer

from missiondesk.cli.decisions.answering import approve, edit, reject, respond, take_back
from missiondesk.cli.decisions.attending import aside, ask, claim, give, release, take_over
from missiondesk.cli.decisions.looking import list_queue, show
from missiondesk.cli.decisions.together import batch
from missiondesk.cli.decisions.watching import watch

app = typer.Typer(help="The Decision Queue.", no_args_is_help=True)
app.command("list")(list_queue)
app.command("show")(show)
app.command("watch")(watch)
app.command("approve")(approve)
app.command("reject")(reject)
app.command("respond")(respond)
app.command("edit")(edit)
app.command("batch")(batch)
app.command("take-back")(take_back)
app.command("ask")(ask)
app.command("take-over")(take_over)
app.command("claim")(claim)
app.command("release")(release)
app.command("give")(give)
app.command("aside")(aside)
