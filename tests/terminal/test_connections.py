"""`missiondesk connections`: the way of an operations engineer, from an address to a reviewed tool."""

import asyncio
import json
import os
import tomllib
from base64 import b64encode
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.company import edit
from tests.support.postgres import Cloned
from tests.support.tickets import TOKEN, Tickets, tickets
from tests.support.typed import in_this_process

DECIDED = """
[tool.get_ticket]
effect = "read"
title = "Ticket"
bind = { customer_id = "$customer" }
owner = ["$.customer_id"]

[tool.close_ticket]
effect = "write"
title = "Close a ticket"
bind = { customer_id = "$customer" }
effect_class = "neither"
card = "Close ticket {ticket_id}"

[tool.fetch_page]
effect = "off"
"""


@dataclass(frozen=True, slots=True)
class Terminal:
    """An installation's folder and database, and somebody at a terminal there."""

    company: Path
    environ: dict[str, str]

    async def types(self, *words: str, status: int = 0, said: str = "", **environ: str) -> str:
        """What `missiondesk connections …` printed; `said` is typed in."""
        printed = await asyncio.to_thread(in_this_process, ("connections", *words), self.environ | environ, said)
        assert printed.status == status, printed.text
        return printed.text

    @property
    def file(self) -> Path:
        return self.company / "connections" / "tickets.toml"

    def decide(self) -> None:
        """Write down what each tool is, in place of the proposals."""
        head = self.file.read_text(encoding="utf-8").partition("[tool.")[0]
        assert tomllib.loads(head)["server"] == "tickets"
        self.file.write_text(head + DECIDED, encoding="utf-8")


@pytest.fixture
def terminal(database: Cloned, tmp_path: Path) -> Terminal:
    company = tmp_path / "company"
    company.mkdir()
    environ = {
        **os.environ,
        "DATABASE_URL": database.url,
        "MISSIONDESK_OWNER_URL": database.owner_url,
        "MISSIONDESK_COMPANY": str(company),
        "MISSIONDESK_HOME": str(tmp_path / "home"),
        "MISSIONDESK_SECRET_KEY": b64encode(bytes(32)).decode(),
        "COLUMNS": "200",
    }
    return Terminal(company, environ)


@pytest.fixture
def system() -> Generator[Tickets]:
    with tickets(token=TOKEN) as found:
        yield found


def add(system: Tickets) -> list[str]:
    return ["add", "tickets", "--url", system.url, "--bearer", "TICKETS_TOKEN", "--allow-private", "127.0.0.1"]


async def test_from_an_address_to_a_read_of_one_customer(terminal: Terminal, system: Tickets) -> None:
    told = await terminal.types(*add(system), TICKETS_TOKEN=TOKEN)
    assert "Nothing can be used yet" in told
    assert TOKEN not in terminal.file.read_text(encoding="utf-8")
    terminal.decide()
    await terminal.types("secret", "tickets", "TICKETS_TOKEN", said=TOKEN)
    assert "waits for its review" in await terminal.types("check", "tickets", status=1)
    assert "2 tools are pinned in tickets.reviewed.json" in await terminal.types("review", "tickets", "--yes")
    assert "is what was reviewed" in await terminal.types("check", "tickets")
    wanted = ("test-call", "tickets.get_ticket", '{"ticket_id": "t-1"}', "--record", "tickets=c-1")
    assert json.loads(await terminal.types(*wanted))["subject"] == "The lamp flickers"
    foreign = await terminal.types("test-call", "tickets.get_ticket", '{"ticket_id": "t-2"}', "--record", "tickets=c-1")
    assert "no such record" in foreign
    assert TOKEN not in await terminal.types("inspect", "tickets", "--json")
    assert "get_ticket" in await terminal.types("inspect", "tickets")
    listed = await terminal.types("list")
    assert "answers" in listed
    await terminal.types("remove", "tickets", "--yes")
    assert not terminal.file.exists()
    assert "No connections yet" in await terminal.types("list")


async def test_what_is_wrong_is_said_and_nothing_is_kept(terminal: Terminal, system: Tickets) -> None:
    cases = {
        ("add", "tickets", "--url", system.url): "allow_private",
        ("add", "tickets", "--url", "http://127.0.0.1:9/mcp", "--allow-private", "127.0.0.1"): "does not answer",
        ("add", "tickets", "--command", "no-such-command --now"): "no-such-command",
        ("add", "tickets"): "either [http] or [stdio]",
        ("add", "Tickets!", "--url", system.url): "id",
        ("review", "tickets"): "There is no connection 'tickets'",
        ("test-call", "tickets.get_ticket"): "There is no tool",
        ("test-call", "tickets.get_ticket", "{"): "not JSON",
    }
    for words, sentence in cases.items():
        assert sentence in await terminal.types(*words, status=1), words
    assert not terminal.file.exists()
    assert "No connections yet" in await terminal.types("list")


async def test_a_manifest_that_does_not_fit_is_told_before_anything_is_pinned(
    terminal: Terminal, system: Tickets
) -> None:
    await terminal.types(*add(system), TICKETS_TOKEN=TOKEN)
    terminal.decide()
    edit(terminal.file, "[tool.get_ticket]", "[tool.get_tickets]")
    told = await terminal.types("review", "tickets", "--yes", status=1, TICKETS_TOKEN=TOKEN)
    assert "get_tickets" in told
    assert not (terminal.company / "connections" / "tickets.reviewed.json").exists()
