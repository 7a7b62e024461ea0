"""What waits in the Decision Queue is told to whom it concerns: a link and no arguments, and nothing of a customer."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from missiondesk.missions import pass_on_late
from missiondesk.notices import Telling, tell
from tests.notices.receiver import Receiver, kinds, telling, to_webhook
from tests.support.approved import proposed
from tests.support.record import by_hand, rows
from tests.support.world import JSON, Agent, Customer, World

CHAT = '[route.chat]\nkind = "apprise"\nurl = "$CHAT_URL"\nevents = ["waits", "reminder", "late", "given", "freeze"]\n'
OURS = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|(notice|proposal)-\w+|127\.0\.0\.1:\d+")  # digits that mean nothing
ALL = ("waits", "reminder", "late", "given", "freeze")


@pytest.fixture
async def card(world: World, mira: Customer, ana: Agent) -> JSON:
    return (await proposed(world, mira, ana))[1]


async def told(world: World, how: Telling) -> None:
    await tell(world.here.parts.database, how)


async def test_nothing_of_the_customer_and_no_argument_is_in_any_notice(
    world: World, card: JSON, ana: Agent, receiver: Receiver, tmp_path: Path
) -> None:
    how = telling(tmp_path, CHAT + to_webhook(receiver, *ALL), receiver)
    await told(world, how)
    sara = await world.agent("sara")
    await ana.post(f"/api/desk/queue/{card['id']}/give", {"to": "supervisor", "note": "CANARY"}, 200)
    await told(world, how)
    _late(world)
    await told(world, how)
    await sara.post("/api/desk/freezes", {"scope": "tool:billing.refund_payment", "why": "CANARY 4471"})
    await told(world, how)
    assert kinds([one for one in receiver.events if "specversion" in one]) == ["waits", "given", "late", "freeze_began"]
    assert len(receiver.got) == 8
    everything = OURS.sub("", b"\n".join(one.body for one in receiver.got).decode()).lower()
    words = {"mira", "holm", "4471", "49.90", "4990", "€", "eur", "charged twice for order", "pay_", "canary"}
    words |= {it["shown"].lower() for action in card["actions"] for it in action["arguments"]} - {"duplicate"}
    assert [word for word in sorted(words) if word in everything] == []
    assert "approve" not in everything, "deciding needs a session"


async def test_a_notice_says_what_waits_and_links_to_its_card(
    world: World, card: JSON, receiver: Receiver, tmp_path: Path
) -> None:
    await told(world, telling(tmp_path, to_webhook(receiver, "waits"), receiver))
    [event] = receiver.events
    assert event["subject"] == card["id"]
    data = {name: value for name, value in event["data"].items() if name not in ("since", "waited_seconds")}
    assert data == {
        "title": "A proposal waits",
        "link": f"https://desk.example/desk/queue/{card['id']}",
        "event": "waits",
        "kind": "proposal",
        "item": card["id"],
        "brief": "duplicate-charge",
        "risk": "medium",
        "role": "agent",
        "count": 1,
    }


@pytest.mark.parametrize(
    ("limit", "hears"),
    [
        ('roles = ["agent"]', True),
        ('roles = ["supervisor", "admin"]', False),
        ('briefs = ["duplicate-charge"]', True),
        ('briefs = ["late-delivery"]', False),
        ('kinds = ["proposal"]', True),
        ('kinds = ["handoff"]', False),
        ('amount_above = "49.89 EUR"', True),
        ('amount_above = "49.90 EUR"', False),
        ('amount_above = "1.00 USD"', False),
    ],
)
async def test_a_route_hears_only_of_what_it_asks_for(
    world: World, card: JSON, receiver: Receiver, tmp_path: Path, limit: str, hears: bool
) -> None:
    await told(world, telling(tmp_path, to_webhook(receiver, "waits", more=limit), receiver))
    assert len(receiver.got) == hears


async def test_half_of_the_time_is_a_reminder_and_the_end_of_it_is_late_each_once(
    world: World, card: JSON, receiver: Receiver, tmp_path: Path
) -> None:
    how = telling(tmp_path, to_webhook(receiver, "reminder", "late"), receiver)
    await told(world, how)
    assert receiver.got == []
    by_hand(world.database, "update proposals set due_at = clock_timestamp() + (clock_timestamp() - opened_at) / 2")
    for _ in range(2):
        await told(world, how)
    assert kinds(receiver.events) == ["reminder"]
    _late(world)
    await told(world, how)
    await pass_on_late(world.here.parts.database)  # to the supervisors, which is no gift of anybody's
    await told(world, how)
    assert kinds(receiver.events) == ["reminder", "late"]
    assert receiver.events[1]["data"]["role"] == "supervisor"


async def test_what_is_given_to_a_person_is_told_to_them_alone(
    world: World, card: JSON, ana: Agent, receiver: Receiver, tmp_path: Path
) -> None:
    ben = "ben@northwind.example"
    mine = to_webhook(receiver, "given", more=f'people = ["{ben}"]')
    how = telling(tmp_path, mine + to_webhook(receiver, "given").replace("route.hook", "route.all"), receiver)
    colleague = next(it for it in (await ana.get("/api/desk/colleagues"))["items"] if it["email"] == ben)
    await ana.post(f"/api/desk/queue/{card['id']}/give", {"to": colleague["id"], "note": "please"}, 200)
    for _ in range(2):
        await told(world, how)
    assert [one["data"]["title"] for one in receiver.events] == ["A proposal was given to you"]
    assert rows(world.database, "select route from notices") == [("hook",)]


async def test_a_freeze_is_told_when_it_begins_and_when_it_ends(
    world: World, receiver: Receiver, tmp_path: Path
) -> None:
    sara = await world.agent("sara")
    how = telling(tmp_path, to_webhook(receiver, "freeze", more='roles = ["agent"]\nbriefs = ["other"]'), receiver)
    began = await sara.post("/api/desk/freezes", {"scope": "connection:billing", "why": "odd"})
    await told(world, how)
    await sara.deletes(f"/api/desk/freezes/{began['freeze']['id']}")
    await told(world, how)
    titles = [one["data"]["title"] for one in receiver.events]
    assert titles == ["Effects of connection:billing are frozen", "Effects of connection:billing go on"]


async def test_an_unknown_effect_a_handoff_and_a_changed_tool_are_told(
    world: World, card: JSON, receiver: Receiver, tmp_path: Path
) -> None:
    how = telling(tmp_path, to_webhook(receiver, "waits", "late"), receiver)
    by_hand(world.database, "update proposals set closed = 'withdrawn', closed_at = now(), closed_by = 'x'")
    by_hand(
        world.database,
        "insert into effects (grant_id, mission_id, proposal_id, digest, state) values ('g', %s, %s, '', 'unknown')",
        card["mission_id"],
        card["id"],
    )
    by_hand(world.database, "update cases set held_by = 'staff-1'")
    by_hand(world.database, "insert into changed_tools values ('billing', 'refund_payment', '', '', null, now(), null)")
    await told(world, how)
    found = {one["data"]["kind"]: one["data"] for one in receiver.events}
    assert set(found) == {"unknown_effect", "handoff", "changed_tools"}
    assert found["changed_tools"]["role"] == "admin"
    assert found["unknown_effect"]["risk"] == "high"
    assert len(receiver.got) == 3


async def test_what_was_decided_over_the_quiet_hours_is_told_to_nobody(
    world: World, card: JSON, ana: Agent, receiver: Receiver, tmp_path: Path
) -> None:
    at = datetime.now(UTC)
    hours = f"{at - timedelta(hours=1):%H:%M}-{at + timedelta(hours=1):%H:%M} UTC"
    how = telling(tmp_path, to_webhook(receiver, "waits", more=f'quiet_hours = "{hours}"'), receiver)
    await told(world, how)
    assert rows(world.database, "select state from notices") == [("waiting",)]
    await ana.rejects(card, "not now")
    by_hand(world.database, "update notices set next_at = clock_timestamp()")
    await told(world, how)
    assert receiver.got == []
    assert rows(world.database, "select count(*) from notices") == [(0,)]


def _late(world: World) -> None:
    by_hand(world.database, "update proposals set due_at = clock_timestamp() - interval '1 second'")
