"""A second model says what speaks against a proposal: shown apart, grounded in what there is, and in nobody's way."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from missiondesk.app import Running
from missiondesk.kit.errors import Misconfigured
from missiondesk.workers import SecondModel
from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.held import seen_by
from tests.support.record import by_hand, rows
from tests.support.scripted_model import Answer, Asked, Reply, ScriptedModel, calls, garbage, says, status
from tests.support.world import CHARGED_TWICE, JSON, Agent, Customer, World, until
from tests.terminal.test_commands import typed


def objects(*said: tuple[str, int | None, str | None]) -> Reply:
    """The answer with these objections."""
    them = [{"says": words, "observation": n, "argument": name} for words, n, name in said]
    return calls(("object", {"objections": them}))


def beside(world: World, model: ScriptedModel) -> Running:
    return replace(world.here, second=SecondModel(model.model(), patience=30))


async def opinion(ana: Agent, card: JSON, state: str) -> JSON:
    seen = await until(lambda: seen_by(ana, card), lambda it: it["opinion"] and it["opinion"]["state"] == state)
    return seen["opinion"]


async def test_only_what_rests_on_something_that_is_there_is_shown(
    world: World, mira: Customer, ana: Agent, tmp_path: Path
) -> None:
    case, card = await proposed(world, mira, ana)
    seen = card["evidence"][0]["observation"]
    said = objects(
        ("The order is not paid yet.", seen, None),
        ("The amount is that of both payments.", None, "amount"),
        ("This rests on nothing.", None, None),
        ("Nobody read this.", 999, None),
        ("There is no such argument.", None, "colour"),
    )
    asked: list[Asked] = []

    def play(one: Asked) -> Reply:
        asked.append(one)
        return said

    with ScriptedModel(play) as model:
        world.here = beside(world, model)
        async with working(world):
            given = await opinion(ana, card, "given")
            await ana.approves(card)
            await ana.verdict(case)
    assert [(one["says"], one["observation"], one["argument"]) for one in given["objections"]] == [
        ("The order is not paid yet.", seen, None),
        ("The amount is that of both payments.", None, "amount"),
    ]
    [one] = asked
    assert list(one.tools) == ["object"], "it can do nothing but object"
    told = json.loads(one.said[0].partition("\n")[2])
    assert (told["customer_said"], "not for you" in one.instructions) == ([CHARGED_TWICE], True)
    assert (await seen_by(ana, card))["against"] == [], "it stands apart from what code finds"
    await typed(world, tmp_path, "login", "--email", "ana@northwind.example", "--url", str(world.api.base_url))
    shown = await typed(world, tmp_path, "decisions", "show", card["id"])
    assert "thinks: The order is not paid yet. (#" in shown


@pytest.mark.parametrize("answer", [status(500), garbage(), says("I would not."), calls(("object", "{"))])
async def test_a_model_that_fails_is_a_quiet_line(answer: Answer, world: World, mira: Customer, ana: Agent) -> None:
    case, card = await proposed(world, mira, ana)
    with ScriptedModel(lambda _: answer) as model:
        world.here = beside(world, model)
        async with working(world):
            assert (await opinion(ana, card, "failed"))["objections"] == []
            await ana.approves(card)
            assert (await ana.verdict(case))["outcome"] == "resolved"


async def test_nothing_waits_for_a_slow_one_and_each_is_asked_about_once(
    world: World, mira: Customer, ana: Agent
) -> None:
    case, card = await proposed(world, mira, ana)
    with ScriptedModel(lambda _: replace(objects(), seconds=60)) as model:
        world.here = beside(world, model)
        async with working(world):
            await opinion(ana, card, "asked")
            await ana.approves(card)
            assert (await ana.verdict(case))["outcome"] == "resolved"
        assert len(model.asked) <= 1
    assert rows(world.database, "select state from opinions") == [("asked",)]


async def test_an_opinion_about_other_bytes_is_not_shown(world: World, mira: Customer, ana: Agent) -> None:
    _, card = await proposed(world, mira, ana)
    stored: dict[str, Any] = {"says": "x", "observation": 1, "argument": None}
    put = "insert into opinions values (%s, %s, 'm', 'given', %s, clock_timestamp())"
    by_hand(world.database, put, card["id"], "0" * 64, json.dumps([stored]))
    assert (await seen_by(ana, card))["opinion"] is None
    by_hand(world.database, "update opinions set digest = %s", card["digest"])
    assert (await seen_by(ana, card))["opinion"]["objections"] == [stored]


def test_a_second_model_that_cannot_be_asked_says_which_setting() -> None:
    with pytest.raises(Misconfigured, match="MISSIONDESK_SECOND_MODEL is 'nonsense'"):
        SecondModel("nonsense")
