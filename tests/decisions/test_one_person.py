"""Nobody is two people: not by a second account, not by one that is found to be theirs after they have signed."""

from pathlib import Path
from typing import Any

import pytest

from missiondesk.people import add_staff
from missiondesk.people.staff import mailbox
from tests.decisions.test_excluded import ONE
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.approved import proposed
from tests.support.company import copied, edit
from tests.support.edited import edits
from tests.support.postgres import Cloned
from tests.support.record import rows
from tests.support.world import JSON, Agent, Customer, World, until, world_at
from tests.terminal.test_commands import typed

TWO = ONE.replace("1,", "2,")
PASSWORD = "the-same-hands-again"


async def account(world: World, email: str, role: str = "agent") -> Agent:
    """Somebody new, signed in."""
    async with world.here.parts.database.transaction() as tx:
        await add_staff(tx, name=email.partition("@")[0], email=email, role=role, password=PASSWORD)
    answer = await world.api.post("/api/sessions", json={"email": email, "password": PASSWORD})
    return Agent(world.api, email, {"authorization": f"Bearer {answer.json()['token']}"})


async def are_one(world: World, one: str, other: str, status: int = 200) -> JSON:
    return await (await world.agent("adele")).post("/api/studio/people/same", {"one": one, "other": other}, status)


@pytest.mark.parametrize("email", ["Ana@northwind.example", "ana+desk@northwind.example", "ANA+a+b@Northwind.Example"])
def test_a_mailbox_is_one_however_it_is_written(email: str) -> None:
    assert mailbox(email) == "ana@northwind.example"


@promise("decisions.one-person-is-one")
async def test_the_same_mailbox_is_the_same_person_at_once(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    again = await account(world, "ana+second@northwind.example")
    card = await edits(ana, card, message="We are sorry.")
    for who in (ana, again):
        assert "another person must approve it" in (await who.approves(card, status=403))["message"]
    assert (await again.get(f"/api/desk/proposals/{card['id']}"))["can"] == [
        "edit",
        "reject",
        "respond",
        "ask",
        "take_over",
    ]
    assert (await (await world.agent("ben")).approves(card))["state"] == "approved"


@promise("decisions.one-person-is-one")
async def test_who_signed_by_one_account_does_not_sign_by_the_other(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, TWO)
    async with world_at(database, northwind, tmp_path / "home", company=str(company)) as world:
        mira, ana, ben = await world.customer("mira"), await world.agent("ana"), await world.agent("ben")
        double = await account(world, "a.reyes@elsewhere.example")
        assert await are_one(world, "ana@northwind.example", "A.Reyes@elsewhere.example") == {
            "emails": ["a.reyes@elsewhere.example", "ana@northwind.example"]
        }
        case = await mira.writes("I was charged twice for order #4471 and want a refund.")
        card = await ana.card()
        await ana.approves(card)
        told = await double.approves(card, status=403)
        assert told["message"] == "You have signed already, as Ana Reyes; another person must."
        [item] = await ana.queue()
        assert (item["signed"], item["needed"], (await ben.get(f"/api/desk/proposals/{card['id']}"))["signed"]) == (
            1,
            2,
            1,
        )
        await ben.approves(card)
        assert (await ana.verdict(case))["outcome"] == "resolved"


@promise("decisions.one-person-is-one")
async def test_accounts_that_turn_out_to_be_one_persons_send_it_back_to_the_queue(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, TWO)
    home = tmp_path / "home"
    async with world_at(database, northwind, home, lanes=("turns",), company=str(company)) as world:
        mira, ana, ben = await world.customer("mira"), await world.agent("ana"), await world.agent("ben")
        await mira.writes("I was charged twice for order #4471 and want a refund.")
        card = await ana.card()
        await ana.approves(card)
        assert (await ben.approves(card))["state"] == "approved"
        environ: dict[str, Any] = {"DATABASE_URL": database.url, "MISSIONDESK_OWNER_URL": database.owner_url}
        emails = ("ben@northwind.example", "ana@northwind.example")
        assert "One person from now on" in await typed(world, home, "people", "same", *emails, **environ)
        assert "same person as" in await typed(world, home, "people", "list", **environ)
    async with world_at(database, northwind, home, company=str(company)) as world:
        ana, sara = await world.agent("ana"), await world.agent("sara")
        [item] = await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"])
        again = await ana.get(f"/api/desk/proposals/{item['id']}")
        assert "Ana Reyes and Ben Okafor are accounts of one person" in again["stale"]["sentence"]
        assert world.calls("refund_payment") == 0
        await ana.approves(again)
        await (await world.agent("ben")).approves(again, status=403)
        assert (await sara.approves(again))["state"] == "approved"


async def test_only_an_admin_says_who_is_whom(world: World, ana: Agent) -> None:
    emails = ["ana@northwind.example", "ben@northwind.example"]
    await ana.post("/api/studio/people/same", {"one": emails[0], "other": emails[1]}, 403)
    assert "Nobody of staff has the address" in (await are_one(world, emails[0], "x@y.example", status=404))["message"]
    await are_one(world, emails[0], emails[0], status=422)
    assert rows(world.database, "select count(*) from staff where person <> id") == [(0,)]
    listed = (await ana.get("/api/studio/people"))["items"]
    assert {one["person"] == one["id"] for one in listed} == {True}
