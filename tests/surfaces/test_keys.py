"""API keys: programs read and propose by them, through every door, and decide through none."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from missiondesk.surfaces.front import front
from tests.promises import promise
from tests.support.approved import proposed
from tests.support.edited import edits, tries
from tests.support.record import by_hand, rows
from tests.support.world import JSON, Agent, Customer, World

PROPOSING = {
    "/api/desk/proposals/{proposal_id}/edit",
    "/api/desk/proposals/{proposal_id}/edit/preview",
    "/api/studio/policy/checks",
    "/api/studio/policy/replays",
}
PEOPLE_ALONE = {"/api/studio/keys", "/api/studio/oauth/callback", "/api/desk/notices"}  # also to look at
SAYS = "An API key reads and proposes; it never decides"


def routes(*, looking: bool) -> Iterator[tuple[str, str]]:
    """(method, path) of all that staff can do, from the app itself: what is added later is here, too."""
    for path, methods in front(None).openapi()["paths"].items():
        if path.startswith(("/api/desk", "/api/studio", "/api/sessions/")):
            yield from ((one.upper(), path) for one in methods if (one == "get") == looking)


async def key_of(who: Agent, *scopes: str, status: int = 201, **more: Any) -> JSON:
    return await who.post("/api/studio/keys", {"name": "nightly", "scopes": list(scopes), **more}, status)


async def by_key(who: Agent, *scopes: str, **more: Any) -> Agent:
    """A program of theirs."""
    secret = (await key_of(who, *scopes, **more))["secret"]
    return Agent(who.api, who.name, {"authorization": f"Bearer {secret}"})


@promise("decisions.a-key-decides-nothing")
@pytest.mark.parametrize("owner", ["ana", "sara", "adele"])
async def test_no_route_lets_a_key_do_what_people_do(owner: str, world: World) -> None:
    program = await by_key(await world.agent(owner), "read", "propose")
    closed = [one for one in routes(looking=False) if one[1] not in PROPOSING]
    closed += [one for one in routes(looking=True) if one[1] in PEOPLE_ALONE]
    assert len(closed) > 25
    for method, path in closed:
        told = await program.api.request(method, re.sub(r"{\w+}", "1", path), json={}, headers=program.headers)
        assert (told.status_code, told.json()["code"]) == (403, "key_cannot"), (method, path, told.text)
        assert told.json()["message"].startswith(SAYS)


@promise("decisions.a-key-decides-nothing")
async def test_a_key_reads_and_proposes_as_its_scopes_say(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    case, card = await proposed(world, mira, ana)
    reader, proposer = await by_key(ana, "read"), await by_key(ana, "propose")
    for _, path in routes(looking=True):
        if path not in PEOPLE_ALONE and not path.endswith("/stream"):
            told = await reader.api.get(re.sub(r"{\w+}", "no-such", path), headers=reader.headers)
            assert told.status_code in (200, 404) or told.json()["code"] == "not_allowed", (path, told.text)
    mine = await reader.get(f"/api/desk/proposals/{card['id']}")
    assert (mine["can"], mine["cannot"].startswith(SAYS)) == ([], True)
    assert (await reader.case(case))["can"] == []
    assert "has not the scope propose" in (await edits(reader, card, message="Sorry!", status=403))["message"]
    checked = await proposer.post("/api/studio/policy/checks", {"text": ""}, 200)
    assert not checked["errors"], "a draft is looked at, and nothing is written"
    assert "has not the scope read" in (await proposer.get("/api/desk/me", 403))["message"]
    await tries(proposer, card, message="We are sorry.")
    made = await edits(proposer, card, message="We are sorry.")
    assert made["edited"]["by"] == "Ana Reyes (key nightly)"
    refused = await ana.approves(made, status=403)
    assert "another person must approve it" in refused["message"], "what my key made is mine"
    assert (await ben.approves(made))["state"] == "approved"


async def test_a_key_is_no_more_than_its_owner(world: World, mira: Customer, ana: Agent) -> None:
    sara, otto, adele = [await world.agent(name) for name in ("sara", "otto", "adele")]
    _, card = await proposed(world, mira, ana)
    card = await edits(await by_key(sara, "propose"), card, message="One.")
    for nobody in (otto, adele):
        await edits(await by_key(nobody, "propose"), card, message="Two.", status=403)
    program = await by_key(ana, "read", "propose")
    by_hand(world.database, "update staff set role = 'auditor' where email = 'ana@northwind.example'")
    assert (await program.get("/api/desk/me"))["role"] == "auditor"
    await edits(program, card, message="Three.", status=403)
    by_hand(world.database, "update staff set active = false where email = 'ana@northwind.example'")
    assert "its owner's account is closed" in (await program.get("/api/desk/me", 401))["message"]


async def test_keys_are_listed_and_ended_by_their_owner_or_an_admin(world: World, ana: Agent) -> None:
    ben, adele = await world.agent("ben"), await world.agent("adele")
    first, second = await key_of(ana, "read"), await key_of(ana, "read", days=1)
    assert first["secret"].startswith(f"mdk_live_{first['key']['id']}_")
    assert first["secret"] not in str(await ana.get("/api/studio/keys")), "it is shown once"
    assert not rows(world.database, "select from api_keys where hash = %s or hash = %s", first["secret"], "")
    assert [one["id"] for one in (await ben.get("/api/studio/keys"))["items"]] == []
    await ben.deletes(f"/api/studio/keys/{first['key']['id']}", 404)
    await ana.deletes(f"/api/studio/keys/{first['key']['id']}")
    await adele.deletes(f"/api/studio/keys/{second['key']['id']}")
    found = (await adele.get("/api/studio/keys"))["items"]
    assert [(one["owner"], one["ended_by"]) for one in found] == [("Ana Reyes", adele.name), ("Ana Reyes", "Ana Reyes")]
    for one in (first, second):
        await Agent(ana.api, "", {"authorization": f"Bearer {one['secret']}"}).get("/api/desk/me", 401)


async def test_a_key_is_good_for_its_time_and_its_places(world: World, ana: Agent) -> None:
    near = await by_key(ana, "read", addresses=["127.0.0.0/8", "::1"])
    far = await by_key(ana, "read", addresses=["192.0.2.7"])
    assert (await near.get("/api/desk/me"))["name"] == "Ana Reyes (key nightly)"
    assert "may not be used from this address" in (await far.get("/api/desk/me", 403))["message"]
    by_hand(world.database, "update api_keys set expires_at = clock_timestamp()")
    assert (await near.get("/api/desk/me", 401))["code"] == "wrong_key"
    wrong: list[JSON] = [{"days": 0}, {"days": 1_000}, {"addresses": ["here"]}, {"name": " "}, {"scopes": ["decide"]}]
    for one in wrong:
        await ana.post("/api/studio/keys", {"name": "nightly", "scopes": ["read"], **one}, 422)


async def test_wrong_secrets_are_counted_and_the_right_one_still_works(world: World, ana: Agent) -> None:
    made = await key_of(ana, "read")
    guess = Agent(ana.api, "", {"authorization": f"Bearer mdk_live_{made['key']['id']}_{'0' * 32}"})
    assert [await _status(guess) for _ in range(11)] == [401] * 10 + [429]
    await Agent(ana.api, "", {"authorization": f"Bearer {made['secret']}"}).get("/api/desk/me")
    nobody = Agent(ana.api, "", {"authorization": "Bearer mdk_live_nonsense"})
    assert [await _status(nobody) for _ in range(12)] == [401] * 12


async def _status(who: Agent) -> int:
    return (await who.api.get("/api/desk/me", headers=who.headers)).status_code
