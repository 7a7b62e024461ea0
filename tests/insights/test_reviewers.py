"""How people decide, from a small made history: exact numbers, and who sees them."""

from pathlib import Path

from tests.demo.northwind import Northwind
from tests.insights.planted import carried_out, planted, waits
from tests.support.postgres import Cloned
from tests.support.record import by_hand
from tests.support.world import JSON, Agent, Customer, World, world_at

# Ana, Ben and Sara answer; `proposal-n` waits since ten minutes before the first answer to it.
_ANA, _BEN, _SARA = (f"(select id from staff where name like '{name}%%')" for name in ("Ana", "Ben", "Sara"))
HISTORY = [
    # (proposal, who, kind, seconds after the card was opened, opened, evidence, batch, void)
    (1, _ANA, "approve", 10, True, True, None, ""),
    (1, _BEN, "approve", 30, True, False, None, ""),
    (2, _ANA, "approve", 20, True, False, None, ""),
    (2, _SARA, "reject", 50, True, True, None, ""),
    (3, _ANA, "reject", 600, False, False, None, ""),
    (4, _ANA, "approve", 5, True, False, "batch-1", ""),
    (5, _ANA, "approve", 5, True, False, "batch-1", ""),
    (6, _ANA, "approve", 40, True, True, None, "taken back"),
]


def made(world: World) -> None:
    for n in range(1, 7):
        by_hand(
            world.database,
            f"""insert into proposals (id, mission_id, case_id, turn, digest, body, title, risk, due_at, rank_at,
            opened_at, closed) values ('proposal-{n}', 'mission-{n}', 'case-{n}', 1, 'd', '{{}}', 'Refund', 'low',
            now(), now(), now() - interval '1 hour 10 minutes', 'approved')""",
        )
    for place, (n, who, kind, seconds, opened, evidence, batch, void) in enumerate(HISTORY):
        at = f"now() - interval '1 hour' + interval '{seconds if opened else 0} seconds' + interval '{n} minutes'"
        began = f"now() - interval '1 hour' + interval '{n} minutes'"
        by_hand(
            world.database,
            f"""insert into decisions (id, proposal_id, kind, by_id, by_name, by_role, seen, at, batch, void_at)
            select 'decision-{place}', 'proposal-{n}', '{kind}', id, name, role, 'd', {at}, %s,
            {"now()" if void else "null"} from staff where id = {who}""",
            batch,
        )
        if opened:
            looked = began if evidence else "null"
            by_hand(world.database, f"insert into looks values ('proposal-{n}', {who}, {began}, {looked})")


async def test_the_measures_are_exact(world: World, ana: Agent) -> None:
    made(world)
    page = await (await world.agent("sara")).get("/api/desk/reviewers?days=7")
    people = {one["name"]: one["measures"] for one in page["people"]}
    assert [one["you"] for one in page["people"]] == [False, False, True]
    mine = people["Ana Reyes"]
    assert {one["kind"]: one["count"] for one in mine["kinds"]} == {"approve": 2, "reject": 1}
    assert (mine["single"], mine["batched"], mine["opened"], mine["looked"]) == (3, 2, 2, 1)
    assert (round(mine["median"]), round(mine["p90"])) == (20, 600 + 3 * 60), (
        "10 s, 20 s, and 13 minutes since it waited"
    )
    assert (mine["agreed"], mine["compared"], mine["reversed"]) == (1, 2, 1)
    assert (len(mine["by_day"]), sum(mine["by_day"])) == (7, 5)
    assert (people["Ben Okafor"]["agreed"], people["Ben Okafor"]["compared"]) == (1, 1)
    assert (people["Sara Lindqvist"]["agreed"], people["Sara Lindqvist"]["reversed"]) == (0, 0)
    all_ = page["all"]
    assert (all_["single"], all_["agreed"], all_["compared"], all_["reversed"]) == (5, 1, 2, 1)
    assert round(all_["median"]) == 30


async def test_an_agent_sees_themselves_alone_and_a_test_counts_as_caught_or_missed(
    world: World, mira: Customer, ana: Agent
) -> None:
    await carried_out(world)
    item = await planted(world, await waits(world))
    sara = await world.agent("sara")
    card = await sara.get(f"/api/desk/proposals/{item['id']}")
    await sara.post(f"/api/desk/queue/{item['id']}/claim", {}, 200)
    assert (await sara.get("/api/desk/reviewers"))["tests"] == [], "before it is answered nobody is told of it"
    await sara.approves(card)
    mine = await ana.get("/api/desk/reviewers")
    assert ([one["name"] for one in mine["people"]], mine["all"], mine["tests"]) == (["Ana Reyes"], None, [])
    for role in ("sara", "otto", "adele"):
        page = await (await world.agent(role)).get("/api/desk/reviewers")
        assert (page["all"]["caught"], page["all"]["missed"], page["all"]["single"]) == (0, 1, 1)
        [told] = page["tests"]
        assert (told["id"], told["by"], told["caught"]) == (item["id"], "Sara Lindqvist", False)
    await ana.get("/api/desk/reviewers?days=0", 422)


async def test_where_nobodys_own_measures_are_shown_others_see_the_sums_alone(
    database: Cloned, northwind: Northwind, tmp_path: Path, company: Path
) -> None:
    (company / "insights.toml").write_text("[reviewers]\nby_person = false\n", encoding="utf-8")
    async with world_at(database, northwind, tmp_path, lanes=(), company=str(company)) as world:
        made(world)
        page = await (await world.agent("sara")).get("/api/desk/reviewers")
    assert ([one["name"] for one in page["people"]], page["all"]["single"]) == (["Sara Lindqvist"], 5)


async def test_the_desk_tells_once_that_evidence_was_opened(world: World, ana: Agent) -> None:
    card: JSON = await waits(world)
    sara = await world.agent("sara")
    await sara.post(f"/api/desk/queue/{card['id']}/claim", {}, 200)
    await sara.post(f"/api/desk/queue/{card['id']}/looks", {}, 204)
    await (await world.agent("otto")).post(f"/api/desk/queue/{card['id']}/looks", {}, 204)  # looks, and is not measured
    await sara.rejects(card, "No.")
    page = await sara.get("/api/desk/reviewers")
    [mine] = page["people"]
    assert (mine["measures"]["opened"], mine["measures"]["looked"], mine["measures"]["single"]) == (1, 1, 1)
