"""Connections: what was reviewed of them is in force once two admins agreed, wherever it was asked for."""

from collections.abc import Generator
from dataclasses import replace

import pytest

from missiondesk.changes import publish_connections
from missiondesk.integrations import Connections, Declared, declared
from tests.promises import promise
from tests.support.admins import second_admin
from tests.support.policies import approves_change
from tests.support.tickets import TOKEN, Tickets, tickets
from tests.support.world import JSON, World
from tests.surfaces.test_studio_connections import CLOSE_TICKET, GET_TICKET, PATH, connected, seen, wanted


@pytest.fixture
def system() -> Generator[Tickets]:
    with tickets(token=TOKEN) as found:
        yield found


async def put(world: World, view: JSON, **manifest: object) -> JSON:
    adele = await world.agent("adele")
    body = {"manifest": {**view["manifest"], **manifest}, "version": view["row"]["version"]}
    response = await adele.api.put(f"{PATH}/tickets", json=body, headers=adele.headers)
    assert response.status_code == 200, response.text
    return response.json()


async def approved(world: World, change_id: str) -> JSON:
    view = await (await world.agent("adele")).get(f"/api/desk/changes/{change_id}")
    body = {"answer": "approve", "seen": view["digest"]}
    bruno = world.signed_in["bruno"]
    return await bruno.post(f"/api/desk/changes/{change_id}/answers", body)


@promise("changes.two-people")
@promise("gate.unreviewed-is-not-there")
async def test_after_setup_a_review_waits_and_its_tools_are_not_there_until_it_is_adopted(
    world: World, system: Tickets
) -> None:
    adele = await world.agent("adele")
    world.signed_in["bruno"] = await second_admin(world)
    added = await adele.post(PATH, wanted(system))
    decided = await put(world, added, tool={"get_ticket": GET_TICKET, "close_ticket": CLOSE_TICKET})
    assert decided["waiting"] is None, "nothing of it was ever reviewed, so it is harmless"
    reviewed = await adele.post(f"{PATH}/tickets/reviews", {"tools": seen(decided)})
    assert (reviewed["row"]["reads"], reviewed["row"]["writes"]) == (0, 0)
    connections: Connections = world.here.parts.connections
    assert connections.known("tickets.get_ticket") is None
    told = await approved(world, reviewed["waiting"])
    assert told["row"]["title"] == "Review close_ticket, get_ticket of tickets"
    assert connections.known("tickets.get_ticket") is not None
    now = await adele.get(f"{PATH}/tickets")
    assert (now["row"]["reads"], now["row"]["writes"], now["waiting"]) == (1, 1, None)
    assert now["row"]["changed_by"] == "Adele Brandt and Bruno"
    again = await put(world, now, title="Other")
    assert (again["manifest"]["title"], again["waiting"] is None) == ("Tickets", False)
    loosened = await adele.get(f"/api/desk/changes/{again['waiting']}")
    assert [(one["place"], one["before"], one["after"]) for one in loosened["difference"]] == [
        ("manifest.title", "Tickets", "Other")
    ]
    gone = await adele.deletes(f"{PATH}/tickets", 202)
    assert gone["row"]["title"] == "Take out the connection tickets"
    assert connections.known("tickets.get_ticket") is not None
    assert (await approved(world, gone["row"]["id"]))["row"]["state"] == "adopted"
    assert connections.known("tickets.get_ticket") is None
    late = await adele.get(f"/api/desk/changes/{again['waiting']}")
    assert late["row"]["state"] == "replaced"


async def test_in_setup_a_review_stands_at_once_and_is_listed(world: World, system: Tickets) -> None:
    adele = await world.agent("adele")
    view = await connected(adele, system)
    assert (view["row"]["reads"], view["waiting"]) == (1, None)
    listed = (await adele.get("/api/desk/changes?one_hand=true"))["items"]
    found = {one["title"]: (one["asked_by"], one["one_hand"]) for one in listed if one["kind"] == "connection"}
    assert found["Review close_ticket, get_ticket of tickets"] == ("Adele Brandt", True)
    assert found["Add the connection billing"] == ("connections/billing.toml", True)


@promise("changes.two-people")
async def test_after_setup_a_file_that_changed_or_is_gone_changes_nothing_by_itself(world: World) -> None:
    world.signed_in["bruno"] = await second_admin(world)
    connections = world.here.parts.connections
    async with world.here.parts.database.transaction() as tx:
        now = await declared(tx)
    title = now.files["billing"].model_copy(update={"title": "Money"})
    files = {name: file for name, file in now.files.items() if name != "crm"} | {"billing": title}
    asked = await published(world, replace(now, files=files))
    assert sorted(asked) == ["billing", "crm"]
    assert await published(world, replace(now, files=files)) == asked, "once"
    await connections.refresh()
    assert (connections.files["billing"].title, "crm" in connections.files) == ("Billing", True)
    view = await (await world.agent("adele")).get(f"/api/desk/changes/{asked['billing']}")
    assert (await approves_change(world, view, by="adele"))["row"]["needed"] == 1
    await approved(world, asked["billing"])
    await connections.refresh()
    assert connections.files["billing"].title == "Money"
    assert await published(world, replace(now, files=files)) == {"crm": asked["crm"]}
    assert await published(world, replace(now, files={**files, "crm": now.files["crm"]})) == {}
    assert (await (await world.agent("adele")).get("/api/desk/changes"))["items"] == []


async def published(world: World, files: Declared) -> dict[str, str]:
    async with world.here.parts.database.transaction() as tx:
        return {name: one.id for name, one in (await publish_connections(tx, files)).items()}
