"""Live streams: nothing is polled, a reconnect misses nothing, and who signed out hears no more."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from missiondesk.cli.demo import company_folder
from tests.support.policies import approves_change, asked_for
from tests.support.world import CHARGED_TWICE, Agent, Customer, Person, World


@asynccontextmanager
async def following(who: Person, path: str) -> AsyncGenerator[AsyncIterator[dict[str, Any]]]:
    async with who.api.stream("GET", path, headers=who.headers) as answer:
        assert answer.status_code == 200

        async def events() -> AsyncIterator[dict[str, Any]]:
            async for line in answer.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))

        yield events()


async def first(events: AsyncIterator[dict[str, Any]], kind: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        async for event in events:
            if event["type"] == kind:
                return event
    raise AssertionError(f"no {kind}")


async def test_the_desk_hears_of_what_waits_and_of_every_case(world: World, mira: Customer, ana: Agent) -> None:
    async with following(ana, "/api/desk/stream") as events:
        assert (await first(events, "hello"))["waiting"] == 0
        await mira.writes(CHARGED_TWICE)
        await first(events, "case")
        told = await first(events, "queue")
        assert told["waiting"] == 1
        assert told["changed"] == [(await ana.card())["id"]]


async def test_a_reconnect_goes_on_with_the_next_observation(world: World, mira: Customer, ana: Agent) -> None:
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    path = f"/api/desk/stream?mission={card['mission_id']}&after="
    async with following(ana, f"{path}0") as events:
        numbers = [(await first(events, "observation"))["observation"]["n"] for _ in range(4)]
    await ana.approves(card)
    await ana.verdict({"id": card["case_id"]})
    whole = len((await ana.trace(card["mission_id"]))["items"])
    async with following(ana, f"{path}{numbers[-1]}") as events:
        rest = [(await first(events, "observation"))["observation"]["n"] for _ in range(whole - len(numbers))]
    assert numbers + rest == list(range(1, whole + 1))


async def test_who_signs_out_hears_bye_and_nothing_more(world: World, ana: Agent) -> None:
    async with following(ana, "/api/desk/stream") as events:
        await first(events, "hello")
        await world.api.delete("/api/sessions", headers=ana.headers)
        await first(events, "bye")
        assert [event async for event in events] == []


async def test_a_customer_sees_their_case_change_by_itself(world: World, mira: Customer, ana: Agent) -> None:
    case = await mira.writes(CHARGED_TWICE)
    states: list[str] = []
    async with following(mira, f"/api/customer/cases/{case['id']}/stream") as events:
        while "person_decides" not in states:
            states.append((await first(events, "case"))["case"]["state"])
        await ana.approves(await ana.card())
        while states[-1] != "closed":
            states.append((await first(events, "case"))["case"]["state"])
    assert states.index("person_decides") < len(states) - 1


async def test_the_desk_hears_of_a_change_that_waits_was_answered_and_was_adopted(world: World, ana: Agent) -> None:
    text = (company_folder() / "policy.toml").read_text(encoding="utf-8").replace("500.00 EUR", "40.00 EUR")
    async with following(ana, "/api/desk/stream") as events:
        assert (await first(events, "hello"))["changes"] == 0
        view = await asked_for(world, text)
        told = await first(events, "queue")
        assert (told["waiting"], told["changes"], told["changed"]) == (0, 1, [view["row"]["id"]])
        assert (await ana.get("/api/desk/proposals"))["changes"] == 1
        await approves_change(world, view)
        told = await first(events, "queue")
        assert (told["changes"], told["changed"]) == (0, [view["row"]["id"]])
