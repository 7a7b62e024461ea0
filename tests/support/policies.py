"""Another policy, as people bring it into force: one supervisor asks for it, the other approves."""

from pathlib import Path

from tests.support.world import JSON, World

# in place of what needs one agent
FORBIDS = 'when = ["args.amount > 49.00 EUR", "args.amount <= 100.00 EUR"]\ndeny = "Not today."'


async def asked_for(world: World, text: str, *, by: str = "sara") -> JSON:
    """The change, which waits for a second person."""
    person = await world.agent(by)
    view = await person.post("/api/studio/policy/changes", {"text": text, "why": "A test."})
    assert (view["row"]["state"], view["row"]["needed"]) == ("open", 1)
    return view


async def approves_change(world: World, view: JSON, *, by: str = "samir", status: int = 201) -> JSON:
    body = {"answer": "approve", "seen": view["digest"]}
    return await (await world.agent(by)).post(f"/api/desk/changes/{view['row']['id']}/answers", body, status)


async def brought_into_force(world: World, company: Path) -> JSON:
    """What `policy.toml` of this folder says, adopted by Sara and Samir."""
    view = await approves_change(world, await asked_for(world, (company / "policy.toml").read_text(encoding="utf-8")))
    assert view["row"]["state"] == "adopted"
    return view
