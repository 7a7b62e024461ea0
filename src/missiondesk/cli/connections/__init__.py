"""`missiondesk connections`: connected systems, from the first look at a server to the review that pins its tools."""

import typer

from missiondesk.cli.connections.adding import add, remove
from missiondesk.cli.connections.authorizing import authorize
from missiondesk.cli.connections.checking import check
from missiondesk.cli.connections.from_openapi import from_openapi
from missiondesk.cli.connections.looking import inspect, list_connections
from missiondesk.cli.connections.reviewing import review
from missiondesk.cli.connections.secrets import reseal, secret
from missiondesk.cli.connections.trying import try_read

app = typer.Typer(help="Connected systems.", no_args_is_help=True)
app.command("list")(list_connections)
app.command("add")(add)
app.command("from-openapi")(from_openapi)
app.command("inspect")(inspect)
app.command("check")(check)
app.command("review")(review)
app.command("test-call")(try_read)
app.command("secret")(secret)
app.command("reseal")(reseal)
app.command("authorize")(authorize)
app.command("remove")(remove)
