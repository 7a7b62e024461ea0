"""The Studio's API: a system is connected, decided on, reviewed and tried, and nothing of it is given away."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.demo.northwind import Northwind
from tests.support.postgres import Cloned
from tests.support.tickets import TOKEN, Tickets, tickets
from tests.support.world import JSON, Agent, World, world_at

PATH = "/api/studio/connections"
GET_TICKET = {
    "effect": "read",
    "title": "Ticket",
    "bind": {"customer_id": "$customer"},
    "owner": ["$.customer_id"],
}
CLOSE_TICKET = {
    "effect": "write",
    "title": "Close a ticket",
    "bind": {"customer_id": "$customer"},
    "effect_class": "neither",
    "card": "Close ticket {ticket_id}",
}


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path, lanes=()) as here:
        yield here


@pytest.fixture
async def adele(world: World) -> Agent:
    return await world.agent("adele")


@pytest.fixture
def system() -> Generator[Tickets]:
    with tickets(token=TOKEN) as found:
        yield found


def wanted(system: Tickets, **more: Any) -> JSON:
    manifest = {
        "id": "tickets",
        "title": "Tickets",
        "server": "",
        "missing": ["ticket_not_found"],
        "http": {"url": system.url, "allow_private": ["127.0.0.1"]},
        "auth": {"kind": "bearer", "token": "$TICKETS_TOKEN"},
        **more,
    }
    return {"manifest": manifest, "secrets": {"TICKETS_TOKEN": TOKEN}}


async def connected(adele: Agent, system: Tickets) -> JSON:
    """Added, decided on and reviewed."""
    added = await adele.post(PATH, wanted(system))
    manifest = {**added["manifest"], "tool": {"get_ticket": GET_TICKET, "close_ticket": CLOSE_TICKET}}
    body = {"manifest": manifest, "version": added["row"]["version"]}
    response = await adele.api.put(f"{PATH}/tickets", json=body, headers=adele.headers)
    assert response.status_code == 200, response.text
    return await adele.post(f"{PATH}/tickets/reviews", {"tools": seen(response.json())})


def seen(view: JSON) -> list[JSON]:
    return [{"name": tool["name"], "digest": tool["digest"]} for tool in view["tools"] if tool["effect"] != "off"]


def states(view: JSON) -> dict[str, str]:
    return {tool["name"]: tool["state"] for tool in view["tools"]}


async def test_a_new_connection_can_do_nothing_before_its_review(adele: Agent, system: Tickets) -> None:
    added = await adele.post(PATH, wanted(system))
    assert (added["row"]["reads"], added["row"]["writes"]) == (0, 0)
    assert "reviewed" not in states(added).values()
    assert added["server"] == "tickets"
    tried = await adele.post(f"{PATH}/tickets/test-calls", {"tool": "get_ticket"}, status=409)
    assert "no tool" in tried["message"]


async def test_what_was_reviewed_can_be_read_by_its_customer_alone(adele: Agent, system: Tickets) -> None:
    view = await connected(adele, system)
    assert states(view) == {"get_ticket": "reviewed", "close_ticket": "reviewed", "fetch_page": "new"}

    async def read(ticket: str) -> JSON:
        body = {"tool": "get_ticket", "arguments": {"ticket_id": ticket}, "records": {"tickets": "c-1"}}
        return await adele.post(f"{PATH}/tickets/test-calls", body, status=200)

    assert (await read("t-1"))["value"]["subject"] == "The lamp flickers"
    foreign, nobodys = await read("t-2"), await read("t-9")
    assert foreign == nobodys == {"kind": "missing", "value": None, "why": None}


async def test_a_write_is_never_called_from_the_studio(adele: Agent, system: Tickets) -> None:
    await connected(adele, system)
    body = {"tool": "close_ticket", "arguments": {"ticket_id": "t-1"}, "records": {"tickets": "c-1"}}
    refused = await adele.post(f"{PATH}/tickets/test-calls", body, status=409)
    assert "changes something" in refused["message"]
    assert system.closed == []


async def test_a_secret_goes_in_and_never_comes_out(adele: Agent, system: Tickets) -> None:
    view = await connected(adele, system)
    shown = [view, await adele.get(PATH), await adele.get(f"{PATH}/tickets")]
    assert TOKEN not in str(shown)
    assert f"Bearer {TOKEN}" in system.heard
    assert [one["name"] for one in view["secrets"] if one["set_at"]] == ["TICKETS_TOKEN"]


async def test_a_server_that_does_not_answer_leaves_nothing_behind(adele: Agent, system: Tickets) -> None:
    body = wanted(system, http={"url": "http://127.0.0.1:9/mcp", "allow_private": ["127.0.0.1"]})
    refused = await adele.post(PATH, body, status=502)
    assert "does not answer" in refused["message"]
    assert "tickets" not in [row["id"] for row in (await adele.get(PATH))["items"]]


async def test_wrong_credentials_are_told_and_leave_nothing_behind(adele: Agent, system: Tickets) -> None:
    body = {**wanted(system), "secrets": {"TICKETS_TOKEN": "tck-an-old-one"}}
    refused = await adele.post(PATH, body, status=502)
    assert "401" in refused["message"]
    assert "tck-an-old-one" not in str(refused)
    assert "tickets" not in [row["id"] for row in (await adele.get(PATH))["items"]]


async def test_a_private_address_is_refused_unless_the_admin_allowed_it(adele: Agent, system: Tickets) -> None:
    for auth, status in ((None, 502), ({"kind": "bearer", "token": "$TICKETS_TOKEN"}, 422)):
        refused = await adele.post(PATH, wanted(system, auth=auth, http={"url": system.url}), status)
        assert "allow_private" in refused["message"]
    assert system.heard == []


async def test_a_command_is_not_connected_from_afar(adele: Agent, system: Tickets) -> None:
    body = wanted(system, http=None, auth=None, stdio={"command": ["sh", "-c", "id"]})
    refused = await adele.post(PATH, body, status=409)
    assert "on the machine itself" in refused["message"]


async def test_who_does_not_configure_can_look_and_change_nothing(world: World, system: Tickets) -> None:
    ana = await world.agent("ana")
    assert {row["id"] for row in (await ana.get(PATH))["items"]} == {"billing", "crm", "shop"}
    assert (await ana.get(f"{PATH}/billing"))["can_change"] is False
    refused = await ana.post(PATH, wanted(system), status=403)
    assert refused["message"] == "Only an admin changes connections."


async def test_a_connection_kept_in_a_file_is_changed_there(adele: Agent) -> None:
    view = await adele.get(f"{PATH}/billing")
    refused = await adele.post(f"{PATH}/billing/reviews", {"tools": seen(view)}, status=409)
    assert "missiondesk connections review billing" in refused["message"]


async def test_two_admins_do_not_overwrite_each_other(adele: Agent, system: Tickets) -> None:
    view = await connected(adele, system)
    body = {"manifest": {**view["manifest"], "title": "Support tickets"}, "version": view["row"]["version"] - 1}
    response = await adele.api.put(f"{PATH}/tickets", json=body, headers=adele.headers)
    assert response.status_code == 409
    assert "meanwhile" in response.json()["message"]


async def test_a_connection_that_is_taken_out_leaves_no_secret(adele: Agent, system: Tickets, world: World) -> None:
    await connected(adele, system)
    response = await adele.api.delete(f"{PATH}/tickets", headers=adele.headers)
    assert response.status_code == 204
    await adele.get(f"{PATH}/tickets", status=404)
    assert world.here.parts.connections.known("tickets.get_ticket") is None
    with psycopg.connect(world.database.url) as database:
        assert database.execute("select count(*) from connection_secrets").fetchone() == (0,)


async def test_one_that_a_brief_uses_stays(adele: Agent) -> None:
    response = await adele.api.delete(f"{PATH}/billing", headers=adele.headers)
    assert response.status_code == 409
