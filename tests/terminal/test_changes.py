"""Changes in a terminal: asked, looked at, seconded by somebody else; and what the machine's operator asks for."""

import json
from pathlib import Path

from tests.promises import promise
from tests.support.admins import PASSWORD, second_admin, signed_in
from tests.support.company import copied, edit
from tests.support.world import World
from tests.terminal.test_commands import typed


async def at_home(world: World, home: Path, name: str, password: str) -> Path:
    """A terminal of their own."""
    login = ("login", "--email", f"{name}@northwind.example", "--url", str(world.api.base_url))
    await typed(world, home / name, *login, MISSIONDESK_PASSWORD=password)
    return home / name


@promise("changes.two-people")
async def test_a_policy_is_asked_for_in_one_terminal_and_seconded_in_another(world: World, tmp_path: Path) -> None:
    sara = await at_home(world, tmp_path, "sara", "sara-sets-the-limits")
    samir = await at_home(world, tmp_path, "samir", "samir-signs-second")
    draft = copied(tmp_path) / "policy.toml"
    edit(draft, "500.00 EUR", "40.00 EUR")
    asked = await typed(world, sara, "policy", "propose", str(draft), "--why", "[b]Large[/b] ones")
    assert '["args.amount > 500.00 EUR"] → ["args.amount > 40.00 EUR"]' in asked
    [row] = json.loads(await typed(world, sara, "changes", "list", "--json"))["items"]
    assert f"{row['id']}: open, 1 more person needed" in asked
    assert "1 change of the configuration waits too" in await typed(world, sara, "decisions", "list")
    shown = await typed(world, samir, "changes", "show", row["id"])
    assert "asked by Sara Lindqvist: [b]Large[/b] ones" in shown
    assert "0 proposals in 30 days; it would change 0." in shown
    digest = json.loads(await typed(world, samir, "changes", "show", row["id"], "--json"))["digest"]
    own = await typed(world, sara, "changes", "approve", row["id"], "--seen", digest, status=1)
    assert own == "Answered: You asked for this, so another person must answer. You can withdraw it.\n"
    stale = await typed(world, samir, "changes", "approve", row["id"], "--seen", "0" * 12, status=1)
    assert "is not the one you saw" in stale
    approve = ("changes", "approve", row["id"], "--seen", digest[:12])
    assert await typed(world, samir, *approve) == "approve: adopted\n"
    history = await typed(world, samir, "policy", "history")
    assert ("Sara Lindqvist and Samir Haddad" in history, "policy.toml, by one hand" in history) == (True, True)
    edit(draft, "40.00 EUR", "30.00 EUR")
    again = (await typed(world, sara, "policy", "propose", str(draft), "--why", "Larger ones")).split()[-6]
    assert "withdrawn" in await typed(world, sara, "changes", "withdraw", again.rstrip(":"))
    assert "withdrawn by Sara Lindqvist" in await typed(world, sara, "changes", "list", "--closed")


@promise("changes.two-people")
async def test_what_the_machines_operator_asks_for_waits_for_two_admins_after_setup(
    world: World, tmp_path: Path
) -> None:
    async def at_the_machine(*words: str, status: int = 0, password: str = "") -> str:
        here = {"DATABASE_URL": world.database.url, "MISSIONDESK_OWNER_URL": world.database.owner_url}
        return await typed(world, tmp_path, "people", *words, status=status, **here, MISSIONDESK_PASSWORD=password)

    added = ("add", "Cara", "cara@northwind.example", "agent")
    first = await at_the_machine(*added, password="cara-is-the-first")
    assert first == "Cara can sign in as agent.\n", "in setup"
    assert "is auditor now" in await at_the_machine("role", "cara@northwind.example", "auditor")
    await second_admin(world)
    adele = await at_home(world, tmp_path, "adele", "adele-keeps-it-running")
    bruno = await at_home(world, tmp_path, "bruno", PASSWORD)
    waits = await at_the_machine("close", "cara@northwind.example")
    assert waits.startswith("Not in force yet: two people must approve change-")
    await signed_in(world, "Cara", "cara@northwind.example", "cara-is-the-first")
    [row] = json.loads(await typed(world, adele, "changes", "list", "--json"))["items"]
    digest = json.loads(await typed(world, adele, "changes", "show", row["id"], "--json"))["digest"]
    approve = ("changes", "approve", row["id"], "--seen", digest)
    assert await typed(world, adele, *approve) == "approve: open, 1 more person needed\n"
    assert await typed(world, bruno, *approve) == "approve: adopted\n"
    await signed_in(world, "Cara", "cara@northwind.example", "cara-is-the-first", 401)
    assert "auditor, closed" in await at_the_machine("list")
    nobody = await at_the_machine("close", "dora@northwind.example", status=1)
    assert "Nobody has the address dora@northwind.example" in nobody
