"""The Decision Queue as a list: ordered by what waiting costs, found by what is asked for, a page at a time."""

from tests.support.approved import proposed
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.world import JSON, Agent, Customer, World

# as if the same proposal waited many times: number n is due n minutes later, and is n euro more
COPIES = (
    """insert into cases select 'case-' || n, portal_id, customer_id, 'Copy ' || n, opened_at, null
    from cases, generate_series(1, {count}) n""",
    """insert into missions (id, case_id, state, waits_for, brief, began_at) select 'mission-' || n, 'case-' || n,
    'waiting', 'decision', brief, began_at from missions, generate_series(1, {count}) n""",
    """insert into proposals (id, mission_id, case_id, turn, digest, body, title, amount, currency, risk, due_at,
    rank_at, opened_at) select 'proposal-' || n, 'mission-' || n, 'case-' || n, turn, digest, body, 'Refund copy ' || n,
    amount + 100 * n, currency, case when mod(n, 10) = 0 then 'high' else risk end, due_at + n * interval '1 minute',
    rank_at + n * interval '1 minute', opened_at from proposals, generate_series(1, {count}) n""",
)


def copies(database: Cloned, count: int) -> None:
    for statement in COPIES:
        by_hand(database, statement.format(count=count))


async def page(who: Agent, **asked: object) -> JSON:
    return await who.get("/api/desk/proposals?" + "&".join(f"{name}={value}" for name, value in asked.items()))


async def test_all_of_it_comes_page_by_page_and_nothing_twice(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    copies(world.database, 120)
    found: list[str] = []
    asked: dict[str, object] = {}
    while True:
        here = await page(ana, **asked)
        found += [one["id"] for one in here["items"]]
        if here["next"] is None:
            break
        asked = {"after": here["next"].replace("+", "%2B").replace("|", "%7C")}
    assert found == [card["id"], *(f"proposal-{n}" for n in range(1, 121))]
    assert (here["waiting"], here["briefs"]) == (121, ["duplicate-charge"])
    assert "no page after that" in (await ana.get("/api/desk/proposals?after=nonsense", 422))["message"]
    assert "1 to 200 items" in (await ana.get("/api/desk/proposals?limit=1000", 422))["message"]


async def test_what_is_asked_for_is_found(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    copies(world.database, 30)
    assert len((await page(ana, risk="high"))["items"]) == 3
    assert [one["id"] for one in (await page(ana, words="copy%2017"))["items"]] == ["proposal-17"]
    assert len((await page(ana, words="mira"))["items"]) == 31
    assert (await page(ana, words="100%25"))["items"] == [], "a per cent sign is only a per cent sign"
    assert (await page(ana, brief="another"))["items"] == []
    assert len((await page(ana, kind="proposal"))["items"]) == 31
    assert (await page(ana, kind="handoff"))["items"] == []
    assert [one["id"] for one in (await page(ana, view="late"))["items"]] == []
    by_hand(
        world.database,
        "update proposals set due_at = clock_timestamp() - interval '1 minute' where title = 'Refund copy 3'",
    )
    late = await page(ana, view="late")
    assert ([one["id"] for one in late["items"]], late["late"]) == (["proposal-3"], 1)
    assert card["id"] in [one["id"] for one in (await page(ana))["items"]]


async def test_more_money_and_older_evidence_come_earlier(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    forward = "select extract(epoch from due_at - rank_at) / 60 from proposals"
    [(minutes,)] = rows(world.database, forward)
    assert 0 < minutes <= 30, "49.90 EUR count half a minute, or its evidence is too old before it is due"
    assert card["due_at"] is not None
