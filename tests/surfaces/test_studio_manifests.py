"""A manifest from the Studio: what cannot be used is said in a sentence, and nobody's change is lost."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from tests.support.authority import authority
from tests.support.in_the_middle import in_the_middle
from tests.support.postgres import Cloned
from tests.support.reviewed import review
from tests.support.tickets import TOKEN, Tickets, tickets
from tests.support.world import JSON
from tests.surfaces.small_studio import Studio, studio_at
from tests.surfaces.test_studio_connections import CLOSE_TICKET, GET_TICKET, seen, states, wanted

NOWHERE = "http://127.0.0.1:9/mcp"
HERE = ["127.0.0.1"]


@pytest.fixture
async def studio(database: Cloned, tmp_path: Path) -> AsyncGenerator[Studio]:
    async with studio_at(database, tmp_path) as here:
        yield here


@pytest.fixture
def system() -> Generator[Tickets]:
    with tickets(token=TOKEN) as found:
        yield found


async def test_a_place_or_a_header_that_cannot_be_is_told_in_a_sentence(studio: Studio, system: Tickets) -> None:
    cases: list[tuple[JSON, str]] = [
        ({"url": NOWHERE, "allow_private": ["*.corp"]}, "allow_private"),
        ({"url": NOWHERE, "allow_private": ["127.0.0.*"]}, "allow_private"),
        ({"url": "http://"}, "no address"),
        ({"url": "http://[::1"}, "no address"),
        ({"url": "ftp://example.com/"}, "url"),
        ({"url": "http://user:hunter22@example.com/"}, "no credentials belong into an address"),
        ({"url": NOWHERE, "headers": {"bad name\n": "x"}}, "is no name of a header"),
        ({"url": NOWHERE, "allow_private": HERE, "headers": {"X-Title": "caf\u00e9"}}, "cannot travel in a header"),
        ({"url": NOWHERE, "headers": {"Authorization": "Bearer hunter22"}}, "a secret is named here"),
        ({"url": NOWHERE, "headers": {"X-Api-Key": "hunter22"}}, "a secret is named here"),
        ({"url": NOWHERE, "headers": {"Cookie": "hunter22"}}, "a secret is named here"),
    ]
    for http, sentence in cases:
        for auth in ({"kind": "bearer", "token": "$TICKETS_TOKEN"}, None):
            response = await studio.post("", wanted(system, http=http, auth=auth))
            told = response.json()
            assert (response.status_code, sentence in str(told)) == (422, True), (http, response.text)
            assert "hunter22" not in response.text
    assert await studio.listed() == []
    assert system.heard == []


async def test_a_secret_that_cannot_travel_in_a_header_is_not_repeated(studio: Studio, system: Tickets) -> None:
    body = wanted(system, http={"url": system.url, "allow_private": HERE, "headers": {"X-Tenant": "$TENANT"}})
    for value in ("canary\nvalue", "canary-v\u00e4lue"):
        response = await studio.post("", {**body, "secrets": {**body["secrets"], "TENANT": value}})
        assert response.status_code == 422, response.text
        assert "canary" not in response.text
    assert await studio.listed() == []


async def test_of_two_changes_at_once_one_is_told_of_the_other(studio: Studio, system: Tickets) -> None:
    view = (await studio.post("", wanted(system))).json()
    titles = ("One", "Two", "Three")
    found = await asyncio.gather(*(studio.changes(view, title=title) for title in titles))
    assert sorted(response.status_code for response in found) == [200, 409, 409]
    [kept] = [title for title, response in zip(titles, found, strict=True) if response.status_code == 200]
    assert (await studio.get("/tickets")).json()["manifest"]["title"] == kept


async def test_a_sign_in_that_nobody_agreed_to_yet_can_be_changed_and_comes_back_where_browsers_reach_us(
    database: Cloned, tmp_path: Path
) -> None:
    with authority() as one:
        async with studio_at(database, tmp_path, public_url="https://desk.example/") as studio:
            manifest: JSON = {
                "id": "orders",
                "title": "Orders",
                "server": "",
                "http": {"url": one.mcp_url, "allow_private": HERE},
                "auth": {"kind": "authorization_code", "scopes": ["orders:wrong"]},
            }
            view = (await studio.post("", {"manifest": manifest, "secrets": {}})).json()
            corrected = {"kind": "authorization_code", "scopes": ["orders:read"]}
            changed = await studio.changes(view, auth=corrected)
            assert (changed.status_code, changed.json()["manifest"]["auth"]["scopes"]) == (200, ["orders:read"])
            response = await studio.post("/orders/authorizations", {"side": "read"})
    assert "redirect_uri=https%3A%2F%2Fdesk.example%2Fapi%2Fstudio%2Foauth%2Fcallback" in response.json()["url"]
    assert "studio.internal" not in str([response.json(), one.registered])


async def test_a_tool_whose_manifest_does_not_fit_its_review_is_not_there_and_stops_no_start(
    database: Cloned, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with tickets() as system, in_the_middle(system.url) as middle:
        system.url = middle.url
        async with studio_at(database, tmp_path) as studio:
            view = (await studio.post("", wanted(system, auth=None))).json()
            tools = {"get_ticket": GET_TICKET, "close_ticket": CLOSE_TICKET}
            view = (await studio.changes(view, tool=tools)).json()
            reviewed = (await studio.post("/tickets/reviews", {"tools": seen(view)})).json()
            assert states(reviewed)["close_ticket"] == "reviewed"
            misspelt = {**CLOSE_TICKET, "bind": {"custmer_id": "$customer"}}
            refused = await studio.changes(reviewed, tool={**tools, "close_ticket": misspelt})
            assert (refused.status_code, "custmer_id" in refused.json()["message"]) == (422, True)
            middle.change = lambda body: body.replace(b'"customer_id"', b'"custmer_id"')
            taken = await studio.changes(reviewed, tool={"close_ticket": misspelt})
            assert taken.status_code == 200, taken.text
            assert studio.connections.known("tickets.close_ticket") is None
        caplog.clear()
        async with studio_at(database, tmp_path) as studio:  # what fits the system and not its review stops no start
            assert studio.connections.known("tickets.close_ticket") is None
            assert "custmer_id" in caplog.text
            await review(studio.connections, "tickets", by="Adele")
            assert studio.connections.known("tickets.close_ticket") is not None
