"""`missiondesk insights`: how people decide, and which rules their decisions suggest."""

import typer

from missiondesk.cli.insights.reviewers import reviewers
from missiondesk.cli.insights.suggestions import suggestions

app = typer.Typer(help="How people decide, and what that suggests.", no_args_is_help=True)
app.command("reviewers")(reviewers)
app.command("suggestions")(suggestions)
