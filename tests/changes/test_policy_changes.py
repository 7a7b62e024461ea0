"""Another policy: two people bring it into force, and from then on it rules, in every process."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from missiondesk.app import load, running
from missiondesk.changes import Change, Source, changes_open, propose_change, publish_policy
from missiondesk.cli.demo import company_folder
from tests.promises import promise
from tests.support.admins import second_admin
from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.company import copied, edit
from tests.support.policies import approves_change, asked_for
from tests.support.record import rows, untriggered
from tests.support.world import JSON, Agent, World, settings_for

DEMO = (company_folder() / "policy.toml").read_text(encoding="utf-8")
STRICTER = DEMO.replace("500.00 EUR", "40.00 EUR").replace("€500.00", "€40.00")
CHANGES = "/api/desk/changes"


async def waiting(world: World, by: str = "sara") -> list[str]:
    page = await (await world.agent(by)).get(CHANGES)
    assert page["open"] == len(page["items"])
    return [one["id"] for one in page["items"]]


async def in_force(world: World) -> str:
    return (await (await world.agent("sara")).get("/api/studio/policy"))["version"]


async def of_nobody(world: World, text: str, kind: Any = "suggestion") -> Change:
    """A change that no member of staff asked for."""
    async with world.here.parts.database.transaction() as tx:
        asked_by = Source(kind, "212 approvals, none changed")
        content = {"text": text}
        return await propose_change(
            tx, kind="policy", subject="policy", content=content, why="212 approvals", asked_by=asked_by
        )


@promise("changes.two-people")
async def test_an_adopted_policy_rules_at_once_in_every_process(world: World, tmp_path: Path) -> None:
    ana, sara, otto = await world.agent("ana"), await world.agent("sara"), await world.agent("otto")
    case, card = await proposed(world, await world.customer("mira"), ana)
    before = await in_force(world)
    async with running(settings_for(world.database, tmp_path / "second")) as second:

        async def ruled_by() -> list[str]:
            async with second.parts.database.transaction() as tx:
                now_there = (await second.parts.policy.now(tx)).version
            return [now_there, (await ana.get(f"/api/desk/proposals/{card['id']}"))["ruling"]["policy"]]

        view = await asked_for(world, STRICTER)
        assert await ruled_by() == [before, before], "asking changes nothing"
        seen = await otto.get(f"{CHANGES}/{view['row']['id']}")
        [when] = [one for one in seen["difference"] if one["place"] == "rule.large-refund.when"]
        assert (when["before"], when["after"]) == ('["args.amount > 500.00 EUR"]', '["args.amount > 40.00 EUR"]')
        assert (seen["may_answer"], seen["row"]["needed"], seen["setup"]) == (False, 1, False)
        assert seen["cannot"] == "Only a supervisor or an admin answers this, and you are auditor."
        replay = await otto.get(f"{CHANGES}/{view['row']['id']}/replay?days=30")
        assert [(one["how"], one["money"]) for one in replay["flips"]] == [
            ("more people", [{"minor": 4990, "currency": "EUR"}])
        ]
        adopted = await approves_change(world, view)
        after = await in_force(world)
        assert await ruled_by() == [after, after] != [before, before]
    assert (adopted["row"]["closed_by"], adopted["row"]["one_hand"]) == ("Sara Lindqvist and Samir Haddad", False)
    refused = await ana.approves(card, 403)
    assert refused["message"] == "This one needs a supervisor."
    await sara.approves(card)
    signed = await (await world.agent("samir")).approves(card)
    assert [one["policy"] for one in signed["decisions"]] == [after, after]
    async with working(world):
        mission = await ana.verdict(case)
    ruled = {one["kind"]: one["detail"].get("policy") for one in (await ana.trace(mission["id"]))["items"]}
    assert (ruled["ruled"], ruled["decided"]) == (before, after)
    sent = [one["detail"] for one in (await ana.trace(mission["id"]))["items"] if one["detail"].get("state") == "sent"]
    assert [one["policy"] for one in sent] == [after]


@promise("changes.two-people")
async def test_of_three_who_approve_at_once_two_count_and_the_third_is_told(world: World) -> None:
    of = await of_nobody(world, STRICTER)
    body = {"answer": "approve", "seen": of.digest}

    async def approves(name: str) -> tuple[int, JSON]:
        who = await world.agent(name)
        response = await who.api.post(f"{CHANGES}/{of.id}/answers", json=body, headers=who.headers)
        return response.status_code, response.json()

    told = sorted(await asyncio.gather(*map(approves, ("sara", "samir", "adele"))), key=lambda one: one[0])
    assert [status for status, _ in told] == [201, 201, 409]
    assert "adopted this at" in told[2][1]["message"]
    assert told[2][1]["current"]["row"]["state"] == "adopted"
    assert rows(world.database, "select count(*) from policy_versions") == [(2,)]
    assert {status for status, _ in await asyncio.gather(*map(approves, told_counts(told)))} == {201}


def told_counts(told: list[tuple[int, JSON]]) -> list[str]:
    """The first names of those whose answers count: the same again changes nothing."""
    return [one["by"].partition(" ")[0].lower() for one in told[2][1]["current"]["answers"]]


@promise("changes.two-people")
async def test_who_asked_does_not_count_twice_by_any_door(world: World) -> None:
    view = await asked_for(world, STRICTER)
    told = await approves_change(world, view, by="sara", status=403)
    assert told["message"] == "You asked for this, so another person must answer. You can withdraw it."
    for nobody in ("ana", "otto"):
        assert (await approves_change(world, view, by=nobody, status=403))["code"] == "may_not_answer"
    samir = await world.agent("samir")
    assert (await samir.post(f"{CHANGES}/{view['row']['id']}/withdrawal", {}, 403))["code"] == "may_not_answer"
    again = await asked_for(world, STRICTER)
    assert again["row"]["id"] == view["row"]["id"], "the same again is the same change"
    await (await world.agent("sara")).post(f"{CHANGES}/{view['row']['id']}/withdrawal")
    late = await approves_change(world, view, status=409)
    assert late["message"].startswith("Sara Lindqvist withdrew this at ")
    assert await waiting(world) == []


async def test_a_stale_digest_and_a_base_that_is_gone_change_nothing(world: World) -> None:
    view = await asked_for(world, STRICTER)
    wrong = await approves_change(world, {**view, "digest": "0" * 64}, status=409)
    assert (wrong["code"], wrong["current"]["row"]["state"]) == ("another_change", "open")
    other = await asked_for(world, STRICTER.replace("40.00 EUR", "30.00 EUR"), by="adele")
    await approves_change(world, view)
    late = await approves_change(world, other, status=409)
    assert "adopted another change of the same thing" in late["message"]
    assert late["current"]["row"]["state"] == "replaced"
    behind = {"text": DEMO, "why": "Back", "base": view["base"]}
    told = await (await world.agent("sara")).post("/api/studio/policy/changes", behind, 409)
    assert "stands now" in told["message"]
    rejected = await asked_for(world, DEMO)
    body = {"answer": "reject", "seen": rejected["digest"]}
    path = f"{CHANGES}/{rejected['row']['id']}/answers"
    samir = await world.agent("samir")
    assert "needs a reason" in (await samir.post(path, body, 422))["message"]
    after = await samir.post(path, {**body, "note": "Too loose"})
    assert (after["row"]["state"], after["row"]["closed_why"]) == ("rejected", "Too loose")
    history = (await samir.get("/api/studio/policy"))["history"]
    assert [one["by"] for one in history] == ["Sara Lindqvist and Samir Haddad", "policy.toml"]
    assert [one["one_hand"] for one in history] == [False, True]
    large = {one["name"]: one for one in (await samir.get("/api/studio/policy"))["rules"]}["large-refund"]
    assert large["when"] == ["args.amount > 40.00 EUR"]
    assert large["asks"] == "two different people, each a supervisor at least"


@promise("changes.two-people")
async def test_whoever_lost_the_right_before_does_not_count(world: World) -> None:
    adele, sara = await world.agent("adele"), await world.agent("sara")
    await second_admin(world, role="supervisor", name="Cleo")  # for the rule that needs two supervisors
    view = await asked_for(world, STRICTER)
    me = (await sara.get("/api/desk/me"))["id"]
    taken = await adele.api.put(f"/api/studio/people/{me}/role", json={"role": "agent"}, headers=adele.headers)
    assert (taken.status_code, taken.json()["row"]["one_hand"]) == (200, True), taken.text
    await sara.post("/api/studio/policy/changes", {"text": DEMO, "why": "x"}, 403)
    still = await approves_change(world, view)
    assert (still["row"]["state"], still["row"]["needed"]) == ("open", 1)
    assert {one["by"]: one["counts"] for one in still["answers"]} == {"Sara Lindqvist": False, "Samir Haddad": True}
    assert (await approves_change(world, view, by="adele"))["row"]["state"] == "adopted"


async def test_a_draft_is_looked_at_and_a_wrong_one_is_not_asked_for(world: World) -> None:
    sara = await world.agent("sara")
    unread = await sara.post("/api/studio/policy/checks", {"text": DEMO.replace("500.00 EUR", "500,00 EUR")}, 200)
    assert (unread["errors"][0]["rule"], unread["errors"][0]["place"]) == ("large-refund", "when 1")
    draft = DEMO.replace("count = 2, role", "count = 5, role")
    looked = await sara.post("/api/studio/policy/checks", {"text": draft}, 200)
    assert [one["rule"] for one in looked["findings"] if one["weight"] == "wrong"] == ["large-refund"]
    assert (looked["table"][0]["rule"], [one["place"] for one in looked["difference"]]) == (
        "large-refund",
        ["rule.large-refund.approve.count"],
    )
    body = {"text": draft, "why": "Five"}
    told = await sara.post("/api/studio/policy/changes", body, 422)
    assert "only 2 may decide as a supervisor: nobody could approve" in told["message"]
    assert told["current"]["findings"][0]["rule"] == "large-refund"
    assert "in force already" in (await sara.post("/api/studio/policy/changes", {**body, "text": DEMO}, 409))["message"]
    assert (await sara.post("/api/studio/policy/replays", {"text": DEMO}, 200))["unchanged"] == 0
    for why, says in ((" ", "Please say why"), ("x" * 2_001, "at most 2,000 characters")):
        told = await sara.post("/api/studio/policy/changes", {"text": STRICTER, "why": why}, 422)
        assert says in told["message"]
    assert await waiting(world) == []


@promise("changes.two-people")
async def test_a_file_that_changed_waits_once_and_what_is_in_force_stays(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    company, before = copied(tmp_path), await in_force(world)
    settings = settings_for(world.database, tmp_path / "again", company=str(company))
    edit(company / "policy.toml", "500.00 EUR", "40.00 EUR")
    for _ in range(2):
        parts = await load(settings, world.here.parts.database)
        await parts.connections.close()
    [first] = await waiting(world)
    assert f"waits for two people: change {first}" in caplog.text
    assert await in_force(world) == before
    edit(company / "policy.toml", "40.00 EUR", "30.00 EUR")
    await published(world, company)
    [second] = await waiting(world)
    assert (await (await world.agent("sara")).get(f"{CHANGES}/{first}"))["row"]["state"] == "replaced"
    view = await (await world.agent("sara")).get(f"{CHANGES}/{second}")
    assert (view["row"]["source"], view["row"]["needed"]) == ("file", 2)
    edit(company / "policy.toml", "30.00 EUR", "500.00 EUR")
    await published(world, company)
    assert await waiting(world) == [], "the file says again what is in force"
    edit(company / "policy.toml", "count = 2, role", "count = 5, role")
    await published(world, company)
    assert (await waiting(world), "policy.toml is not asked for: rule large-refund" in caplog.text) == ([], True)


async def published(world: World, company: Path) -> None:
    async with world.here.parts.database.transaction() as tx:
        await publish_policy(tx, company)


async def test_a_file_that_was_rejected_or_overtaken_does_not_come_back(world: World, tmp_path: Path) -> None:
    await approves_change(world, await asked_for(world, STRICTER.replace("40.00", "30.00")))
    await published(world, company_folder())
    assert await waiting(world) == [], "what the file says was in force once, and people put another in its place"
    company = copied(tmp_path)
    edit(company / "policy.toml", "500.00 EUR", "40.00 EUR")
    await published(world, company)
    [first] = await waiting(world)
    sara: Agent = await world.agent("sara")
    digest = (await sara.get(f"{CHANGES}/{first}"))["digest"]
    await sara.post(f"{CHANGES}/{first}/answers", {"answer": "reject", "seen": digest, "note": "No"})
    await published(world, company)
    assert await waiting(world) == []


async def test_a_change_whose_row_was_tampered_with_is_never_adopted(world: World) -> None:
    of = await of_nobody(world, STRICTER)
    untriggered(world.database, "update changes set after = replace(after, '40.00', '9000.00') where state = 'open'")
    view = {"row": {"id": of.id}, "digest": of.digest}
    await approves_change(world, view, by="sara")
    told = await approves_change(world, view, by="samir", status=409)
    assert "not as it was asked for" in told["message"]
    async with world.here.parts.database.transaction() as tx:
        assert [one.state for one in await changes_open(tx)] == ["open"]
