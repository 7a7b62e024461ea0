"""What is wrong is one sentence at the terminal: where, what, and what to do."""

import json
import os
import pty
import subprocess
from collections.abc import Generator

import pytest

from tests.support.company import edit
from tests.support.faulty import System
from tests.support.faulty_http import FaultyHttp, faulty_at
from tests.support.terminal import Terminal
from tests.support.typed import PROGRAM

TEXT = {"type": "string"}
TICKET = {"type": "object", "properties": {"customer_id": TEXT, "subject": TEXT}}
ARGUMENTS = {"type": "object", "properties": {"customer_id": TEXT, "ticket_id": TEXT}}
HINTS = {"readOnlyHint": True, "openWorldHint": False}
GET = {
    "name": "get_ticket",
    "description": "One.",
    "inputSchema": ARGUMENTS,
    "outputSchema": TICKET,
    "annotations": HINTS,
}
CLOSE = {"name": "close_ticket", "description": "Close.", "inputSchema": ARGUMENTS}
FETCH = {"name": "fetch_page", "description": "Fetch.", "inputSchema": {"type": "object"}}


@pytest.fixture
def system() -> System:
    return System(name="tickets", tools=[GET, CLOSE, FETCH])


@pytest.fixture
def server(system: System) -> Generator[FaultyHttp]:
    with faulty_at(system) as found:
        yield found


async def decided(terminal: Terminal, server: FaultyHttp) -> None:
    await terminal.types("add", "tickets", "--url", server.url, "--allow-private", "127.0.0.1")
    terminal.decide()


async def reviewed(terminal: Terminal, server: FaultyHttp) -> None:
    await decided(terminal, server)
    await terminal.types("review", "tickets", "--yes")


async def called(terminal: Terminal, tool: str, *words: str) -> str:
    return await terminal.types("test-call", tool, '{"ticket_id": "t-1"}', *words, status=1)


async def test_a_call_of_a_tool_that_is_not_there_says_why(
    terminal: Terminal, system: System, server: FaultyHttp
) -> None:
    await decided(terminal, server)
    system.tools = [*system.tools, {**FETCH, "name": "fetch_more"}]
    says = {
        "ticket.get_ticket": "There is no connection 'ticket'. Did you mean tickets?",
        "tickets": "'tickets' is no tool: say CONNECTION.TOOL",
        "tickets.get_tickets": "tickets has no tool 'get_tickets'. Did you mean get_ticket?",
        "tickets.fetch_more": "is there, but nobody has decided about it. Say read, write or off",
        "tickets.get_ticket": "waits for its review: `missiondesk connections review tickets get_ticket`",
        "tickets.fetch_page": "is off. To use it, decide what it is",
    }
    for tool, sentence in says.items():
        assert sentence in await called(terminal, tool)
    await terminal.types("review", "tickets", "--yes")
    assert "changes something: it is never called from here" in await called(terminal, "tickets.close_ticket")
    system.tools = [{**GET, "description": "Another."}, CLOSE, FETCH]
    own = ("--record", "tickets=c-1")
    for _ in ("found by the call", "known before it"):
        told = await called(terminal, "tickets.get_ticket", *own)
        assert (
            "tickets.get_ticket is not what was reviewed. See `missiondesk connections inspect tickets get_ti" in told
        )


