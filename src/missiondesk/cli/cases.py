"""`missiondesk cases`: what customers brought, and how it stands."""

from typing import Annotated

import typer
from rich.table import Column, Table
from rich.text import Text

from missiondesk.cli.client import AsJson, console, get, post

app = typer.Typer(help="Cases: the customers' matters.", no_args_is_help=True)


@app.command("list")
def list_cases(*, as_json: AsJson = False) -> None:
    """The newest cases."""
    page = get("/api/desk/cases")
    if as_json:
        console.print_json(data=page)
        return
    table = Table(Column("case", no_wrap=True, min_width=21), "customer", "subject", "state", "outcome")
    for one in page["items"]:
        table.add_row(one["id"], one["customer"], one["subject"], one["state"], one["outcome"] or "")
    console.print(table)


@app.command()
def show(case: str, *, as_json: AsJson = False) -> None:
    """One case: what was said, its missions and verdicts."""
    found = get(f"/api/desk/cases/{case}")
    if as_json:
        console.print_json(data=found)
        return
    console.print(Text.assemble((found["subject"], "bold"), f" · {found['customer']}"))
    for message in found["messages"]:
        console.print(f"  {message['name']}: {message['text']}")
    for mission in found["missions"]:
        console.print(f"  mission {mission['id']}: {mission['verdict'] or mission['waits_for'] or mission['state']}")


@app.command()
def write(text: Annotated[str, typer.Argument(help="What the customer writes.")], *, as_json: AsJson = False) -> None:
    """Open a case, signed in as a customer (missiondesk login --portal …)."""
    found = post("/api/customer/cases", {"text": text})
    console.print_json(data=found) if as_json else console.print(found["id"])


@app.command()
def reply(case: str, text: str, *, close: bool = False) -> None:
    """Answer a customer in a case that a person took over."""
    post(f"/api/desk/cases/{case}/{'close' if close else 'messages'}", {"text": text})
    console.print("Closed." if close else "Sent.")
