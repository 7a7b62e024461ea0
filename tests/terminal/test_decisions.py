"""The Decision Queue in a terminal: what the Desk can do with it, by commands."""

import asyncio
import json
import os
import signal
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.decisions.test_batch import several
from tests.decisions.test_queue import copies
from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.held import seen_by
from tests.support.record import by_hand, rows
from tests.support.typed import PROGRAM
from tests.support.world import CHARGED_TWICE, PATIENCE, Agent, Customer, World
from tests.terminal.test_commands import typed


async def signed_in(world: World, home: Path) -> None:
    await typed(world, home, "login", "--email", "ana@northwind.example", "--url", str(world.api.base_url))


async def test_the_queue_is_listed_by_view_and_found_by_words(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    _, card = await proposed(world, mira, ana)
    copies(world.database, 60)
    by_hand(
        world.database,
        "update proposals set due_at = clock_timestamp() - interval '12 minutes' where title = 'Refund copy 7'",
    )
    await signed_in(world, tmp_path)
    first = await typed(world, tmp_path, "decisions", "list")
    assert (card["title"] in first, "Refund copy 60" in first, "--all shows all" in first) == (True, False, True)
    whole = json.loads(await typed(world, tmp_path, "decisions", "list", "--all", "--json"))
    assert (len(whole["items"]), whole["next"], whole["waiting"]) == (61, None, 61)
    late = await typed(world, tmp_path, "decisions", "list", "--late")
    assert ("Refund copy 7" in late, "late by 12 minutes" in late, card["title"] in late) == (True, True, False)
    found = json.loads(await typed(world, tmp_path, "decisions", "list", "--words", "copy 60", "--json"))
    assert [one["id"] for one in found["items"]] == ["proposal-60"]
    high = json.loads(await typed(world, tmp_path, "decisions", "list", "--risk", "high", "--json"))
    assert len(high["items"]) == 6
    assert json.loads(await typed(world, tmp_path, "decisions", "list", "--brief", "another", "--json"))["items"] == []
    told = await typed(world, tmp_path, "decisions", "list", "--mine", "--late", status=1)
    assert told == "Invalid: --mine or --late, not both.\n"


async def test_half_of_its_time_is_over_and_says_so(world: World, mira: Customer, ana: Agent, tmp_path: Path) -> None:
    await proposed(world, mira, ana)
    copies(world.database, 2)
    ago = "update proposals set opened_at = clock_timestamp() - interval {}, due_at = clock_timestamp() + interval {}"
    for number, hours in ((1, "'6 hours', '5 hours'"), (2, "'5 hours', '6 hours'")):
        began, left = hours.split(", ")
        by_hand(world.database, f"{ago.format(began, left)} where title = 'Refund copy {number}'")
    await signed_in(world, tmp_path)
    over = await typed(world, tmp_path, "decisions", "list", "--words", "Refund copy 1")
    before = await typed(world, tmp_path, "decisions", "list", "--words", "Refund copy 2")
    assert ("hours left" in over, " left" in before) == (True, False)


async def test_it_is_claimed_given_and_put_aside(world: World, mira: Customer, ana: Agent, tmp_path: Path) -> None:
    ben = await world.agent("ben")
    _, card = await proposed(world, mira, ana)
    await signed_in(world, tmp_path)
    await ben.post(f"/api/desk/queue/{card['id']}/claim", {}, 200)
    told = await typed(world, tmp_path, "decisions", "claim", card["id"], status=1)
    assert "Ben Okafor reads this just now" in told
    told = await typed(world, tmp_path, "decisions", "claim", card["id"], "--although")
    assert told.startswith("Ana Reyes reads this until ")
    assert "Ana Reyes reads this" in await typed(world, tmp_path, "decisions", "list", "--mine")
    assert "Left to others." in await typed(world, tmp_path, "decisions", "release", card["id"])
    to_ben = ("--to", "Ben Okafor", "--note", "[b]You know her[/b]")
    assert "Given to Ben Okafor." in await typed(world, tmp_path, "decisions", "give", card["id"], *to_ben)
    shown = await typed(world, tmp_path, "decisions", "show", card["id"])
    assert "for Ben Okafor" in shown
    assert "note by Ana Reyes: [b]You know her[/b]" in shown
    told = await typed(world, tmp_path, "decisions", "give", card["id"], "--to", "bne@northwind.example", status=1)
    assert "Nobody is called 'bne@northwind.example'. Who decides: ana@northwind.example, ben@" in told
    assert "Given to everybody." in await typed(world, tmp_path, "decisions", "give", card["id"], "--to", "everybody")
    assert "Put aside until" in await typed(world, tmp_path, "decisions", "aside", card["id"], "--for", "2h")
    assert await ana.queue() == []
    assert card["title"] in await typed(world, tmp_path, "decisions", "list", "--aside")
    assert "Shown again." in await typed(world, tmp_path, "decisions", "aside", card["id"], "--over")
    assert len(await ana.queue()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say until when"),
        (("--for", "2h", "--over"), "Say until when"),
        (("--for", "soon"), "--for: 'soon' is no time: write it as 10m, 2h or 1d."),
        (("--until", "tomorrow"), "--until: Invalid isoformat string: 'tomorrow'"),
    ],
)
async def test_a_time_that_is_none_is_said_to_be_none(
    world: World, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    assert says in await typed(world, tmp_path, "decisions", "aside", "proposal-1", *words, status=1)


async def test_it_is_sent_back_with_what_to_do_instead(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    _, card = await proposed(world, mira, ana)
    await signed_in(world, tmp_path)
    words = ("--seen", card["digest"][:12], "--instead", "Refund half of it.")
    assert "respond: responded" in await typed(world, tmp_path, "decisions", "respond", card["id"], *words)
    [answer] = (await seen_by(ana, card))["decisions"]
    assert (answer["kind"], answer["reason"]) == ("respond", "Refund half of it.")


async def test_the_customer_is_asked_and_the_case_taken_over(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    case, card = await proposed(world, mira, ana)
    await signed_in(world, tmp_path)
    assert "Asked." in await typed(world, tmp_path, "decisions", "ask", card["id"], "Is it card 4242?")
    said = (await mira.get(f"/api/customer/cases/{case['id']}"))["messages"][-1]
    assert (said["name"], said["text"]) == ("Ana Reyes", "Is it card 4242?")
    other, card = await proposed(world, mira, ana)
    await typed(world, tmp_path, "decisions", "take-over", card["id"], status=1)  # nobody is there to say yes
    assert (await seen_by(ana, card))["state"] == "open"
    told = await typed(world, tmp_path, "decisions", "take-over", card["id"], "--yes")
    assert f"missiondesk cases reply {other['id']}" in told
    assert "Sent." in await typed(world, tmp_path, "cases", "reply", other["id"], "It is I.")


async def test_like_proposals_are_approved_together_when_the_count_is_typed(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    cards = await several(world, mira, ana)
    ids = [one["id"] for one in cards]
    await signed_in(world, tmp_path)
    told = await typed(world, tmp_path, "decisions", "batch", *ids, "--count", "2", status=1)
    assert "You typed 2, and 3 are selected" in told
    await (await world.agent("ben")).rejects(cards[1], "The amount")
    told = await typed(world, tmp_path, "decisions", "batch", *ids, "--count", "3", status=1)
    assert "does not fit" in told
    assert f"DoesNotFit: Not all of them can be approved together, so nothing was decided. Leave out: {ids[1]}" in told
    assert rows(world.database, "select kind from decisions") == [("reject",)]
    told = await typed(world, tmp_path, "decisions", "batch", ids[0], ids[2], "--count", "2")
    assert "2 proposals, €99.80 in all." in told
    assert "2 approved." in told


async def test_what_is_new_and_what_is_gone_is_printed_as_it_comes_until_ctrl_c(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    await signed_in(world, tmp_path)
    environ = {**os.environ, "MISSIONDESK_HOME": str(tmp_path)}
    run = await asyncio.create_subprocess_exec(
        *PROGRAM, "decisions", "watch", "--json", env=environ, stdout=PIPE, stderr=PIPE
    )
    try:
        assert run.stdout is not None
        await mira.writes(CHARGED_TWICE)
        async with working(world), asyncio.timeout(PATIENCE):
            first = json.loads(await run.stdout.readline())
            await ana.rejects(await ana.card(), "Not today.")
            seen = first
            while seen["event"] != "gone":
                seen = json.loads(await run.stdout.readline())
        assert first["event"] in ("waits", "new")
        assert (first["item"]["customer"], first["item"]["id"]) == ("Mira Holm", seen["item"]["id"])
        assert seen["item"]["decided"] == "rejected by Ana Reyes"
        run.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE):
            assert (await run.wait(), await run.stdout.read()) == (0, b"")
    finally:
        if run.returncode is None:
            run.kill()
            await run.wait()