async def test_a_call_for_nobody_names_the_customers_id(terminal: Terminal, system: System, server: FaultyHttp) -> None:
    await reviewed(terminal, server)
    assert "Whose? Say --record tickets=ID" in await called(terminal, "tickets.get_ticket")
    told = await called(terminal, "tickets.get_ticket", "--record", "ticket=c-1")
    assert "--record ticket: there is no connection 'ticket'. Did you mean tickets?" in told
    edit(terminal.file, 'title = "Tickets"', 'title = "Tickets"\nwhole_for = "c-2"')
    told = await called(terminal, "tickets.get_ticket", "--record", "tickets=c-1")
    assert "All of Tickets belongs to 'c-2': say --record tickets=c-2." in told
    assert system.done == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--url", "https://x.example", "--allow-private", "127.0.0.*"), "--allow-private: '127.0.0.*' is neither"),
        (("--url", "ftp://x.example"), "--url: 'ftp://x.example' does not fit"),
        (("--url", "https://x.example", "--bearer", "token"), "--bearer: a secret is named here"),
        (("--url", "https://x.example", "--title", "x" * 81), "--title: should have at most 80 characters."),
        (("--url", "https://x.example", "--oauth", "--bearer", "T", "--header", "a b"), "--header: 'a b' is no name"),
        (("--url", "http://10.0.0.8/mcp"), "say --allow-private 10.0.0.8:80."),
        (("--url", "http://10.0.0.8/mcp", "--bearer", "T"), "only if --allow-private names it."),
        (("--command", " "), "--command: should have at least 1 item."),
    ],
)
async def test_what_is_wrong_on_the_line_names_the_option(
    terminal: Terminal, words: tuple[str, ...], says: str
) -> None:
    told = await terminal.types("add", "tickets", *words, status=1, T="t")
    assert says in told
    assert len(told.splitlines()) == 1


async def test_a_broken_file_breaks_no_other_connection(terminal: Terminal, server: FaultyHttp) -> None:
    await decided(terminal, server)
    await terminal.types("add", "whole", "--url", server.url, "--allow-private", "127.0.0.1")
    edit(terminal.file, 'effect = "off"', 'effect = "of"')
    says = f"{terminal.file}: tool.fetch_page.effect: must be 'read', 'write' or 'off'."
    listed = await terminal.types("list")
    assert (says in listed, "broken" in listed, "answers" in listed) == (True, True, True)
    rows = json.loads(await terminal.types("list", "--json"))
    assert [(row["id"], row["broken"]) for row in rows] == [("whole", None), ("tickets", says)]
    warned = await terminal.types("inspect", "whole")
    assert f"Warning: {says} That connection stays as it was." in warned
    assert "get_ticket" in warned
    again = ("add", "tickets", "--url", server.url)
    for words in (("inspect", "tickets"), ("remove", "tickets", "--yes"), ("check", "tickets"), again):
        assert f"Misconfigured: {says}" in await terminal.types(*words, status=1)
    checked = await terminal.types("check", status=1)
    assert f"tickets: {says}" in checked
    edit(terminal.file, 'effect = "of"', 'effect = "off"')
    assert "waits for its review" in await terminal.types("check", "tickets", status=1)


async def test_a_broken_file_keeps_its_secrets_and_its_review(terminal: Terminal, server: FaultyHttp) -> None:
    await reviewed(terminal, server)
    edit(terminal.file, server.url, "$PLACE")
    await terminal.types("secret", "tickets", "PLACE", said=server.url)
    whole = terminal.file.read_text(encoding="utf-8")
    terminal.file.write_text("nonsense", encoding="utf-8")
    assert "is not valid TOML" in await terminal.types("list")
    terminal.file.write_text(whole, encoding="utf-8")
    assert "is what was reviewed" in await terminal.types("check", "tickets")


async def test_a_server_that_is_called_otherwise_is_not_all_right(terminal: Terminal, server: FaultyHttp) -> None:
    await reviewed(terminal, server)
    edit(terminal.file, 'server = "tickets"', 'server = "evil-shop"')
    told = await terminal.types("check", "tickets", status=1)
    assert "The server calls itself 'tickets', the connection 'tickets' expects 'evil-shop'." in told
    assert "reviewed" not in told
    assert "-evil-shop" in await terminal.types("inspect", "tickets")
    assert "expects 'evil-shop'" in await called(terminal, "tickets.get_ticket", "--record", "tickets=c-1")


