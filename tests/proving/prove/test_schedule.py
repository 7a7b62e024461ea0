"""The schedule: the seed and the options decide, and nothing else."""

from collections import Counter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiondesk.kit.errors import Misconfigured
from missiondesk.proving.prove.asked import Asked, EffectClass
from missiondesk.proving.prove.schedule import POINTS, STANDING, Blow, schedule
from tests.crash.points import covered

CLASSES = st.sampled_from(get_args(EffectClass))
SEEDS = st.integers(min_value=-(2**63), max_value=2**63)


@st.composite
def asked_for(draw: st.DrawFn) -> Asked:
    kills, zombies = draw(st.integers(0, 250)), draw(st.integers(0, 40))
    return Asked(kills + 1, draw(SEEDS), draw(CLASSES), draw(st.integers(1, 8)), zombies)


@given(asked=asked_for(), workers=st.integers(1, 8))
def test_the_same_seed_and_options_give_the_same_schedule(asked: Asked, workers: int) -> None:
    again = Asked(asked.kills, asked.seed, asked.effect_class, workers, asked.zombies)
    assert schedule(asked) == schedule(again)


@given(asked=asked_for())
def test_as_many_die_and_are_stopped_as_was_asked_for(asked: Asked) -> None:
    count = Counter(step.blow.kind for step in schedule(asked))
    assert count["point"] + count["instant"] == asked.kills
    assert count["zombie"] == asked.zombies


@given(asked=asked_for())
def test_database_ledger_and_network_go_away_in_each_run_of_a_hundred_kills(asked: Asked) -> None:
    count = Counter(step.blow.kind for step in schedule(asked))
    assert {count[kind] for kind in ("restart", "ledger", "chaos")} == {asked.kills // 100}
    assert count["freeze"] == asked.kills // 40


@given(asked=asked_for())
def test_each_blow_is_one_that_can_be_struck(asked: Asked) -> None:
    for step in schedule(asked):
        assert _can_be(step.blow), step.blow


@given(asked=asked_for())
def test_each_mission_pays_an_account_of_its_own(asked: Asked) -> None:
    accounts = [one for step in schedule(asked) if step.story for one in step.story.accounts]
    assert len(set(accounts)) == len(accounts)


def test_another_seed_gives_another_schedule() -> None:
    schedules = {schedule(Asked(20, seed, "keyed", 3, 0)) for seed in range(20)}
    assert len(schedules) == 20


def test_a_long_run_comes_to_every_point_and_every_twist() -> None:
    steps = schedule(Asked(1000, 1, "neither", 3, 100))
    points = {step.blow.point for step in steps}
    assert points >= set(POINTS)
    stories = [step.story for step in steps if step.story]
    assert {story.twist for story in stories} == {None, "changed", "tampered", "disowned"}
    assert {len(story.accounts) for story in stories} == {1, 2}
    zombies = [step.blow for step in steps if step.blow.kind == "zombie"]
    assert {blow.stop for blow in zombies} == {None, "before-call", "after-call"}
    assert {blow.point for blow in zombies} == {None, *STANDING}
    assert 10 < sum(blow.hold > 8 for blow in zombies) < 40, "some stand still until nobody waits for their call"


def test_only_who_can_read_back_meets_a_ledger_that_says_it_paid() -> None:
    twists = {step.story.twist for step in schedule(Asked(500, 1, "keyed", 3, 0)) if step.story}
    assert "unpaid" in twists


@pytest.mark.parametrize(
    ("kills", "zombies", "workers", "sentence"),
    [
        (0, 0, 3, "at least 1"),
        (-1, 5, 3, "at least 1"),
        (10, 0, 0, "--workers must be 1 to 8"),
        (10, 0, 9, "--workers must be 1 to 8"),
    ],
)
def test_what_cannot_be_run_is_said(kills: int, zombies: int, workers: int, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        Asked(kills, 1, "keyed", workers, zombies)


def test_a_naive_retry_of_a_keyed_action_breaks_nothing_and_is_refused() -> None:
    with pytest.raises(Misconfigured, match="--class neither"):
        Asked(10, 1, "keyed", 3, 0, broken="naive-retry")


def _can_be(blow: Blow) -> bool:
    match blow.kind:
        case "point":
            return blow.point in covered()
        case "zombie":
            return blow.hold > 1 and blow.point in {None, *covered()}  # longer than it counts as alive
        case "instant":
            return 0 <= blow.after < 1
        case "freeze":
            return blow.stop == "after-recheck"
        case "restart" | "ledger" | "chaos":
            return blow.point is None
