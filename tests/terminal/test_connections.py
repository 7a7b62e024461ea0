"""`missiondesk connections`: the way of an operations engineer, from an address to a reviewed tool."""

import json
from collections.abc import Generator

import pytest

from tests.support.company import edit
from tests.support.terminal import Terminal
from tests.support.tickets import TOKEN, Tickets, tickets


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
        ("add", "tickets", "--url", system.url): "say --allow-private 127.0.0.1:",
        ("add", "tickets", "--url", "http://127.0.0.1:9/mcp", "--allow-private", "127.0.0.1"): "does not answer",
        ("add", "tickets", "--command", "no-such-command --now"): "no-such-command",
        ("add", "tickets"): "--url or --command",
        ("add", "Tickets!", "--url", system.url): "id",
        ("review", "tickets"): "There is no connection 'tickets'",
        ("test-call", "tickets.get_ticket"): "There is no connection 'tickets'",
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
