"""What customers write is words in a terminal too: no markup, no colours, nothing swallowed."""

import asyncio
import os
from pathlib import Path

from tests.support.typed import as_process, in_this_process
from tests.support.world import CHARGED_TWICE, Agent, Customer, World

HELLO = "[/b] [red]hello[/red] :smile:"


async def typed(world: World, home: Path, *words: str, status: int = 0, said: str = "", **more: str) -> str:
    """What `missiondesk …` printed."""
    about = {"MISSIONDESK_HOME": str(home), "MISSIONDESK_PASSWORD": "ana-clears-the-queue", "COLUMNS": "240", **more}
    printed = await asyncio.to_thread(in_this_process, words, {**os.environ, **about}, said)
    assert printed.status == status, printed.text
    return printed.text


async def test_markup_in_a_customers_words_is_printed_as_it_is(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    await typed(world, home, "login", "--email", "ana@northwind.example", "--url", str(world.api.base_url))
    case = await mira.writes(f"{HELLO} {CHARGED_TWICE}")
    card = await ana.card()
    await ana.rejects(card, f"because {HELLO}")
    other = await mira.writes(HELLO)
    await mira.post(f"/api/customer/cases/{other['id']}/person")
    assert HELLO in await typed(world, home, "cases", "list")
    assert HELLO in await typed(world, home, "cases", "show", case["id"])
    assert HELLO in await typed(world, home, "decisions", "list")
    assert card["title"] in await typed(world, home, "decisions", "show", card["id"])
    mission = (await ana.verdict(case))["id"]
    assert HELLO in await typed(world, home, "trace", "show", mission)


async def test_an_error_is_printed_as_it_is(world: World, tmp_path: Path) -> None:
    told = await typed(world, tmp_path, "login", "--email", "ana@x", "--url", "http://127.0.0.1:9/[/b]", status=1)
    assert "http://127.0.0.1:9/[/b]/api/sessions cannot be reached" in told


async def test_effects_are_frozen_and_set_free_in_a_terminal(world: World, ana: Agent, tmp_path: Path) -> None:
    login = ("login", "--email", "sara@northwind.example", "--url", str(world.api.base_url))
    await typed(world, tmp_path, *login, MISSIONDESK_PASSWORD="sara-sets-the-limits")
    said = await typed(world, tmp_path, "freeze", "connection:billing", "--why", HELLO)
    assert f"The connection billing is frozen by Sara Lindqvist: {HELLO}. From now on nothing of it is sent." in said
    assert (await ana.get("/api/desk/freezes"))["items"][0]["why"] == HELLO
    again = await typed(world, tmp_path, "freeze", "connection:billing", "--why", "again", status=1)
    assert f"Sara Lindqvist froze this already: {HELLO}" in again
    wrong = await typed(world, tmp_path, "unfreeze", "connection:biling", status=1)
    assert "connection:biling is not frozen. Frozen: connection:billing." in wrong
    assert "connection:billing goes on." in await typed(world, tmp_path, "unfreeze", "connection:billing")
    assert (await ana.get("/api/desk/freezes"))["items"] == []


async def test_as_a_program_of_its_own_it_says_the_same(tmp_path: Path) -> None:
    environ = {**os.environ, "MISSIONDESK_HOME": str(tmp_path)}
    for typed_ in (as_process, in_this_process):
        printed = await asyncio.to_thread(typed_, ("cases", "list"), environ)
        assert (printed.status, printed.text) == (1, "SignedOut: Please sign in first: missiondesk login\n")


async def test_a_key_is_made_listed_and_ended(world: World, tmp_path: Path) -> None:
    await typed(world, tmp_path, "login", "--email", "ana@northwind.example", "--url", str(world.api.base_url))
    made = await typed(
        world, tmp_path, "keys", "add", "nightly", "--scope", "read", "--scope", "propose", "--days", "9"
    )
    assert (made.startswith("mdk_live_"), "it is not shown again" in made) == (True, True)
    key = made.split("_")[2]
    listed = await typed(world, tmp_path, "keys", "list")
    assert (key in listed, "propose, read" in listed, made.split()[0] in listed) == (True, True, False)
    assert await typed(world, tmp_path, "keys", "end", key) == f"{key} has ended.\n"
    assert "ended by Ana Reyes" in await typed(world, tmp_path, "keys", "list")
