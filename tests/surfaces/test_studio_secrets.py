"""Secrets of connections in the Studio: where they may go, and that their absence harms nobody else."""

from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support.loopback import Loopback
from tests.support.postgres import Cloned
from tests.support.tickets import TOKEN, Tickets, tickets
from tests.support.world import JSON
from tests.surfaces.small_studio import PATH, Studio, company_in, studio_at
from tests.surfaces.test_studio_connections import wanted

NEW = "tck-0b7e55d1c3aa9f42"
OF_THE_MACHINE = "canary-of-the-environment-51"


@pytest.fixture
async def studio(database: Cloned, tmp_path: Path) -> AsyncGenerator[Studio]:
    async with studio_at(database, tmp_path) as here:
        yield here


@pytest.fixture
def system() -> Generator[Tickets]:
    with tickets(token=TOKEN) as found:
        yield found


@contextmanager
def listener(app: ASGIApp | None = None) -> Generator[tuple[str, list[str]]]:
    """Somebody else's address, and everything that arrives there: a line a header."""
    heard: list[str] = []

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            heard.extend([scope["path"], *(f"{name.decode()}: {value.decode()}" for name, value in scope["headers"])])
            if app is None:
                await send({"type": "http.response.start", "status": 404, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
        if app is not None:
            await app(scope, receive, send)

    with Loopback(listening, lifespan=app is not None) as loopback:
        yield f"{loopback.url}/mcp", heard


async def added(studio: Studio, system: Tickets, **manifest: Any) -> JSON:
    response = await studio.post("", wanted(system, **manifest))
    assert response.status_code == 201, response.text
    return response.json()


async def test_another_address_gets_the_secrets_that_are_given_for_it_and_no_kept_one(
    studio: Studio, system: Tickets
) -> None:
    view = await added(studio, system, write_auth={"kind": "bearer", "token": "$TICKETS_WRITE"})
    assert (await studio.put("/tickets/secrets/write/TICKETS_WRITE", {"value": TOKEN})).status_code == 204
    with listener(system.server().streamable_http_app(stateless_http=True)) as (url, heard):
        there = {"url": url, "allow_private": ["127.0.0.1"]}
        refused = await studio.changes(view, http=there)
        assert (refused.status_code, "$TICKETS_TOKEN" in refused.json()["message"]) == (422, True)
        assert heard == []
        response = await studio.changes(view, http=there, secrets={"TICKETS_TOKEN": NEW})
        assert response.status_code == 200, response.text
        kept = {one["name"]: one["set_at"] is not None for one in response.json()["secrets"]}
        assert kept == {"TICKETS_TOKEN": True, "TICKETS_WRITE": False}
        await studio.connections.listing("tickets")
    assert f"authorization: Bearer {NEW}" in heard
    assert TOKEN not in str(heard)


async def test_nothing_of_the_environment_is_sent_to_a_connection_of_the_studio(
    studio: Studio, system: Tickets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY_KEY", OF_THE_MACHINE)
    monkeypatch.setenv("TICKETS_TOKEN", OF_THE_MACHINE)
    with listener(system.server().streamable_http_app(stateless_http=True)) as (url, heard):
        there = {"url": url, "allow_private": ["127.0.0.1"]}
        manifest = wanted(system, auth=None, http=there)["manifest"]
        view = (await studio.post("", {"manifest": manifest, "secrets": {}})).json()
        named = {"http": {**there, "headers": {"X-A": "$CANARY_KEY"}}}
        refused = [
            await studio.changes(view, **named),
            await studio.post("", {"manifest": {**manifest, "id": "other", **named}}),
            await studio.changes(view, auth={"kind": "bearer", "token": "$TICKETS_TOKEN"}),
        ]
    assert [response.is_success for response in refused] == [False] * 3
    assert OF_THE_MACHINE not in str([response.text for response in refused])
    assert "user-agent" in str(heard)
    assert OF_THE_MACHINE not in str(heard)


async def test_where_the_system_of_a_file_is_cannot_be_set_from_the_studio(
    database: Cloned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: Tickets
) -> None:
    monkeypatch.setenv("TICKETS_URL", system.url)
    manifest = """
        id = "tickets"
        title = "Tickets"
        server = "tickets"
        http = { url = "$TICKETS_URL", allow_private = ["127.0.0.1"] }
        auth = { kind = "bearer", token = "$TICKETS_TOKEN" }
    """
    (company_in(tmp_path) / "connections" / "tickets.toml").write_text(manifest, encoding="utf-8")
    async with studio_at(database, tmp_path) as studio:
        with listener() as (url, heard):
            for side in ("read", "write"):
                refused = await studio.put(f"/tickets/secrets/{side}/TICKETS_URL", {"value": url})
                assert (refused.status_code, "says where Tickets is" in refused.json()["message"]) == (409, True)
            given = await studio.put("/tickets/secrets/read/TICKETS_TOKEN", {"value": TOKEN})
            assert given.status_code == 204
            view = (await studio.get("/tickets")).json()
        assert (view["server"], heard) == ("tickets", [])


@pytest.mark.parametrize(
    ("settings", "token"),
    [pytest.param({"secret_key": ""}, TOKEN, id="no key to seal with"), pytest.param({}, f"{TOKEN} ", id="no secret")],
)
async def test_a_secret_that_cannot_be_kept_leaves_no_connection_behind(
    database: Cloned, tmp_path: Path, system: Tickets, settings: JSON, token: str
) -> None:
    system.token = None  # it lets everybody in, so that nothing but keeping can fail
    async with studio_at(database, tmp_path, **settings) as studio:
        refused = await studio.post("", {**wanted(system), "secrets": {"TICKETS_TOKEN": token}})
        assert refused.status_code >= 400
        assert refused.json()["code"] != "unforeseen"
        assert TOKEN not in refused.text
        assert await studio.listed() == []
    with psycopg.connect(database.owner_url) as tx:
        assert tx.execute("select count(*) from connection_secrets").fetchone() == (0,)
        assert tx.execute("select count(*) from connections").fetchone() == (0,)


async def test_a_secret_that_was_forgotten_keeps_nobody_from_starting(
    database: Cloned, tmp_path: Path, system: Tickets, caplog: pytest.LogCaptureFixture
) -> None:
    async with studio_at(database, tmp_path) as studio:
        await added(studio, system)
        response = await studio.api.delete(f"{PATH}/tickets/secrets/read/TICKETS_TOKEN")
        assert response.status_code == 204
    caplog.clear()
    async with studio_at(database, tmp_path) as studio:
        view = (await studio.get("/tickets")).json()
        assert "needs a value for $TICKETS_TOKEN" in view["away"]
        response = await studio.put("/tickets/secrets/read/TICKETS_TOKEN", {"value": TOKEN})
        assert (await studio.get("/tickets")).json()["away"] is None
    assert "needs a value for $TICKETS_TOKEN" in caplog.text


async def test_a_header_with_a_new_secret_is_added_and_the_kept_ones_stay(studio: Studio, system: Tickets) -> None:
    view = await added(studio, system)
    same = {**view["manifest"]["http"], "headers": {"X-Tenant": "$TENANT"}}
    refused = await studio.changes(view, http=same)
    assert (refused.status_code, "$TENANT" in refused.json()["message"]) == (422, True)
    changed = await studio.changes(view, http=same, secrets={"TENANT": "northwind-7"})
    assert changed.status_code == 200, changed.text
    kept = {one["name"]: one["set_by"] for one in changed.json()["secrets"] if one["side"] == "read"}
    assert kept.keys() == {"TENANT", "TICKETS_TOKEN"}
    assert None not in kept.values()
