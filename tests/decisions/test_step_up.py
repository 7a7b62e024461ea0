"""Where a rule asks for the password again, nothing else will do: to approve, held, in a batch, and when it runs."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.decisions.test_excluded import ONE
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.company import copied, edit
from tests.support.held import holds, time_is_over
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.world import Agent, World, until, world_at
from tests.terminal.test_commands import typed

PASSWORD = "ana-clears-the-queue"
WITH_PASSWORD = ONE.replace(" }", ', step_up = "password" }')


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    company = copied(tmp_path)
    edit(company / "policy.toml", ONE, WITH_PASSWORD)
    async with world_at(database, northwind, tmp_path / "home", lanes=(), company=str(company)) as here:
        yield here


async def steps_up(who: Agent, password: str = PASSWORD, status: int = 200) -> str:
    return (await who.post("/api/sessions/step-up", {"password": password}, status)).get("code", "")


@promise("decisions.no-answer-is-no")
async def test_nothing_is_approved_without_the_password_of_just_now(world: World) -> None:
    mira, ana = await world.customer("mira"), await world.agent("ana")
    case, card = await proposed(world, mira, ana)
    assert (card["ruling"]["step_up"], "approve" in card["can"]) == (True, True)
    assert "with their password given again" in card["ruling"]["sentence"]
    refused = await ana.approves(card, status=403)
    assert (refused["code"], refused["nothing_sent"]) == ("step_up_needed", True)
    batch = {"items": [{"id": card["id"], "digest": card["digest"]}], "count": 1}
    assert (await ana.post("/api/desk/batches", batch, 403))["code"] == "step_up_needed"
    assert await steps_up(ana, "not-my-password", 403) == "wrong_password"
    await steps_up(ana)
    by_hand(world.database, "update sessions set stepped_up_at = clock_timestamp() - interval '6 minutes'")
    assert (await ana.approves(card, status=403))["code"] == "step_up_needed", "it was too long ago"
    other = await world.agent("ben")
    await steps_up(ana)
    assert (await other.approves(card, status=403))["code"] == "step_up_needed", "it is good for one's own session"
    approved = await ana.approves(card)
    assert [one["stepped_up"] for one in approved["decisions"]] == [True]
    async with working(world):
        mission = await ana.verdict(case)
    told = [one for one in (await ana.trace(mission["id"]))["items"] if one["kind"] == "decided"]
    assert (mission["outcome"], "stepped_up" in told[0]["detail"]) == ("resolved", True)


async def test_a_batch_goes_with_it(world: World) -> None:
    mira, ana = await world.customer("mira"), await world.agent("ana")
    _, card = await proposed(world, mira, ana)
    await steps_up(ana)
    batch = {"items": [{"id": card["id"], "digest": card["digest"]}], "count": 1}
    assert (await ana.post("/api/desk/batches", batch))["approved"] == [card["id"]]
    assert rows(world.database, "select stepped_up_at is not null from decisions") == [(True,)]


async def test_wrong_passwords_count_as_at_the_sign_in(world: World) -> None:
    ana = await world.agent("ana")
    told = [await steps_up(ana, "not-my-password", 429 if at > 10 else 403) for at in range(1, 12)]
    assert told == ["wrong_password"] * 10 + ["too_many"]


@promise("decisions.no-answer-is-no")
async def test_the_executor_asks_the_record_for_it(world: World) -> None:
    mira, ana = await world.customer("mira"), await world.agent("ana")
    _, card = await proposed(world, mira, ana)
    await steps_up(ana)
    await ana.approves(card)
    by_hand(world.database, "update decisions set stepped_up_at = null")
    async with working(world):
        [item] = await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"])
    again = await ana.get(f"/api/desk/proposals/{item['id']}")
    assert "Ana Reyes approved it without giving their password again" in again["stale"]["sentence"]
    assert world.calls("refund_payment") == 0


async def test_an_answer_held_without_it_does_not_come_to_count(world: World) -> None:
    mira, ana = await world.customer("mira"), await world.agent("ana")
    _, card = await proposed(world, mira, ana)
    await steps_up(ana)
    await holds(ana, card)
    by_hand(world.database, "update decisions set stepped_up_at = null")
    time_is_over(world)

    async def standing() -> list[str]:
        return [one["standing"] for one in (await ana.get(f"/api/desk/proposals/{card['id']}"))["decisions"]]

    async with working(world):
        assert await until(standing, lambda them: them != ["held"]) == ["stopped"]


async def test_the_command_line_asks_for_the_password_and_goes_on(world: World, tmp_path: Path) -> None:
    mira, ana = await world.customer("mira"), await world.agent("ana")
    _, card = await proposed(world, mira, ana)
    await typed(world, tmp_path, "login", "--email", "ana@northwind.example", "--url", str(world.api.base_url))
    words = ("decisions", "approve", card["id"], "--seen", card["digest"][:12])
    told = await typed(world, tmp_path, *words, status=1, said="not-my-password\n")
    assert "That is not your password" in told
    told = await typed(world, tmp_path, *words, said=f"{PASSWORD}\n")
    assert ("approve: approved" in told, PASSWORD in told) == (True, False)
