"""A change of the configuration is told to whom it waits for, and when it is in force: a link, and not what it says."""

from pathlib import Path

from missiondesk.cli.demo import company_folder
from missiondesk.notices import tell
from tests.notices.receiver import Receiver, kinds, telling, to_webhook
from tests.support.policies import approves_change, asked_for
from tests.support.world import World


async def test_a_change_that_waits_and_one_that_was_adopted_are_told_once(
    world: World, receiver: Receiver, tmp_path: Path
) -> None:
    route = to_webhook(receiver, "waits", "adopted") + 'kinds = ["change"]\nroles = ["supervisor"]\n'
    how = telling(tmp_path, route, receiver)
    await tell(world.here.parts.database, how)
    assert kinds(receiver.events) == ["adopted"], "the first policy, and no connection: those are for admins"
    text = (company_folder() / "policy.toml").read_text(encoding="utf-8").replace("500.00 EUR", "40.00 EUR")
    view = await asked_for(world, text)
    for _ in range(2):
        await tell(world.here.parts.database, how)
    await approves_change(world, view)
    await tell(world.here.parts.database, how)
    assert kinds(receiver.events) == ["adopted", "waits", "adopted"]
    data = receiver.events[1]["data"]
    assert (data["title"], data["item"]) == ("A change of the configuration waits", view["row"]["id"])
    assert data["link"] == f"https://desk.example/desk/changes/{view['row']['id']}"
    assert not any(word in str(receiver.events) for word in ("40.00", "A test.", "large-refund"))
