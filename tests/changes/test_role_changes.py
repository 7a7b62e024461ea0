"""Accounts and roles: one hand in setup, two people after it; what was taken is gone in the next request."""

import pytest

from missiondesk.changes import Change, Source, change, new_account, propose_change
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Refused
from tests.promises import promise
from tests.support.admins import second_admin, signed_in
from tests.support.policies import approves_change
from tests.support.record import by_hand, rows
from tests.support.world import JSON, Agent, World

PEOPLE = "/api/studio/people"
CARA = {"name": "Cara", "email": "Cara@northwind.example ", "role": "admin", "password": "cara-is-the-second"}


async def role_of(world: World, name: str, role: str, *, by: Agent, status: int = 200) -> JSON:
    who = (await (await world.agent(name)).get("/api/desk/me"))["id"]
    response = await by.api.put(f"{PEOPLE}/{who}/role", json={"role": role}, headers=by.headers)
    assert response.status_code == status, response.text
    return response.json()


@promise("changes.two-people")
async def test_in_setup_one_admin_changes_accounts_and_it_is_listed(world: World) -> None:
    adele, ben = await world.agent("adele"), await world.agent("ben")
    page = await adele.get(PEOPLE)
    assert (page["setup"], page["may_change"], len(page["items"])) == (True, True, 6)
    changed = await role_of(world, "ben", "auditor", by=adele)
    assert (changed["row"]["state"], changed["row"]["one_hand"]) == ("adopted", True)
    assert changed["difference"] == [{"place": "role", "before": "agent", "after": "auditor", "lines": []}]
    assert (await ben.get("/api/desk/me"))["role"] == "auditor", "in the next request"
    told = await ben.post("/api/desk/proposals/proposal-x/decisions", {"kind": "approve", "digest": "x"}, 404)
    assert told["code"] == "not_found"
    closed = await adele.deletes(f"{PEOPLE}/{(await ben.get('/api/desk/me'))['id']}", 200)
    assert closed["row"]["title"] == "Close the account of Ben Okafor"
    await ben.get("/api/desk/me", 401)
    await signed_in(world, "Ben", "ben@northwind.example", "ben-reads-it-twice", 401)
    added = await adele.post(PEOPLE, CARA)
    assert (added["row"]["one_hand"], added["row"]["title"]) == (True, "Add Cara as admin")
    listed = await adele.get("/api/desk/changes?one_hand=true")
    mine = [one["title"] for one in listed["items"] if one["kind"] == "role"]
    assert mine == ["Add Cara as admin", "Close the account of Ben Okafor", "Make Ben Okafor auditor, who is agent"]
    cara = await signed_in(world, "Cara", "cara@northwind.example", CARA["password"])
    everything = str([added, listed, await cara.get(PEOPLE), await cara.get(f"/api/desk/changes/{added['row']['id']}")])
    assert not any(word in everything for word in ("argon2", CARA["password"]))
    assert (await adele.get(PEOPLE))["setup"] is False
    assert rows(world.database, "select count(*) from changes where after like %s", "%cara-is-the%") == [(0,)]


@promise("changes.two-people")
async def test_after_setup_an_account_waits_for_a_second_admin_and_its_password_is_never_shown(world: World) -> None:
    adele, bruno = await world.agent("adele"), await second_admin(world)
    added = await adele.post(PEOPLE, CARA)
    assert (added["row"]["state"], added["row"]["needed"], added["setup"]) == ("open", 1, False)
    assert [one["place"] for one in added["difference"]] == ["name", "email", "role", "active"]
    await signed_in(world, "Cara", "cara@northwind.example", CARA["password"], 401)
    for supervisor in ("sara", "ana"):
        await approves_change(world, added, by=supervisor, status=403)
    await approves_change(world, added, by="adele", status=403)
    body = {"answer": "approve", "seen": added["digest"]}
    adopted = await bruno.post(f"/api/desk/changes/{added['row']['id']}/answers", body)
    assert (adopted["row"]["state"], adopted["row"]["closed_by"]) == ("adopted", "Adele Brandt and Bruno")
    cara = await signed_in(world, "Cara", "cara@northwind.example", CARA["password"])
    assert (await cara.get("/api/desk/me"))["role"] == "admin"
    assert (await role_of(world, "ben", "admin", by=await world.agent("sara"), status=403))["code"] == "not_allowed"
    twice = await adele.post(PEOPLE, CARA, 409)
    assert "already has an account" in twice["message"]
    assert "There is no role 'boss'" in (await adele.post(PEOPLE, {**CARA, "role": "boss"}, 422))["message"]


@promise("changes.two-people")
async def test_setup_never_returns_once_there_were_two(world: World) -> None:
    adele, bruno = await world.agent("adele"), await second_admin(world)
    me = (await bruno.get("/api/desk/me"))["id"]
    told = await adele.deletes(f"{PEOPLE}/{me}", 409)
    assert "Only 1 admins would be left, and changes need 2" in told["message"]
    assert (await adele.get(PEOPLE))["setup"] is False
    by_hand(world.database, "update staff set active = false where id = %s", me)
    assert (await role_of(world, "ben", "admin", by=adele))["row"]["state"] == "open"
    assert (await adele.get(PEOPLE))["setup"] is False


async def test_what_the_operator_asks_for_needs_two_admins_after_setup(world: World) -> None:
    bruno = await second_admin(world)
    subject, content = await new_account(name="Dora", email="dora@northwind.example", role="agent", password="x" * 12)
    async with world.here.parts.database.transaction() as tx:
        made = await propose_change(
            tx, kind="role", subject=subject, content=content, why="New", asked_by=Source("operator", "root")
        )
    view = {"row": {"id": made.id}, "digest": made.digest}
    assert (await approves_change(world, view, by="adele"))["row"]["needed"] == 1
    body = {"answer": "approve", "seen": made.digest}
    adopted = await bruno.post(f"/api/desk/changes/{made.id}/answers", body)
    assert adopted["row"]["closed_by"] == "Adele Brandt and Bruno"
    await signed_in(world, "Dora", "dora@northwind.example", "x" * 12)


async def test_in_setup_nobody_closes_the_only_admin_and_a_suggestion_waits_for_a_person(world: World) -> None:
    adele = await world.agent("adele")
    told = await role_of(world, "adele", "agent", by=adele, status=409)
    assert "Only 0 admins would be left, and changes need 1" in told["message"]
    [(ben,)] = rows(world.database, "select id from staff where email like 'ben%%'")

    async def suggested(tx: Transaction, role: str) -> Change:
        content = {"do": "role", "role": role}
        source = Source("suggestion", "history")
        return await propose_change(tx, kind="role", subject=ben, content=content, why="As history", asked_by=source)

    async with world.here.parts.database.transaction() as tx:
        made = await suggested(tx, "supervisor")
        assert made.state == "open"
        with pytest.raises(Refused, match="is agent already"):
            await suggested(tx, "agent")
    adopted = await approves_change(world, {"row": {"id": made.id}, "digest": made.digest}, by="adele")
    assert (adopted["row"]["state"], adopted["row"]["one_hand"]) == ("adopted", True)
    async with world.here.parts.database.transaction() as tx:
        assert (await change(tx, made.id)).closed_by == "Adele Brandt"
