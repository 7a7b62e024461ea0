"""Whom a rule excludes cannot be one of those who approve, however many there are."""

from pathlib import Path

from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.company import copied, edit
from tests.support.edited import edits
from tests.support.policies import brought_into_force
from tests.support.postgres import Cloned
from tests.support.record import by_hand
from tests.support.world import CHARGED_TWICE, until, world_at

ONE = 'says = "A refund needs one agent."\napprove = { count = 1, role = "agent" }'
TWO = ONE.replace("1,", "2,").replace(" }", ', exclude = ["last_editor"] }')
LESS = {"minor": 3000, "currency": "EUR"}


@promise("decisions.an-editor-is-an-author")
async def test_an_excluded_editor_is_none_of_the_two(database: Cloned, northwind: Northwind, tmp_path: Path) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, TWO)
    async with world_at(database, northwind, tmp_path / "home", company=str(company)) as world:
        ana, ben, sara = [await world.agent(name) for name in ("ana", "ben", "sara")]
        case = await (await world.customer("mira")).writes(CHARGED_TWICE)
        card = await edits(ana, await ana.card(), amount=LESS)
        assert "not who edited it last" in card["ruling"]["sentence"]
        refused = await ana.approves(card, status=403)
        assert refused["message"] == "You have edited this, and the policy lets nobody approve what they edited."
        await ben.approves(card)
        await sara.approves(card)
        assert (await ana.verdict(case))["outcome"] == "resolved"


@promise("decisions.an-editor-is-an-author")
async def test_an_editor_excluded_by_todays_policy_does_not_count_any_more(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, TWO.replace(', exclude = ["last_editor"]', ""))
    async with world_at(database, northwind, tmp_path / "first", lanes=("turns",), company=str(company)) as world:
        ana, ben = await world.agent("ana"), await world.agent("ben")
        await (await world.customer("mira")).writes(CHARGED_TWICE)
        card = await edits(ana, await ana.card(), amount=LESS)
        await ana.approves(card)
        assert (await ben.approves(card))["state"] == "approved"
        more = 'count = 2, role = "agent", exclude = ["last_editor"] }'
        edit(company / "policy.toml", 'count = 2, role = "agent" }', more)
        await brought_into_force(world, company)
    async with world_at(database, northwind, tmp_path / "second", company=str(company)) as world:
        ana = await world.agent("ana")
        [item] = await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"])
        again = await ana.get(f"/api/desk/proposals/{item['id']}")
    assert "Today's policy asks for more" in again["stale"]["sentence"]
    assert world.calls("refund_payment") == 0


@promise("decisions.an-editor-is-an-author")
async def test_whoever_asked_for_it_is_excluded_by_name_and_reason(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, ONE.replace(" }", ', exclude = ["requester", "case_owner"] }'))
    async with world_at(database, northwind, tmp_path / "home", company=str(company)) as world:
        ana, ben, sara = [await world.agent(name) for name in ("ana", "ben", "sara")]
        mira = await world.customer("mira")
        case = await mira.writes("Do you ever think about the sea?")
        await mira.post(f"/api/customer/cases/{case['id']}/person")
        [item] = await until(ana.queue, bool)
        his = next(one for one in (await ana.get("/api/desk/colleagues"))["items"] if one["name"] == "Samir Haddad")
        await ana.post(f"/api/desk/queue/{item['id']}/give", {"to": his["id"]}, 200)
        await sara.post(f"/api/desk/cases/{case['id']}/close", {"text": ""})
        await mira.adds(case, CHARGED_TWICE)
        first = await ana.card()
        assert "not whose case it is or who asked for it" in first["ruling"]["sentence"]
        second = await edits(ana, first, amount=LESS)
        third = await edits(ben, second, message="We are sorry.")
        assert [(one["name"], one["why"]) for one in third["ruling"]["excluded"]] == [
            ("Ben Okafor", "edited it last"),
            ("Ana Reyes", "asked for it, by editing an earlier version"),
            ("Samir Haddad", "holds this case, or held it last"),
        ]
        told = await ana.approves(third, status=403)
        assert told["message"] == "You have asked for this, and the policy lets nobody approve what they asked for."
        samir = await world.agent("samir")
        told = await samir.approves(third, status=403)
        assert told["message"] == "This is your case, and the policy lets nobody approve in a case of their own."
        await sara.post(f"/api/desk/queue/{third['id']}/claim", {}, 200)
        assert (await sara.approves(third))["state"] == "approved", "who closed it last answered nothing: no owner"
        assert (await ana.verdict(case, missions=2))["outcome"] == "resolved"


@promise("decisions.no-answer-is-no")
async def test_whose_case_it_became_after_they_signed_does_not_count(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, ONE.replace(" }", ', exclude = ["case_owner"] }'))
    async with world_at(database, northwind, tmp_path / "first", lanes=("turns",), company=str(company)) as world:
        ana = await world.agent("ana")
        await (await world.customer("mira")).writes(CHARGED_TWICE)
        assert (await ana.approves(await ana.card()))["state"] == "approved"
    by_hand(database, "update cases set owner_id = (select id from staff where email = 'ana@northwind.example')")
    async with world_at(database, northwind, tmp_path / "second", company=str(company)) as world:
        ana = await world.agent("ana")
        [item] = await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"])
        again = await ana.get(f"/api/desk/proposals/{item['id']}")
    assert (
        "Ana Reyes holds this case, or held it last, so another person must approve it." in again["stale"]["sentence"]
    )
    assert world.calls("refund_payment") == 0
