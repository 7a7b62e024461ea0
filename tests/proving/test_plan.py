"""The plan: the seed decides, and nothing else."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiondesk.proving.chaos import FAULTS, Fault, Plan, planned

SEEDS = st.integers(min_value=-(2**63), max_value=2**63)
TOOLS = st.text(min_size=1, max_size=20)
SHARES = st.dictionaries(st.sampled_from(FAULTS), st.floats(min_value=0, max_value=1 / len(FAULTS)))


@given(seed=SEEDS, shares=SHARES, tool=TOOLS)
def test_the_same_seed_gives_the_same_schedule(seed: int, shares: dict[Fault, float], tool: str) -> None:
    one, other = Plan(seed, shares), Plan(seed, dict(reversed(shares.items())))
    assert [one.injection(tool, nth) for nth in range(1, 50)] == [other.injection(tool, nth) for nth in range(1, 50)]


@given(seed=SEEDS, calls=st.lists(st.sampled_from(["pay", "look", "close"]), max_size=60), data=st.data())
def test_the_order_in_which_calls_of_different_tools_come_changes_nothing(
    seed: int, calls: list[str], data: st.DataObject
) -> None:
    def schedule(calls: list[str]) -> dict[tuple[str, int], object]:
        came = Counter[str]()
        met: dict[tuple[str, int], object] = {}
        for tool in calls:
            came[tool] += 1
            met[tool, came[tool]] = planned(seed).injection(tool, came[tool])
        return met

    assert schedule(calls) == schedule(data.draw(st.permutations(calls)))


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_shares_come_out_right(seed: int) -> None:
    plan = planned(seed)
    met = Counter(injection.fault if (injection := plan.injection("pay", nth)) else None for nth in range(1, 10_001))
    for fault, share in plan.shares.items():
        spread = (share * (1 - share) * 10_000) ** 0.5
        assert abs(met[fault] - share * 10_000) < 6 * spread + 1, fault
    assert met["drift"] == 0


@given(seed=SEEDS, tool=TOOLS, nth=st.integers(1, 10**9), fault=st.sampled_from(FAULTS))
def test_a_share_of_one_is_every_call_and_of_none_is_no_call(seed: int, tool: str, nth: int, fault: Fault) -> None:
    injection = Plan(seed, {fault: 1.0}).injection(tool, nth)
    assert injection is not None
    assert injection.fault == fault
    assert 0 <= injection.luck < 1
    assert Plan(seed, {fault: 0.0}).injection(tool, nth) is None


def test_other_seeds_and_other_tools_have_other_schedules() -> None:
    def schedule(seed: int, tool: str) -> list[object]:
        return [planned(seed).injection(tool, nth) for nth in range(1, 200)]

    assert len({str(schedule(seed, tool)) for seed in range(5) for tool in ("pay", "look")}) == 10


@pytest.mark.parametrize(
    ("fault", "deliveries"),
    [("cut-before", {0}), ("redirect", {0}), ("cut-after", {1}), ("duplicate", {2}), ("garbage", {1})]
    + [("hang", {0, 1}), ("server-error", {0, 1})],
)
def test_how_often_a_call_is_delivered_is_part_of_the_plan(fault: Fault, deliveries: set[int]) -> None:
    plan = Plan(7, {fault: 1.0})
    found = [injection.deliveries for nth in range(1, 400) if (injection := plan.injection("pay", nth))]
    assert set(found) == deliveries
    assert all(found.count(one) > 120 for one in deliveries)


def test_only_the_named_tools_are_spoilt() -> None:
    plan = planned(1, faults=["hang=1"], only=["pay"])
    assert plan.injection("pay", 1) is not None
    assert plan.injection("pay_back", 1) is None