async def test_a_path_that_no_result_is_said_to_have_is_noted(
    terminal: Terminal, system: System, server: FaultyHttp
) -> None:
    await reviewed(terminal, server)
    edit(terminal.file, 'owner = ["$.customer_id"]', 'owner = ["$.custmer_id"]')
    told = await terminal.types("check", "tickets")
    assert "Perhaps a slip: tickets.get_ticket: owner '$.custmer_id' looks for 'custmer_id'" in told
    assert "Did you mean 'customer_id'?" in told
    system.tools = [{**GET, "outputSchema": {**TICKET, "additionalProperties": False}}, CLOSE, FETCH]
    told = await terminal.types("check", "tickets", status=1)
    assert "owner '$.custmer_id' can stand in none of its results" in told
    assert "slip" not in told


async def test_a_tool_that_never_was_is_not_said_to_be_gone(
    terminal: Terminal, system: System, server: FaultyHttp
) -> None:
    await decided(terminal, server)
    edit(terminal.file, "[tool.get_ticket]", "[tool.get_tikcet]")
    told = await terminal.types("check", "tickets", status=1)
    assert "get_tikcet: the server has no tool of this name. Did you mean get_ticket?" in told
    assert "any more" not in told
    assert "does not fit" in await terminal.types("list")
    edit(terminal.file, "[tool.get_tikcet]", "[tool.get_ticket]")
    await terminal.types("review", "tickets", "--yes")
    system.tools = [CLOSE, FETCH]
    assert "get_ticket was reviewed, and the server does not have it any more." in await terminal.types(
        "check", "tickets", status=1
    )


async def test_a_write_that_is_made_a_read_is_not_said_to_have_been_one(
    terminal: Terminal, system: System, server: FaultyHttp
) -> None:
    system.tools = [GET, {**CLOSE, "annotations": {"readOnlyHint": False}}, FETCH]
    await reviewed(terminal, server)
    text = terminal.file.read_text(encoding="utf-8")
    text = text.replace('effect_class = "neither"\ncard = "Close ticket {ticket_id}"', 'owner = "nobody"')
    terminal.file.write_text(text.replace('effect = "write"', 'effect = "read"'), encoding="utf-8")
    told = await terminal.types("check", "tickets", status=1)
    assert "tickets.close_ticket: the manifest says read, but the server says that it changes something" in told
    assert "reviewed" not in told


async def test_a_tool_that_is_as_it_was_again_waits_for_somebody_to_look(
    terminal: Terminal, system: System, server: FaultyHttp
) -> None:
    await reviewed(terminal, server)
    system.tools = [{**GET, "description": "Another."}, CLOSE, FETCH]
    assert "get_ticket is not what was reviewed" in await terminal.types("check", "tickets", status=1)
    system.tools = [GET, CLOSE, FETCH]
    says = "get_ticket had changed, and is again as it was reviewed. Review it to use it again"
    assert says in await terminal.types("check", "tickets", status=1)
    told = await terminal.types("inspect", "tickets")
    assert says in told
    assert "is not what was reviewed" not in told
    await terminal.types("review", "tickets", "get_ticket", "--yes")
    assert "is what was reviewed" in await terminal.types("check", "tickets")


def test_a_value_for_a_command_is_asked_for_at_a_terminal(terminal: Terminal) -> None:
    ours, theirs = pty.openpty()
    words = ("add", "tickets", "--command", "no-such-command", "--env", "TOKEN=$TICKETS_TOKEN")
    program = [*PROGRAM, "connections", *words]
    with subprocess.Popen(program, env=terminal.environ, stdin=theirs, stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        told = b""
        while b"$TICKETS_TOKEN: " not in told:
            told += os.read(ours, 1_000)
        os.write(ours, b"tck-7f3a9c51\n")
        run.wait(timeout=30)
    told += os.read(ours, 10_000)
    os.close(ours)
    assert b"tck-7f3a9c51" not in told
    assert b"no-such-command" in told
