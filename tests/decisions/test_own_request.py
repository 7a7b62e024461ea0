"""One's own request is nobody's own to approve: by no account, no key, and through no door."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from tests.decisions.test_one_person import PASSWORD, account
from tests.promises import promise
from tests.support.approved import proposed
from tests.support.edited import edits
from tests.support.record import rows
from tests.support.world import JSON, Agent, Customer, World
from tests.surfaces.test_keys import by_key
from tests.terminal.test_commands import typed

SECOND = "ana+second@northwind.example"
Tries = Callable[[JSON], Awaitable[str]]


def by_bearer(who: Agent) -> Tries:
    async def tries(card: JSON) -> str:
        return (await who.approves(card, status=403))["message"]

    return tries


def by_batch(who: Agent) -> Tries:
    async def tries(card: JSON) -> str:
        body = {"items": [{"id": card["id"], "digest": card["digest"]}], "count": 1}
        response = await who.api.post("/api/desk/batches", json=body, headers=who.headers)
        assert response.status_code in (403, 409)
        return response.json()["message"]

    return tries


def by_cookie(world: World, email: str, password: str) -> Tries:
    """As a browser does."""

    async def tries(card: JSON) -> str:
        async with httpx.AsyncClient(base_url=world.api.base_url) as browser:
            await browser.post("/api/sessions", json={"email": email, "password": password})
            body = {"kind": "approve", "digest": card["digest"]}
            same = {"sec-fetch-site": "same-origin"}
            response = await browser.post(f"/api/desk/proposals/{card['id']}/decisions", json=body, headers=same)
        assert response.status_code == 403
        return response.json()["message"]

    return tries


def by_command(world: World, home: Path, email: str, password: str) -> Tries:
    async def tries(card: JSON) -> str:
        url = str(world.api.base_url)
        await typed(world, home, "login", "--email", email, "--url", url, MISSIONDESK_PASSWORD=password)
        return await typed(world, home, "decisions", "approve", card["id"], "--seen", card["digest"], status=1)

    return tries


@promise("decisions.an-editor-is-an-author")
@promise("decisions.one-person-is-one")
@promise("decisions.a-key-decides-nothing")
async def test_what_ana_edited_ana_cannot_approve(world: World, mira: Customer, ana: Agent, tmp_path: Path) -> None:
    second = await account(world, SECOND)
    key = await by_key(ana, "read", "propose")
    mine = ("ana@northwind.example", "ana-clears-the-queue")
    doors: dict[str, Tries] = {
        "by bearer": by_bearer(ana),
        "in a browser": by_cookie(world, *mine),
        "by command": by_command(world, tmp_path / "a", *mine),
        "in a batch": by_batch(ana),
        "by the other account": by_bearer(second),
        "by the other account in a browser": by_cookie(world, SECOND, PASSWORD),
        "by the other account by command": by_command(world, tmp_path / "b", SECOND, PASSWORD),
        "by the other account in a batch": by_batch(second),
        "by a key": by_bearer(key),
        "by a key in a batch": by_batch(key),
        "by the other account's key": by_bearer(await by_key(second, "read", "propose")),
    }
    _, card = await proposed(world, mira, ana)
    for author in (ana, second, key):
        card = await edits(author, card, message=f"We are sorry, says {id(author)}.")
        for door, tries in doors.items():
            told = await tries(card)
            assert "another person must approve it" in told or "it never decides" in told, (door, told)
    assert rows(world.database, "select count(*) from grants") == [(0,)]
    assert rows(world.database, "select count(*) from decisions where kind = 'approve'") == [(0,)]
    assert (await (await world.agent("ben")).approves(card))["state"] == "approved"
