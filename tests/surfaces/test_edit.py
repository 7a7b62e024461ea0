"""A proposal as a form, and edited in a terminal."""

from pathlib import Path
from typing import Any

import pytest

from missiondesk.cli.assignments import changed_arguments
from missiondesk.kit.errors import Invalid
from tests.support.edited import LESS, edits
from tests.support.record import rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World
from tests.surfaces.test_streams import first, following
from tests.terminal.test_commands import typed

ACTION: JSON = {
    "fields": [
        {"name": "customer_id", "kind": "text", "value": "cus_1", "given": True, "bound": True},
        {"name": "amount", "kind": "money", "value": {"minor": 4990, "currency": "EUR"}, "given": True, "bound": False},
        {"name": "days", "kind": "integer", "value": None, "given": False, "bound": False},
        {"name": "note", "kind": "text", "value": "7", "given": True, "bound": False},
    ]
}


async def test_the_form_types_each_argument_and_says_why_some_are_locked(
    world: World, mira: Customer, ana: Agent
) -> None:
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    form = await ana.get(f"/api/desk/proposals/{card['id']}/edit")
    assert (form["digest"], form["message"]) == (card["digest"], card["message"])
    [action] = form["actions"]
    fields = {one["name"]: one for one in action["fields"]}
    assert (action["tool"], set(fields)) == (
        "billing.refund_payment",
        {"customer_id", "payment_id", "amount", "reason"},
    )
    assert {name: (one["kind"], one["required"]) for name, one in fields.items() if not one["bound"]} == {
        "payment_id": ("text", True),
        "amount": ("money", True),
        "reason": ("text", True),
    }
    assert "EUR" in fields["amount"]["choices"]
    assert (fields["amount"]["value"], fields["amount"]["locked"]) == ({"minor": 4990, "currency": "EUR"}, None)
    assert (fields["customer_id"]["bound"], "Bound" in fields["customer_id"]["locked"]) == (True, True)
    assert fields["reason"]["longest"] == 2000


@pytest.mark.parametrize("body", ['{"minor": NaN, "currency": "EUR"}', '"\\ud800"', f"{'[' * 60}{']' * 60}"])
async def test_what_cannot_be_sealed_is_refused(body: str, world: World, mira: Customer, ana: Agent) -> None:
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    said = f'{{"digest": "{card["digest"]}", "actions": [{{"position": 0, "arguments": {{"amount": {body}}}}}]}}'
    headers = {**ana.headers, "content-type": "application/json"}
    for end in ("edit", "edit/preview"):
        path = f"/api/desk/proposals/{card['id']}/{end}"
        assert (await world.api.post(path, content=said, headers=headers)).status_code == 422
    assert rows(world.database, "select count(*) from proposals") == [(1,)]


async def test_everybody_at_the_desk_hears_of_an_edit(world: World, mira: Customer, ana: Agent) -> None:
    ben = await world.agent("ben")
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    async with following(ben, "/api/desk/stream") as events:
        await first(events, "hello")
        new = await edits(ana, card, amount=LESS)
        assert (await first(events, "queue"))["changed"] == sorted([card["id"], new["id"]])
    [item] = await ben.queue()
    assert (item["edited"], item["amount"]) == ("Ana Reyes", LESS)


async def test_a_proposal_is_edited_in_a_terminal(world: World, mira: Customer, ana: Agent, tmp_path: Path) -> None:
    await typed(world, tmp_path, "login", "--email", "ana@northwind.example", "--url", str(world.api.base_url))
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    edit = ("decisions", "edit", card["id"], "--seen", card["digest"][:12])
    tried = await typed(world, tmp_path, *edit, "--set", "amount.minor=3990", "--dry-run")
    assert "amount: €49.90 → €39.90" in tried
    assert "nothing was changed" in tried
    assert rows(world.database, "select count(*) from proposals") == [(1,)]
    wrong = await typed(world, tmp_path, *edit, "--set", "amount.minor=many", status=1)
    assert "billing.refund_payment/amount/minor" in wrong
    said = await typed(world, tmp_path, *edit, "--set", "amount.minor=3990", "--message", "Less.", "--reason", "Used.")
    assert "somebody else must approve it" in said
    new = await ana.card()
    shown = await typed(world, tmp_path, "decisions", "show", new["id"])
    assert "edited by Ana Reyes, so somebody else must approve" in shown
    assert "amount: €49.90 → €39.90" in shown
    approve = ("decisions", "approve", new["id"], "--seen", new["digest"][:12])
    assert "another person must approve" in await typed(world, tmp_path, *approve, status=1)


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("amount.minor=3990", {"amount": {"minor": 3990, "currency": "EUR"}, "note": "7"}),
        ("1:days=3", {"amount": {"minor": 4990, "currency": "EUR"}, "days": 3, "note": "7"}),
        ("note=8", {"amount": {"minor": 4990, "currency": "EUR"}, "note": "8"}),
        ("note=a=b", {"amount": {"minor": 4990, "currency": "EUR"}, "note": "a=b"}),
    ],
)
def test_what_is_typed_is_put_in_its_place(said: str, arguments: dict[str, Any]) -> None:
    assert changed_arguments([ACTION], [said]) == [{"position": 0, "arguments": arguments}]


@pytest.mark.parametrize("said", ["amount", "=3", "x:amount=3", "2:days=3", "0:days=3", "else.minor=3", "note.minor=3"])
def test_what_has_no_place_is_refused(said: str) -> None:
    with pytest.raises(Invalid):
        changed_arguments([ACTION], [said])
