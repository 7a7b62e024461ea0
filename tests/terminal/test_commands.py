"""What customers write is words in a terminal too: no markup, no colours, nothing swallowed."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from tests.support.world import CHARGED_TWICE, Agent, Customer, World

HELLO = "[/b] [red]hello[/red] :smile:"


async def typed(world: World, home: Path, *words: str, status: int = 0) -> str:
    """What `missiondesk …` printed."""
    program = [sys.executable, "-c", "from missiondesk.cli import main; main()", *words]
    more = {"MISSIONDESK_HOME": str(home), "MISSIONDESK_PASSWORD": "ana-clears-the-queue", "COLUMNS": "240"}
    run = await asyncio.to_thread(
        subprocess.run, program, env={**os.environ, **more}, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == status, run.stderr
    return run.stdout + run.stderr


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
