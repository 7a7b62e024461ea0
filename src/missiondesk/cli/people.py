"""`missiondesk people`: staff accounts. What is typed here comes from the machine's operator, and needs two admins."""

import asyncio
from typing import Annotated, Any

import typer
from rich.table import Table

from missiondesk.app import database_at
from missiondesk.changes import Change, Source, new_account, propose_change
from missiondesk.cli.changes.shown import tell_if_it_waits
from missiondesk.cli.client import console, operator
from missiondesk.cli.importing import import_customers
from missiondesk.ids import ConnectionId, PortalId
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Invalid, NotFound
from missiondesk.kit.settings import Settings
from missiondesk.people import Account, account_at, add_customer, all_accounts, link_record, same_person

app = typer.Typer(help="Staff and customers.", no_args_is_help=True)
app.command("import-customers")(import_customers)
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="MISSIONDESK_PASSWORD")
]
Why = Annotated[str, typer.Option(help="For whoever is second.")]


@app.command()
def add(name: str, email: str, role: str, password: Password, why: Why = "") -> None:
    """Add a staff account: agent, supervisor, admin or auditor."""

    async def go() -> Change:
        async with database_at(Settings.read()) as database:
            subject, content = await new_account(name=name, email=email, role=role, password=password)
            return await _asked(database, subject, content, why or f"{name} is to be {role}.")

    _tell(asyncio.run(go()), f"{name} can sign in as {role}.")


@app.command("role")
def change_role(email: str, role: str, why: Why = "") -> None:
    """Give somebody another role."""
    _change(email, {"do": "role", "role": role}, why or f"{email} is to be {role}.", f"{email} is {role} now.")


@app.command("close")
def close(email: str, why: Why = "") -> None:
    """Close an account: nobody signs in by it any more."""
    _change(email, {"do": "close"}, why or f"The account {email} is not needed any more.", f"{email} is closed.")


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


@app.command()
def same(email: str, other: str) -> None:
    """Say that two accounts are one person's, who never counts as two. It cannot be taken back."""

    async def go() -> list[str]:
        async with database_at(Settings.read()) as database, database.transaction() as tx:
            return await same_person(tx, email, other)

    console.print(f"One person from now on: {', '.join(asyncio.run(go()))}.")


@app.command("list")
def list_staff() -> None:
    """All staff."""

    async def go() -> list[Account]:
        async with database_at(Settings.read()) as database, database.transaction() as tx:
            return await all_accounts(tx)

    found = asyncio.run(go())
    table = Table("name", "e-mail", "role", "same person as")
    for one in found:
        others = [it.who.email for it in found if it.who.person == one.who.person and it.who.id != one.who.id]
        role = one.who.role if one.active else f"{one.who.role}, closed"
        table.add_row(one.who.name, one.who.email, role, ", ".join(others))
    console.print(table)


def _change(email: str, content: dict[str, Any], why: str, done: str) -> None:
    async def go() -> Change:
        async with database_at(Settings.read()) as database:
            async with database.transaction() as tx:
                found = await account_at(tx, email)
            if found is None:
                raise NotFound(f"Nobody has the address {email}. missiondesk people list shows all accounts.")
            return await _asked(database, found.who.id, content, why)

    _tell(asyncio.run(go()), done)


async def _asked(database: Database, subject: str, content: dict[str, Any], why: str) -> Change:
    asked_by = Source("operator", operator())
    async with database.transaction() as tx:
        return await propose_change(tx, kind="role", subject=subject, content=content, why=why, asked_by=asked_by)


def _tell(made: Change, done: str) -> None:
    if made.state == "adopted":
        console.print(done)
    tell_if_it_waits(made)
