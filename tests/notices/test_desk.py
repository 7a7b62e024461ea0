"""What could not be told, on the Desk's own routes: seen and told again by supervisors and admins, and nobody else."""

import pytest

from tests.notices.test_commands import KEPT, TOLD
from tests.support.record import by_hand, rows
from tests.support.world import World


@pytest.mark.parametrize("who", ["sara", "adele"])
async def test_what_was_given_up_is_listed_and_told_again(who: str, world: World) -> None:
    by_hand(world.database, KEPT, TOLD, TOLD)
    person = await world.agent(who)
    [dead] = (await person.get("/api/desk/notices"))["items"]
    assert (dead["id"], dead["route"], dead["error"]) == ("notice-1", "hook", "It answered with status 500.")
    assert (dead["title"], dead["path"]) == ("A proposal waits", "/desk/queue/proposal-1")
    assert (await person.post("/api/desk/notices/notice-1/retry", {}, 200))["items"] == []
    assert rows(world.database, "select state, attempts from notices where id = 'notice-1'") == [("waiting", 0)]
    assert "nothing to try again" in (await person.post("/api/desk/notices/notice-1/retry", {}, 409))["message"]
    await person.post("/api/desk/notices/notice-9/retry", {}, 404)


@pytest.mark.parametrize("who", ["ana", "otto"])
async def test_who_neither_leads_nor_configures_does_not_see_it(who: str, world: World) -> None:
    person = await world.agent(who)
    assert "ask one of them" in (await person.get("/api/desk/notices", 403))["message"]
    await person.post("/api/desk/notices/notice-1/retry", {}, 403)
