"""Customers come from a file, all or none."""

import asyncio

import pytest
from sqlalchemy import text

from missiondesk.ids import ConnectionId, PortalId
from missiondesk.kit.database import Database
from missiondesk.people import records_of, sign_in_customer
from tests.support.terminal import Terminal
from tests.support.typed import in_this_process

HEAD = "name,email,password,billing,shop\n"
MIRA = "Mira Holm,Mira@example.com,mira-likes-linen,acct_1,cus_1\n"


async def imported(terminal: Terminal, lines: str, *, status: int) -> str:
    file = terminal.company / "customers.csv"
    file.write_text(lines, encoding="utf-8")
    words = ("people", "import-customers", "northwind", str(file))
    printed = await asyncio.to_thread(in_this_process, words, terminal.environ)
    assert printed.status == status, printed.text
    return printed.text.replace(str(file), "customers.csv")


async def test_who_stands_in_the_file_signs_in_and_is_known_to_the_systems(terminal: Terminal) -> None:
    jonas = 'Jonas Weber,jonas@example.com,"jonas, likes lamps",,\n'
    told = await imported(terminal, "\ufeff" + HEAD + MIRA + jonas, status=0)
    assert "2 customers can sign in at the portal northwind." in told
    database = Database(terminal.environ["DATABASE_URL"])
    portal = PortalId("northwind")
    _, mira = await sign_in_customer(database, portal, "mira@example.com", "mira-likes-linen")
    await sign_in_customer(database, portal, "jonas@example.com", "jonas, likes lamps")
    async with database.transaction() as tx:
        assert await records_of(tx, mira.who.id) == {ConnectionId("billing"): "acct_1", ConnectionId("shop"): "cus_1"}
    await database.close()


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("name,email\n", "customers.csv: its first line names no column password."),
        (HEAD + MIRA + "Jonas,,secret,,\n", "customers.csv, line 3: there is no email."),
        (HEAD + MIRA + "Jonas,jonas,secret,,\n", "customers.csv, line 3: 'jonas' is no e-mail address."),
        (HEAD + MIRA + "Jonas,j@example.com,secret,a,b,c\n", "customers.csv, line 3: there are more values"),
        (HEAD + MIRA + "Jo,j@example.com,short,,\n", "line 3: A password needs at least 10 characters"),
        (HEAD + MIRA + MIRA, "line 3: mira@example.com already has an account in this portal. Nobody was added."),
        (HEAD + MIRA + "Jo,j@example.com,jo-likes-jam,acct_1,\n", "belongs to another customer. Nobody was added."),
    ],
)
async def test_what_is_wrong_is_named_by_its_line_and_nobody_is_added(
    terminal: Terminal, lines: str, sentence: str
) -> None:
    assert sentence in await imported(terminal, lines, status=1)
    database = Database(terminal.environ["DATABASE_URL"])
    async with database.transaction() as tx:
        assert await tx.scalar(text("select count(*) from customers")) == 0
    await database.close()
