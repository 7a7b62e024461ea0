"""What holds of every policy, whoever wrote it: tried on thousands that chance wrote."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from missiondesk.decisions import Around, ByItself, Deny, Done, Facts, NeedsApprovals, Policy, Ruling, rule_on
from tests.promises import promise

PAY, NOTE = "billing.refund", "crm.note"
NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
AMOUNTS = (-1, 0, 499, 500, 501, 49_999, 50_000, 50_001)
UP = ["args.amount > 5.00 EUR", "args.amount >= 500.00 EUR", "history.30d.sum.amount > 500.00 EUR"]
DOWN = ["args.amount <= 5.00 EUR", "args.amount < 500.00 EUR"]
OTHER = [
    "lineage.args.amount not in [record, person]",
    "lineage.args.amount == record",
    "identity < 2",
    "case.age >= 3d",
    "customer.cases in [1, 2]",
    "brief != refund",
    "time.hour >= 18",
    "history.30d.count >= 2",
    "history.30d.count of crm.note == 0",
]
POOLS = ["goodwill/day 100.00 EUR", "goodwill/customer/30d 10.00 EUR", "small/brief/7d 5"]


def rules(up: list[str], down: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """`up` may be asked by what restricts, `down` by what allows."""
    restricts = st.lists(st.sampled_from(up), max_size=2, unique=True)
    allows = st.lists(st.sampled_from(down), max_size=2, unique=True)
    needs = st.fixed_dictionaries(
        {
            "count": st.integers(1, 3),
            "role": st.sampled_from(("agent", "supervisor")),
            "exclude": st.sampled_from(([], ["last_editor"])),
            "delay": st.sampled_from(("1m", "1h")),
            "hard": st.booleans(),
        }
    )
    reserve = st.lists(st.sampled_from(POOLS), min_size=1, unique=True)
    auto = st.fixed_dictionaries({"reserve": reserve})
    approving = st.fixed_dictionaries({"action": st.just(PAY), "when": restricts, "approve": needs})
    denying = st.fixed_dictionaries({"action": st.just(PAY), "when": restricts, "deny": st.just("No.")})
    freeing = st.fixed_dictionaries({"action": st.just(PAY), "when": allows, "auto": auto})
    one = st.one_of(approving, freeing, approving, freeing, denying)
    return st.dictionaries(st.sampled_from([f"rule-{n}" for n in range(9)]), one, max_size=6)


def known() -> st.SearchStrategy[dict[str, int | str]]:
    held = {
        "identity": st.integers(0, 3),
        "case.age": st.sampled_from((0, 3 * 86_400)),
        "customer.cases": st.integers(1, 3),
        "brief": st.sampled_from(("refund", "other")),
    }
    return st.fixed_dictionaries({}, optional=held)


def money(currency: str = "EUR") -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(AMOUNTS).map(lambda minor: {"minor": minor, "currency": currency})


def pasts() -> st.SearchStrategy[list[Done] | None]:
    one = st.builds(
        Done,
        st.sampled_from((PAY, NOTE)),
        st.integers(0, 40).map(lambda days: NOW - timedelta(days=days)),
        money().map(lambda amount: {"amount": amount}),
    )
    return st.none() | st.lists(one, max_size=3)


def facts() -> st.SearchStrategy[Facts]:
    around = st.builds(Around, st.none() | st.just(NOW), st.none() | st.just("customer-1"), known(), pasts())
    arguments = st.fixed_dictionaries({}, optional={"amount": money() | money("USD"), "tip": money()})
    origins: Any = st.fixed_dictionaries({}, optional={"amount": st.sampled_from(("record", "model"))})
    beside = st.lists(st.tuples(st.just(PAY), arguments), max_size=1).map(tuple)
    return st.builds(Facts, st.just(PAY), arguments, origins, around, beside)


def policy(of: dict[str, Any]) -> Policy:
    return Policy.model_validate({"rule": of})


def at_least(one: Ruling, other: Ruling) -> bool:
    """Whether `one` is as strict as `other`, or stricter."""
    match one, other:
        case Deny(), _:
            return True
        case _, Deny():
            return False
        case ByItself(), NeedsApprovals():
            return False
        case NeedsApprovals(), ByItself():
            return at_least(one, other.otherwise)
        case ByItself(), ByItself():
            more = set(other.reservations) <= set(one.reservations)
            return more and at_least(one.otherwise, other.otherwise)
        case NeedsApprovals(), NeedsApprovals():
            excluded = set(other.exclude) <= set(one.exclude)
            as_many = one.count >= other.count and one.delay >= other.delay
            return excluded and as_many and (one.role == other.role or one.role == "supervisor")


def with_less(of: Facts) -> Iterator[Facts]:
    """The same with one thing less known."""
    for name in of.arguments:
        yield replace(of, arguments={key: value for key, value in of.arguments.items() if key != name})
    for name in of.origins:
        yield replace(of, origins={key: value for key, value in of.origins.items() if key != name})
    for name in of.around.known:
        less = {key: value for key, value in of.around.known.items() if key != name}
        yield replace(of, around=replace(of.around, known=less))
    for name in ("at", "customer", "past"):
        yield replace(of, around=replace(of.around, **{name: None}))


MANY = settings(max_examples=500, deadline=None, derandomize=True)
ANY = rules(UP + DOWN + OTHER, UP + DOWN + OTHER)


@MANY
@given(ANY, facts(), st.randoms())
def test_the_order_of_the_rules_never_matters(of: dict[str, Any], about: Facts, chance: Any) -> None:
    shuffled = list(of.items())
    chance.shuffle(shuffled)
    assert rule_on(policy(dict(shuffled)), [about]) == rule_on(policy(of), [about])


@promise("decisions.no-answer-is-no")
@MANY
@given(ANY, facts())
def test_knowing_less_never_makes_it_looser(of: dict[str, Any], about: Facts) -> None:
    written = policy(of)
    ruling = rule_on(written, [about])
    for less in with_less(about):
        assert at_least(rule_on(written, [less]), ruling), less


@promise("decisions.no-answer-is-no")
@MANY
@given(rules(UP + OTHER, DOWN + OTHER), facts(), st.sampled_from(AMOUNTS), st.sampled_from(AMOUNTS))
def test_more_money_is_never_looser_where_rules_restrict_upwards(
    of: dict[str, Any], about: Facts, one: int, other: int
) -> None:
    less, more = (
        replace(about, arguments={**about.arguments, "amount": {"minor": minor, "currency": "EUR"}})
        for minor in sorted(abs(each) for each in (one, other))
    )
    strict, loose = rule_on(policy(of), [more]), rule_on(policy(of), [less])
    if isinstance(loose, Deny) and not loose.rules:
        return  # no rule covers the smaller one; one that begins above it may cover the larger
    assert at_least(_same_amounts(strict), _same_amounts(loose))


@MANY
@given(ANY, facts(), facts())
def test_a_second_action_never_makes_it_looser(of: dict[str, Any], about: Facts, other: Facts) -> None:
    written = policy(of)
    assert at_least(rule_on(written, [about, other]), rule_on(written, [about]))


def _same_amounts(ruling: Ruling) -> Ruling:
    if not isinstance(ruling, ByItself):
        return ruling
    return replace(ruling, reservations=tuple(replace(one, amount=0) for one in ruling.reservations))
