"""Customers from a file, all or none: a portal's customers with their ids in the connected systems."""

import asyncio
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from missiondesk.app import database_at
from missiondesk.cli.client import console
from missiondesk.ids import ConnectionId, PortalId
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.kit.settings import Settings
from missiondesk.people import add_customer, link_record

_OURS = ("name", "email", "password")


def import_customers(
    portal: str,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV in UTF-8, with a line of headings.")],
) -> None:
    """Add all customers of a file, or none. Columns: name, email, password, and for each system the id it knows."""
    rows = _read(file)

    async def go() -> None:
        async with database_at(Settings.read()) as database, database.transaction() as tx:
            for number, row in rows:
                try:
                    made = await add_customer(
                        tx, PortalId(portal), name=row["name"], email=row["email"], password=row["password"]
                    )
                    for connection in row.keys() - {*_OURS}:
                        if value := row[connection]:
                            await link_record(tx, made.id, ConnectionId(connection), value, how="said by an operator")
                except (Invalid, Refused) as no:
                    raise type(no)(f"{file}, line {number}: {no} Nobody was added.") from no

    with console.status(f"Adding {len(rows)} customers …"):
        asyncio.run(go())
    console.print(f"{len(rows)} customers can sign in at the portal {portal}.")


def _read(file: Path) -> Sequence[tuple[int, dict[str, str]]]:
    """Each row with its line. Raises `Invalid`."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if missing := [name for name in _OURS if name not in (reader.fieldnames or ())]:
                raise Invalid(f"{file}: its first line names no column {' and no '.join(missing)}.")
            rows = [(reader.line_num, _row(file, reader.line_num, row)) for row in reader]
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise Invalid(f"{file} is no CSV file in UTF-8: {wrong}") from wrong
    return rows


def _row(file: Path, number: int, given: Mapping[str | None, Any]) -> dict[str, str]:
    if None in given:
        raise Invalid(f"{file}, line {number}: there are more values than columns. Put a value with a comma in quotes.")
    row = {str(name): (value or "").strip() for name, value in given.items()}
    if empty := [name for name in _OURS if not row[name]]:
        raise Invalid(f"{file}, line {number}: there is no {empty[0]}.")
    if row["email"].count("@") != 1:
        raise Invalid(f"{file}, line {number}: {row['email']!r} is no e-mail address.")
    return row
