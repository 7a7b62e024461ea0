"""Everybody at the Desk hears at once of an answer that is held, and of its taking back; also in a terminal."""

from pathlib import Path

from tests.support.held import holds, takes_back
from tests.support.world import CHARGED_TWICE, Agent, Customer, World
from tests.surfaces.test_streams import first, following
from tests.terminal.test_commands import typed


async def test_the_queue_tells_who_holds_what_and_when_it_was_taken_back(
    world: World, mira: Customer, ana: Agent
) -> None:
    ben = await world.agent("ben")
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    async with following(ben, "/api/desk/stream") as events:
        await first(events, "hello")
        await holds(ana, card)
        assert (await first(events, "queue"))["changed"] == [card["id"]]
        assert [(one["by"], one["kind"]) for one in (await ben.queue())[0]["held"]] == [("Ana Reyes", "approve")]
        await takes_back(ana, card)
        assert (await first(events, "queue"))["changed"] == [card["id"]]
        assert (await ben.queue())[0]["held"] == []


async def test_an_answer_is_held_and_taken_back_in_a_terminal(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    await typed(world, tmp_path, "login", "--email", "ana@northwind.example", "--url", str(world.api.base_url))
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    approve = ("decisions", "approve", card["id"], "--seen", card["digest"][:12], "--undo")
    assert "0 to 30 seconds" in await typed(world, tmp_path, *approve, "31", status=1)
    assert "approve: open, held for Ana Reyes for 30 s" in await typed(world, tmp_path, *approve, "30")
    assert "Ana Reyes can take theirs back for" in await typed(world, tmp_path, "decisions", "list")
    assert "taken back" in await typed(world, tmp_path, "decisions", "take-back", card["id"])
    again = await typed(world, tmp_path, "decisions", "take-back", card["id"], status=1)
    assert "no answer of yours that could be taken back" in again
    assert world.calls("refund_payment") == 0
