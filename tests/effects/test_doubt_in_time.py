"""What was sent and not answered: how long it is waited for, how long a key is good, and what counts as proved."""

from datetime import timedelta

import pytest

from tests.promises import promise
from tests.support.afterwards import intact, working
from tests.support.approved import approved, effects_in
from tests.support.doorway import Doorway
from tests.support.record import by_hand, rows
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until

LIES = """create trigger lies after insert on refunds begin delete from refunds where refund_id = new.refund_id; end"""
_SENT = """insert into effects (grant_id, mission_id, proposal_id, digest, state, attempt, busy_until, first_sent_at)
    select g.id, p.mission_id, p.id, g.digest, 'sent', 1, clock_timestamp() + %s, clock_timestamp() - %s
    from grants g join proposals p on p.id = g.proposal_id"""


async def sent(world: World, mira: Customer, ana: Agent, *, busy: timedelta, ago: timedelta) -> tuple[JSON, JSON]:
    """Approved, and a process said that it would send it `ago`, and was not heard of again."""
    case, card = await approved(world, mira, ana)
    assert by_hand(world.database, _SENT, busy, ago) == 1
    return case, card


def turns(world: World) -> int:
    return rows(world.database, "select turn from missions")[0][0]


@promise("effects.exactly-once")
async def test_nothing_is_said_of_a_call_that_may_still_be_in_flight(
    neither: None, world: World, mira: Customer, ana: Agent
) -> None:
    _, card = await sent(world, mira, ana, busy=timedelta(minutes=5), ago=timedelta())
    began = turns(world)
    async with working(world):
        await until(lambda: told(turns(world)), lambda turn: turn >= began + 2)
        assert await effects_in(ana, card) == [("sent", None)]
        by_hand(world.database, "update effects set busy_until = clock_timestamp()")
        found = await ana.card(kind="unknown_effect")
    assert found["actions"][0]["effect"]["why"].startswith("It was sent, and no answer came.")
    assert world.calls("refund_payment") == 0


@promise("effects.exactly-once")
@pytest.mark.parametrize("ago", [timedelta(hours=25), timedelta(days=-2)], ids=["too old", "sent tomorrow"])
async def test_a_key_whose_age_is_too_great_or_unknown_is_not_used_again(
    world: World, mira: Customer, ana: Agent, ago: timedelta
) -> None:
    await sent(world, mira, ana, busy=-timedelta(hours=1), ago=ago)
    async with working(world):
        await ana.card(kind="unknown_effect")
    assert world.calls("refund_payment") == 0


async def test_a_key_that_is_still_good_is_used_again(world: World, mira: Customer, ana: Agent) -> None:
    case, _ = await sent(world, mira, ana, busy=-timedelta(hours=1), ago=timedelta(hours=1))
    async with working(world):
        assert (await ana.verdict(case))["outcome"] == "resolved"
    assert world.calls("refund_payment") == 1


@promise("effects.unknown-waits-for-a-person")
async def test_a_person_is_asked_when_the_system_cannot_be_for_long(
    door: Doorway, world: World, mira: Customer, ana: Agent
) -> None:
    await sent(world, mira, ana, busy=-timedelta(hours=1), ago=timedelta(minutes=5))
    door.shut()
    async with working(world):
        found = await ana.card(kind="unknown_effect")
    assert "It may have been sent before. It cannot be looked up: " in found["actions"][0]["effect"]["why"]


@promise("effects.done-is-read-back")
async def test_a_system_that_says_it_did_and_did_not_is_not_believed(world: World, mira: Customer, ana: Agent) -> None:
    world.outside.by_hand("billing", LIES)
    async with working(world):
        case = await mira.writes(CHARGED_TWICE)
        await ana.approves(await ana.card())
        mission = await ana.verdict(case)
    assert mission["outcome"] == "handed_off"
    trace = await intact(ana, mission)
    [proof] = [one["detail"] for one in trace if one["kind"] == "proved"]
    assert proof["held"] is False
    assert world.calls("refund_payment") == 1


async def told(value: int) -> int:
    return value
