"""`missiondesk people`: staff accounts."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from missiondesk.app import database_at
from missiondesk.cli.client import console
from missiondesk.cli.importing import import_customers
from missiondesk.ids import ConnectionId, PortalId
from missiondesk.kit.errors import Invalid
from missiondesk.kit.settings import Settings
from missiondesk.people import Staff, add_customer, link_record, staff_list
from missiondesk.people import add_staff as add_staff_member

app = typer.Typer(help="Staff and customers.", no_args_is_help=True)
app.command("import-customers")(import_customers)
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="MISSIONDESK_PASSWORD")
]


@app.command()
def add(name: str, email: str, role: str, password: Password) -> None:
    """Add a staff account: agent, supervisor, admin or auditor."""

    async def go() -> Staff:
        async with database_at(Settings.read()) as database, database.transaction() as tx:
            return await add_staff_member(tx, name=name, email=email, role=role, password=password)

    made = asyncio.run(go())
    console.print(f"{made.name} can sign in as {made.role}.")


@app.command("add-customer")
def add_customer_account(
    portal: str,
    name: str,
    email: str,
    password: Password,
    record: Annotated[list[str] | None, typer.Option(help="connection=id, the customer's id in a system")] = None,
) -> None:
    """Add a customer of a portal, with their ids in the connected systems."""
    pairs = [one.partition("=") for one in record or []]
    if any(not connection or not value for connection, _, value in pairs):
        raise Invalid("--record needs connection=id, such as billing=acct_5001.")

    async def go() -> None:
        async with database_at(Settings.read()) as database, database.transaction() as tx:
            made = await add_customer(tx, PortalId(portal), name=name, email=email, password=password)
            for connection, _, value in pairs:
                await link_record(tx, made.id, ConnectionId(connection), value, how="said by an operator")

    asyncio.run(go())
    console.print(f"{name} can sign in at the portal {portal}.")


@app.command("list")
def list_staff() -> None:
    """All staff."""

    async def go() -> list[Staff]:
        async with database_at(Settings.read()) as database, database.transaction() as tx:
            return await staff_list(tx)

    table = Table("name", "e-mail", "role")
    for one in asyncio.run(go()):
        table.add_row(one.name, one.email, one.role)
    console.print(table)
