"""One switch stops effects. Missions go on reading, and what was held goes on by itself when it is lifted."""

import asyncio

import pytest

from missiondesk.effects import freeze
from missiondesk.effects.freezing import frozen
from missiondesk.kit.database import Database
from tests.promises import promise
from tests.support.afterwards import working
from tests.support.approved import approved, proposed
from tests.support.record import rows
from tests.support.world import ALL, Agent, Customer, World, until

REFUND = "tool:billing.refund_payment"
WHY = "Billing refunds the wrong amounts"


@promise("effects.freeze-stops-them")
@pytest.mark.parametrize("scope", ["all", "connection:billing", REFUND, "brief:duplicate-charge"])
async def test_what_is_frozen_is_not_sent_and_goes_on_when_it_is_lifted(
    world: World, mira: Customer, ana: Agent, scope: str
) -> None:
    case, card = await approved(world, mira, ana)
    sara = await world.agent("sara")
    made = await sara.post("/api/desk/freezes", {"scope": scope, "why": WHY}, 201)
    assert (made["freeze"]["by"], made["in_flight"]) == ("Sara Lindqvist", [])
    async with working(world):
        line = await until(lambda: held(ana, card["mission_id"]), lambda found: found)
        assert line[0]["line"] == f"Nothing is sent while it is frozen by Sara Lindqvist: {WHY}"
        assert world.calls("refund_payment") == 0
        await sara.deletes(f"/api/desk/freezes/{made['freeze']['id']}")
        assert (await ana.verdict(case))["outcome"] == "resolved"
    assert world.calls("refund_payment") == 1
    assert len(await held(ana, card["mission_id"])) == 1, "it is told once, however often it was looked at"


async def test_another_scope_holds_up_nothing(world: World, mira: Customer, ana: Agent) -> None:
    await ana.post("/api/desk/freezes", {"scope": "tool:billing.change_subscription", "why": WHY}, 201)
    case, _ = await approved(world, mira, ana)
    async with working(world):
        assert (await ana.verdict(case))["outcome"] == "resolved"


async def test_missions_go_on_reading_and_nothing_can_be_approved(world: World, mira: Customer, ana: Agent) -> None:
    await ana.post("/api/desk/freezes", {"scope": "connection:billing", "why": WHY}, 201)
    _, card = await proposed(world, mira, ana)
    assert card["evidence"] != []
    says = f"The connection billing is frozen by Ana Reyes: {WHY}."
    assert (card["can"], card["cannot"]) == (ALL[1:], says)
    stale_tab = await ana.approves(card, status=409)
    assert (stale_tab["code"], stale_tab["message"]) == ("while_frozen", f"{says} Nothing was sent.")
    await ana.rejects(card, "Not now")


async def test_everybody_sees_who_froze_what_and_why(world: World, ana: Agent) -> None:
    await ana.post("/api/desk/freezes", {"scope": REFUND, "why": f" {WHY}\n"}, 201)
    page = await ana.get("/api/desk/freezes")
    (one,) = page["items"]
    assert one["says"] == f"The tool billing.refund_payment is frozen by Ana Reyes: {WHY}."
    assert (page["can_freeze"], page["can_lift"]) == (True, False)
    again = await ana.post("/api/desk/freezes", {"scope": REFUND, "why": "me too"}, 409)
    assert again["message"] == f"Ana Reyes froze this already: {WHY}"
    assert "ask a supervisor" in (await ana.deletes(f"/api/desk/freezes/{one['id']}", 403))["message"]
    admin = await world.agent("adele")
    await admin.deletes(f"/api/desk/freezes/{one['id']}")
    assert "lifted it already" in (await admin.deletes(f"/api/desk/freezes/{one['id']}", 404))["message"]
    assert rows(world.database, "select lifted_by from freezes") == [("Adele Brandt",)]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"scope": "everything", "why": WHY}, "say all, connection:ID, tool:ID.TOOL or brief:NAME"),
        ({"scope": "tool:", "why": WHY}, "say all, connection:ID"),
        ({"scope": "connection:biling", "why": WHY}, "There is no connection 'biling'. There are: billing, crm, shop."),
        ({"scope": "tool:billing.refund", "why": WHY}, "There is no tool 'billing.refund'"),
        ({"scope": "brief:duplicate-charges", "why": WHY}, "There is no brief 'duplicate-charges'"),
        ({"scope": "all", "why": "  "}, "say why"),
        ({"scope": "all"}, "/why"),
    ],
)
async def test_what_cannot_be_frozen_is_refused(world: World, ana: Agent, body: dict[str, str], says: str) -> None:
    assert says in (await ana.post("/api/desk/freezes", body, 422))["message"]


async def test_an_auditor_only_looks(world: World) -> None:
    otto = await world.agent("otto")
    assert (await otto.get("/api/desk/freezes"))["can_freeze"] is False
    await otto.post("/api/desk/freezes", {"scope": "all", "why": WHY}, 403)


@promise("effects.freeze-stops-them")
async def test_the_acknowledgement_waits_for_who_is_just_about_to_send(world: World) -> None:
    """Between "it may be sent" and "it is marked as sent" nobody can freeze: there is no gap to slip through."""
    ours = Database(world.database.url)
    async with ours.transaction() as sending:
        assert await frozen(sending, [REFUND]) is None
        freezing = asyncio.create_task(_freeze(ours))
        waits = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
        await until(lambda: asyncio.to_thread(rows, world.database, waits), lambda found: found == [(1,)])
        assert not freezing.done()
    await freezing
    async with ours.transaction() as later:
        assert await frozen(later, [REFUND]) is not None
    await ours.close()


async def _freeze(database: Database) -> None:
    async with database.transaction() as tx:
        await freeze(tx, "all", why=WHY, by_id="staff-x", by="Sara")


async def held(ana: Agent, mission_id: str) -> list[dict[str, str]]:
    return [one for one in (await ana.trace(mission_id))["items"] if one["detail"].get("state") == "frozen"]
