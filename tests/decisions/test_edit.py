"""An edit makes a new proposal: typed as the tool wants it, ruled on anew, and approved by somebody else."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from missiondesk.decisions import NotAsApproved, Proposed, approved_action, open_proposal, opened
from missiondesk.ids import GrantId, MissionId
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import answers, intact, working
from tests.support.approved import effects_in, proposed
from tests.support.company import copied
from tests.support.company import edit as rewrite
from tests.support.edited import LESS, arguments_of, edits, tries
from tests.support.held import holds, seen_by, time_is_over
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.world import ALL, BESIDE, JSON, Agent, Customer, World, until, world_at

OWN_WORDS = "We refund €39.90: one euro a day was used."
NOT_BY_HAND = """[rule.not-by-hand]
action = "billing.refund_payment"
when = ["lineage.args.amount != record"]
deny = "No amount by hand."
"""
BY_HAND = "No amount by hand (the origin of amount is person)."
SIGNED = (
    "insert into decisions (id, proposal_id, kind, by_id, by_name, by_role, seen, at) "
    "values ('decision-1', %s, 'approve', %s, 'Ana Reyes', 'agent', %s, now())"
)
AS_IF_APPROVED = (
    "insert into grants select 'grant-1', id, 0, body::json->'actions'->0->>'digest', now() from proposals "
    "where closed is null",
    "update proposals set closed = 'approved', closed_by = 'nobody', closed_at = now() where closed is null",
    "update missions set turn = turn + 1, state = 'runnable', lane = 'effects', waits_for = null, wake_at = null",
)


@promise("decisions.what-you-approve-is-what-runs")
@promise("decisions.an-editor-is-an-author")
async def test_what_was_edited_runs_as_edited_once_somebody_else_approves(
    world: World, mira: Customer, ana: Agent
) -> None:
    ben = await world.agent("ben")
    case, card = await proposed(world, mira, ana)
    new = await edits(ana, card, amount=LESS, message=OWN_WORDS, because="She used it for ten days.")
    assert (new["state"], new["decisions"], new["message"]) == ("open", [], OWN_WORDS)
    assert new["title"].startswith("Refund €39.90")
    assert (new["edited"]["of"], new["edited"]["by"]) == (card["id"], "Ana Reyes")
    assert [(one["label"], one["before"], one["after"]) for one in new["edited"]["changes"]] == [
        ("amount", "€49.90", "€39.90"),
        ("message to the customer", card["message"], OWN_WORDS),
    ]
    assert (new["can"], new["cannot"]) == (
        ALL[1:],
        "You have edited this, so another person must approve it.",
    )
    await ana.approves(new, status=403)
    old = await seen_by(ana, card)
    assert (old["state"], [one["kind"] for one in old["decisions"]]) == ("edited", ["edit"])
    assert [one["id"] for one in await ana.queue()] == [new["id"]]
    assert [one["decided"] for one in await ana.queue("decided")] == ["edited by Ana Reyes"]
    await ben.approves(new)
    async with working(world):
        mission = await ana.verdict(case)
    assert [row[:3] for row in world.refunds()] == [("pay_7702", 3990, "EUR")]
    assert [text for text in await answers(ana, case) if "refund" in text] == [OWN_WORDS]
    lines = [one["line"] for one in await intact(ana, mission) if one["kind"] in ("proposed", "decided")]
    assert lines == [
        f"Proposed: {card['title']}",
        "Ana Reyes (agent) edited it into a new proposal: She used it for ten days.",
        f"Proposed anew, as edited: {new['title']}",
        "Ben Okafor (agent) approved",
    ]
    kinds = [one["kind"] for one in await intact(ana, mission)]
    assert kinds[kinds.index("decided") :][:3] == ["decided", "proposed", "ruled"]


async def test_only_what_was_changed_comes_from_the_person(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    new = await edits(ana, card, amount=LESS)
    before, after = [{one["name"]: one["origin"] for one in it["actions"][0]["arguments"]} for it in (card, new)]
    assert (after["amount"]["kind"], after["amount"]["label"]) == ("person", "edited by Ana Reyes")
    assert {**after, "amount": None} == {**before, "amount": None}
    assert new["evidence"] == card["evidence"]
    async with world.here.parts.database.transaction() as tx:
        made = await open_proposal(tx, MissionId(card["mission_id"]))
    assert made is not None
    [then, now] = [opened(one["actions"][0]["canonical"]) for one in (card, new)]
    assert (now.evidence, now.expires, now.definition) == (then.evidence, then.expires, then.definition)
    assert made.proposed.digest == made.digest == new["digest"] != card["digest"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"amount": {"minor": 39.5, "currency": "EUR"}}, "billing.refund_payment/amount/minor: 39.5 is not of type"),
        ({"amount": {"minor": "3990", "currency": "EUR"}}, "billing.refund_payment/amount/minor"),
        ({"amount": 3990}, "billing.refund_payment/amount: 3990 is not of type"),
        ({"reason": "x" * 2001}, "billing.refund_payment/reason"),
        ({"customer_id": "cus_ext_9"}, "'customer_id' was unexpected"),
        ({"idempotency_key": "mine"}, "'idempotency_key' was unexpected"),
        ({"else": 1}, "'else' was unexpected"),
        ({"reason": "all\u202efine"}, "U+202E"),
        ({"amount": {"minor": 4990, "currency": "EUR"}}, "Nothing was changed"),
    ],
)
async def test_what_the_tool_does_not_take_or_is_not_a_persons_to_set_is_refused(
    changed: dict[str, Any], says: str, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    assert says in (await edits(ana, card, **changed, status=422))["message"]
    assert says in (await tries(ana, card, **changed, status=422))["message"]
    await unchanged(world, ana, card)


@pytest.mark.parametrize("arguments", [{}, {"amount": LESS}], ids=["none", "one"])
async def test_arguments_are_complete_or_refused(arguments: JSON, world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    body = {"digest": card["digest"], "actions": [{"position": 0, "arguments": arguments}]}
    refused = await ana.post(f"/api/desk/proposals/{card['id']}/edit", body, 422)
    assert "is a required property" in refused["message"]
    body["actions"] = [{"position": 1, "arguments": arguments_of(card)}]
    assert "no action 2" in (await ana.post(f"/api/desk/proposals/{card['id']}/edit", body, 422))["message"]
    await unchanged(world, ana, card)


@pytest.mark.parametrize("name", ["otto", "adele"])
async def test_who_does_not_decide_does_not_edit(name: str, world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    who = await world.agent(name)
    assert "does not decide" in (await edits(who, card, amount=LESS, status=403))["message"]
    await tries(who, card, amount=LESS, status=403)
    await unchanged(world, ana, card)


@promise("decisions.carry-what-was-seen")
async def test_an_edit_of_other_bytes_than_those_shown_is_refused(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    other = {**card, "digest": "0" * 64}
    for conflict in (
        await edits(ana, other, amount=LESS, status=409),
        await tries(ana, other, amount=LESS, status=409),
    ):
        assert conflict["current"]["digest"] == card["digest"]
    await unchanged(world, ana, card)


async def test_what_is_decided_cannot_be_edited_and_what_was_edited_cannot_be_decided(
    world: World, mira: Customer, ana: Agent
) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    new = await edits(ana, card, amount=LESS)
    for late in (await ben.approves(card, status=409), await edits(ben, card, amount=LESS, status=409)):
        assert late["message"] == "Ana Reyes has edited this into a new proposal. Nothing was sent for your answer."
        assert late["current"]["state"] == "edited"
    await ben.rejects(new, "No refund.")
    assert "Ben Okafor has rejected this already" in (await edits(ana, new, amount=LESS, status=409))["message"]
    assert rows(world.database, "select count(*) from grants") == [(0,)]


async def test_the_same_edit_sent_again_is_one_edit(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    new = await edits(ana, card, amount=LESS, key="k1")
    assert (await edits(ana, card, amount=LESS, key="k1"))["id"] == new["id"]
    await edits(ana, card, amount=LESS, key="k2", status=409)
    assert rows(world.database, "select revision, closed from proposals order by 1") == [(0, "edited"), (1, None)]


@promise("decisions.an-edit-voids-approvals")
async def test_approvals_are_void_also_the_editors_own_and_those_that_are_held(world: World, ana: Agent) -> None:
    tomas, sara, samir = await world.customer("tomas"), await world.agent("sara"), await world.agent("samir")
    await tomas.writes("I paid twice for order 4544")
    async with working(world):
        card = await ana.card()
    await sara.approves(card)
    await holds(samir, card)
    assert "needs a supervisor" in (await edits(ana, card, message=OWN_WORDS, status=403))["message"]
    new = await edits(sara, card, message=OWN_WORDS)
    old = await seen_by(ana, card)
    assert [(one["kind"], one["standing"]) for one in old["decisions"]] == [
        ("approve", "stopped"),
        ("approve", "stopped"),
        ("edit", "counts"),
    ]
    assert new["decisions"] == []
    time_is_over(world)
    async with working(world):
        assert (await sara.approves(new))["state"] == "open", "one of two, and the other is not the editor"
        assert rows(world.database, "select count(*) from grants") == [(0,)]
        assert (await samir.approves(new))["state"] in ("approved", "done")


@promise("decisions.an-editor-is-an-author")
async def test_of_two_edits_the_last_editor_counts(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    new = await edits(ana, card, amount=LESS)
    last = await edits(ben, new, message=OWN_WORDS)
    assert {one["name"]: one["origin"]["label"] for one in last["actions"][0]["arguments"]}[
        "amount"
    ] == "edited by Ana Reyes"
    await ben.approves(last, status=403)
    assert (await ana.approves(last))["state"] == "approved"


@promise("decisions.an-editor-is-an-author")
async def test_nothing_runs_on_the_editors_approval_even_if_somebody_made_a_grant(
    world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    new = await edits(ana, card, amount=LESS)
    [(ana_id,)] = rows(world.database, "select by_id from decisions")
    by_hand(world.database, SIGNED, new["id"], ana_id, new["digest"])
    for statement in AS_IF_APPROVED:
        assert by_hand(world.database, statement) == 1
    async with world.here.parts.database.transaction() as tx:
        with pytest.raises(NotAsApproved, match="not enough approvals"):
            await approved_action(tx, GrantId("grant-1"))
    async with working(world):
        effects = await until(lambda: effects_in(ana, new), lambda them: [one[0] for one in them] == ["stale"])
    assert "not enough approvals" in str(effects[0][1])
    assert world.calls("refund_payment") == 0


@promise("decisions.what-you-approve-is-what-runs")
async def test_who_edited_it_is_part_of_what_is_approved(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    new = await edits(ana, card, amount=LESS)
    await ben.approves(new)
    taken_out = "update proposals set body = (body::jsonb - 'edited')::text where id = %s"
    assert by_hand(world.database, taken_out, new["id"]) == 1
    async with working(world):
        effects = await until(lambda: effects_in(ana, new), lambda them: [one[0] for one in them] == ["stale"])
    assert "not approved as it is stored" in str(effects[0][1])
    assert world.calls("refund_payment") == 0


@promise("decisions.what-you-approve-is-what-runs")
async def test_an_edit_does_not_seal_what_somebody_changed_behind_its_back(
    world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    changed = "update proposals set body = replace(body, 'pay_7702', 'pay_7701')"
    assert by_hand(world.database, changed) == 1
    assert "not what was proposed" in (await edits(ana, card, message=OWN_WORDS, status=409))["message"]
    assert rows(world.database, "select count(*) from proposals") == [(1,)]


@promise("decisions.no-answer-is-no")
async def test_the_policy_rules_on_what_it_became(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    much = {"minor": 50001, "currency": "EUR"}
    told = await tries(ana, card, amount=much)
    assert (told["ruling"]["kind"], told["ruling"]["needed"], told["ruling"]["role"]) == (
        "needs_approvals",
        2,
        "supervisor",
    )
    assert told["title"].startswith("Refund €500.01")
    assert [one["after"] for one in told["changes"]] == ["€500.01"]
    await unchanged(world, ana, card)
    new = await edits(ana, card, amount=much)
    assert (new["ruling"]["needed"], new["risk"], new["can"]) == (2, "high", BESIDE)
    assert (await tries(await world.agent("sara"), new, amount=LESS))["ruling"]["needed"] == 1


async def test_what_the_policy_forbids_is_shown_and_not_saved(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    rewrite(company / "policy.toml", "[rule.note]", f"{NOT_BY_HAND}\n[rule.note]")
    async with world_at(database, northwind, tmp_path / "home", company=str(company), lanes=()) as world:
        ana = await world.agent("ana")
        _, card = await proposed(world, await world.customer("mira"), ana)
        told = await tries(ana, card, amount=LESS)
        assert (told["ruling"]["kind"], told["ruling"]["sentence"]) == ("deny", BY_HAND)
        refused = await edits(ana, card, amount=LESS, status=409)
        assert refused["message"] == f"The policy does not allow this: {BY_HAND} Nothing was changed."
        await unchanged(world, ana, card)


async def test_where_something_goes_to_is_not_typed_by_hand(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    rewrite(
        company / "connections" / "billing.toml",
        'remedy = "Refund of',
        'destinations = ["payment_id"]\nremedy = "Refund of',
    )
    async with world_at(database, northwind, tmp_path / "home", company=str(company), lanes=()) as world:
        ana = await world.agent("ana")
        _, card = await proposed(world, await world.customer("mira"), ana)
        refused = await edits(ana, card, payment_id="pay_7701", status=422)
        assert "it comes from a record" in refused["message"]
        form = await ana.get(f"/api/desk/proposals/{card['id']}/edit")
        locked = {one["name"]: one["locked"] for one in form["actions"][0]["fields"]}
        assert "comes from a record" in locked["payment_id"]
        await unchanged(world, ana, card)


@pytest.mark.parametrize(
    ("what", "says"),
    [("definition", "not the tool that was reviewed"), ("terms", "What was decided about Billing has changed")],
)
async def test_a_tool_that_is_not_as_it_was_proposed_is_not_edited(
    what: str, says: str, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await proposed(world, mira, ana)
    was: str = json.loads(card["actions"][0]["canonical"])[what]
    assert by_hand(world.database, "update proposals set body = replace(body, %s, %s)", was, "0" * len(was)) == 1
    sealed_anew(world)
    card = await seen_by(ana, card)
    assert says in (await edits(ana, card, amount=LESS, status=409))["message"]


async def test_evidence_gets_no_younger_by_an_edit(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    until_then = opened(card["actions"][0]["canonical"]).expires
    other = "update proposals set body = replace(body, %s, '2020-01-01T00:00:00+00:00')"
    assert by_hand(world.database, other, until_then.isoformat()) == 1
    sealed_anew(world)
    card = await seen_by(ana, card)
    assert "too old by now" in (await edits(ana, card, amount=LESS, status=409))["message"]


async def test_while_it_is_frozen_it_can_be_edited_and_not_approved(world: World, mira: Customer, ana: Agent) -> None:
    ben, sara = await world.agent("ben"), await world.agent("sara")
    _, card = await proposed(world, mira, ana)
    await sara.post("/api/desk/freezes", {"scope": "all", "why": "An incident"})
    new = await edits(ana, card, amount=LESS)
    await ben.approves(new, status=409)
    assert (await seen_by(ben, new))["can"] == ALL[1:]


async def test_the_customer_sees_what_it_became_and_only_that(world: World, mira: Customer, ana: Agent) -> None:
    case, card = await proposed(world, mira, ana)
    await edits(ana, card, amount=LESS)
    seen = await mira.get(f"/api/customer/cases/{case['id']}")
    assert [(one["state"], one["amount"]["minor"]) for one in seen["remedies"]] == [("waiting", 3990)]
    await mira.adds(case, "It is order 4471, by the way.")
    async with working(world):
        again = await ana.card()
    assert (again["edited"], again["title"]) == (None, card["title"])


async def test_an_edit_and_an_approval_at_once_are_one_of_them(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    body = {"digest": card["digest"], "actions": [{"position": 0, "arguments": arguments_of(card, amount=LESS)}]}
    path = f"/api/desk/proposals/{card['id']}"
    edited, approved = await asyncio.gather(
        world.api.post(f"{path}/edit", json=body, headers=ana.headers),
        world.api.post(f"{path}/decisions", json={"kind": "approve", "digest": card["digest"]}, headers=ben.headers),
    )
    assert sorted((edited.status_code, approved.status_code)) == [201, 409]
    assert rows(world.database, "select count(*) from proposals where closed is null") == [(int(edited.is_success),)]
    assert rows(world.database, "select count(*) from grants") == [(int(approved.is_success),)]


async def unchanged(world: World, ana: Agent, card: JSON) -> None:
    """Nothing of an edit was written."""
    assert rows(world.database, "select count(*) from decisions") == [(0,)]
    assert rows(world.database, "select id, closed from proposals") == [(card["id"], None)]
    assert [one["kind"] for one in (await ana.trace(card["mission_id"]))["items"]].count("proposed") == 1


def sealed_anew(world: World) -> None:
    """As if what was changed by hand had been proposed like that."""
    [(body,)] = rows(world.database, "select body from proposals")
    made = json.loads(body)
    for action in made["actions"]:
        action["digest"] = hashlib.sha256(action["sealed"].encode()).hexdigest()
    stored = Proposed.model_validate(made)
    by_hand(world.database, "update proposals set body = %s, digest = %s", stored.model_dump_json(), stored.digest)
