"""Rulings: the strictest rule wins, in whatever order, and what is not known can only restrict."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from missiondesk.decisions import (
    Around,
    ByItself,
    Deny,
    Done,
    Facts,
    Grant,
    NeedsApprovals,
    Policy,
    Ruling,
    rule_on,
    stricter,
)
from missiondesk.ids import GrantId, ProposalId
from tests.promises import promise

EUR = "EUR"
REFUND = "billing.refund_payment"
NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)  # a Monday
RULES: dict[str, Any] = {
    "refund": {"action": REFUND, "says": "One agent.", "approve": {"count": 1, "role": "agent"}},
    "large": {
        "action": REFUND,
        "when": ["args.amount > 500.00 EUR"],
        "says": "Two supervisors.",
        "approve": {"count": 2, "role": "supervisor", "hard": True},
    },
    "made-up": {"action": REFUND, "when": ["lineage.args.payment_id not in [record, person]"], "deny": "Never."},
    "small": {
        "action": REFUND,
        "when": ["args.amount <= 5.00 EUR", "case.messages < 10"],
        "auto": {"reserve": ["goodwill/day 100.00 EUR", "goodwill/customer/30d 10.00 EUR"]},
    },
}


def policy(*names: str, **more: Any) -> Policy:
    return Policy.model_validate({"rule": {name: (RULES | more)[name] for name in names or RULES} | more})


def asking(*when: str) -> Policy:
    """One agent, and two supervisors when all of this holds."""
    return policy("refund", asked=RULES["large"] | {"when": list(when)})


def refund(
    minor: int | None = 1,
    *,
    currency: str = EUR,
    origin: str = "record",
    action: str = REFUND,
    known: Mapping[str, int | str] | None = None,
    past: tuple[Done, ...] | None = (),
    **more: Any,
) -> Facts:
    amount = {} if minor is None else {"amount": {"minor": minor, "currency": currency}}
    origins: Any = {"payment_id": origin, "amount": "record"}
    about = {"identity": 2, "case.messages": 1, "brief": "charged-twice"} if known is None else known
    return Facts(action, {"payment_id": "pay_1", **amount, **more}, origins, Around(NOW, "customer-1", about, past))


def needs(ruling: Ruling) -> tuple[int, str]:
    assert isinstance(ruling, NeedsApprovals)
    return ruling.count, ruling.role


@pytest.mark.parametrize(
    ("minor", "count", "role"), [(49999, 1, "agent"), (50000, 1, "agent"), (50001, 2, "supervisor")]
)
def test_a_limit_holds_to_the_cent(minor: int, count: int, role: str) -> None:
    assert needs(rule_on(policy(), [refund(minor)])) == (count, role)


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize("facts", [refund(1, currency="USD"), refund(None)], ids=["another currency", "no amount"])
def test_what_cannot_be_compared_needs_the_stricter_approval(facts: Facts) -> None:
    assert needs(rule_on(policy(), [facts])) == (2, "supervisor")


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize(
    "actions", [[refund(1, action="shop.cancel_order")], [refund(1), refund(1, action="crm.add_note")]]
)
def test_an_action_without_a_rule_is_denied_with_all_that_comes_with_it(actions: list[Facts]) -> None:
    assert isinstance(rule_on(policy(), actions), Deny)


@promise("decisions.no-answer-is-no")
def test_a_rule_that_only_may_hold_does_not_allow_what_no_other_covers() -> None:
    only_small = policy("small", little=RULES["large"] | {"when": ["args.amount <= 50.00 EUR"]})
    assert needs(rule_on(only_small, [refund(2000)])) == (2, "supervisor")
    for facts in (refund(5001), refund(None), refund(1, currency="USD")):
        assert isinstance(rule_on(only_small, [facts]), Deny)


def test_one_denied_action_denies_the_proposal() -> None:
    assert isinstance(rule_on(policy(), [refund(1), refund(1, origin="model")]), Deny)


def test_what_goes_by_itself_takes_its_amount_from_each_pool() -> None:
    ruling = rule_on(policy(), [refund(300)])
    assert isinstance(ruling, ByItself)
    taken = [(one.pool, one.days, one.cap, one.amount) for one in ruling.reservations]
    assert taken == [
        ("goodwill/day EUR", 1, 10000, 300),
        ("goodwill/customer/30d EUR of customer-1", 30, 1000, 300),
    ]
    assert needs(ruling.otherwise) == (1, "agent")
    assert ruling.sentence == f"{REFUND} may go by itself (amount is €3.00, case.messages is 1)."


def test_deny_goes_before_a_hard_approval_that_before_auto_and_that_before_an_approval() -> None:
    hard = {"action": REFUND, "approve": {"count": 3, "hard": True}}
    never = {"action": REFUND, "deny": "Closed today."}
    assert isinstance(rule_on(policy("refund", "small"), [refund(1)]), ByItself)
    assert needs(rule_on(policy("refund", "small", hard=hard), [refund(1)])) == (3, "agent")
    assert rule_on(policy("refund", "small", hard=hard, never=never), [refund(1)]) == Deny("Closed today.", ("never",))


@pytest.mark.parametrize(
    "facts",
    [
        refund(-300),
        refund(300, known={"identity": 2}),
        refund(300, currency="USD"),
        refund(300, known={"identity": 2, "case.messages": 10}),
    ],
    ids=["below zero", "a fact is not known", "another currency", "a condition does not hold"],
)
def test_what_cannot_be_counted_or_is_not_known_does_not_go_by_itself(facts: Facts) -> None:
    assert isinstance(rule_on(policy("refund", "small"), [facts]), NeedsApprovals)


def test_the_argument_that_is_counted_can_be_named() -> None:
    tips = RULES["small"] | {"auto": {"reserve": ["goodwill/day 100.00 EUR"], "amount": "tip"}}
    ruling = rule_on(policy("refund", small=tips), [refund(300, tip={"minor": 1, "currency": EUR})])
    assert isinstance(ruling, ByItself)
    assert [one.amount for one in ruling.reservations] == [1]
    assert isinstance(rule_on(policy("refund", small=tips), [refund(300)]), NeedsApprovals)


def test_one_action_that_needs_people_makes_all_of_the_proposal_wait_for_them() -> None:
    assert needs(rule_on(policy(), [refund(1), refund(501)])) == (1, "agent")


def test_approvals_merge_to_the_strictest_and_say_who_is_needed() -> None:
    slow = {"action": REFUND, "approve": {"role": "agent", "delay": "10m", "exclude": ["last_editor"]}}
    ruling = rule_on(policy("refund", "large", slow=slow), [refund(60000)])
    assert isinstance(ruling, NeedsApprovals)
    assert (ruling.count, ruling.role, ruling.delay, ruling.exclude) == (2, "supervisor", 600, ("last_editor",))
    assert ruling.rules == ("large", "refund", "slow")
    assert ruling.sentence == (
        "Two supervisors (amount is €600.00). One agent. "
        f"{REFUND} needs one agent, not who edited it last, counting 10 minutes later. "
        "Needed: two different people, each a supervisor at least, not who edited it last, counting 10 minutes later."
    )


def before(days: float, minor: int = 400, tool: str = REFUND, **more: Any) -> Done:
    return Done(tool, NOW - timedelta(days=days), {"amount": {"minor": minor, "currency": EUR}} | more)


@pytest.mark.parametrize(
    ("when", "facts", "held"),
    [
        ("args.payment_id == pay_1", refund(), True),
        ('args.payment_id != "pay_1"', refund(), False),
        ("args.lines > 2.5", refund(lines=3), True),
        ("args.lines > 2.5", refund(lines="3"), None),
        ("args.lines in [1, 2]", refund(lines=1.0), True),
        ("args.gift == true", refund(gift=True), True),
        ("args.gift == true", refund(gift=1), None),
        ("args.to.country not in [DE, AT]", refund(to={"country": "FR"}), True),
        ("args.to.country not in [DE, AT]", refund(to="FR"), None),
        ("identity >= 2", refund(), True),
        ("brief == charged-twice", refund(), True),
        ("connection == billing", refund(), True),
        ("tool in [refund_payment, credit]", refund(), True),
        ("time.weekday in [sat, sun]", refund(), False),
        ("time.hour == 12", refund(), True),
        ("case.age < 3d", refund(known={"case.age": 3 * 86_400 - 1}), True),
        ("case.age < 3d", refund(known={}), None),
        ("history.30d.count >= 2", refund(past=(before(29), before(1))), True),
        ("history.30d.count >= 2", refund(past=(before(31), before(1))), False),
        ("history.30d.count >= 1", refund(past=(before(1, tool="crm.add_note"),)), False),
        ("history.30d.count of crm.add_note >= 1", refund(past=(before(1, tool="crm.add_note"),)), True),
        ("history.7d.sum.amount > 8.00 EUR", refund(past=(before(1), before(2))), False),
        ("history.7d.sum.amount >= 8.00 EUR", refund(past=(before(1), before(2))), True),
        ("history.7d.sum.amount > 8.00 EUR", refund(past=()), False),
        ("history.7d.sum.amount > 8.00 USD", refund(past=(before(1),)), None),
        ("history.7d.count > 0", refund(past=None), None),
    ],
)
def test_what_a_condition_asks_is_answered_by_the_facts(when: str, facts: Facts, held: bool | None) -> None:
    """That it holds and that nobody knows look the same in a rule that restricts, and not in one that allows."""
    free = policy("refund", free={"action": REFUND, "when": [when], "auto": {"reserve": ["all/day 1"]}})
    assert needs(rule_on(asking(when), [facts])) == ((1, "agent") if held is False else (2, "supervisor"))
    assert isinstance(rule_on(free, [facts]), ByItself) == (held is True)


def test_the_hour_is_that_of_the_policys_zone() -> None:
    there = asking("time.hour == 13").model_copy(update={"zone": "Europe/Berlin"})
    assert needs(rule_on(there, [refund()])) == (2, "supervisor")
    assert needs(rule_on(asking("time.hour == 13"), [refund()])) == (1, "agent")


def test_the_order_of_the_rules_means_nothing() -> None:
    asked = (refund(1), refund(300), refund(60000), refund(1, origin="model"), refund(None), refund(1, known={}))
    for order in itertools.permutations(RULES):
        for facts in asked:
            assert rule_on(policy(*order), [facts]) == rule_on(policy(), [facts])


def test_of_two_rulings_the_stricter_one_holds() -> None:
    agent, supervisor, two, slow = (
        NeedsApprovals(1, "agent", "", ()),
        NeedsApprovals(1, "supervisor", "", ()),
        NeedsApprovals(2, "agent", "", ()),
        NeedsApprovals(1, "agent", "", (), ("last_editor",), 60),
    )
    free = ByItself("", (), (), agent)
    assert stricter(agent, agent) == agent
    assert stricter(supervisor, agent) == supervisor
    assert needs(stricter(agent, supervisor)) == (1, "supervisor")
    assert needs(stricter(supervisor, two)) == (2, "supervisor")
    assert stricter(slow, agent) == slow
    assert stricter(agent, slow) == slow
    assert isinstance(stricter(two, Deny("", ())), Deny)
    assert isinstance(stricter(free, Deny("", ())), Deny)
    assert stricter(free, free) == free
    assert needs(stricter(free, two)) == (2, "agent")
    assert needs(stricter(two, free)) == (2, "agent"), "a person decides, so what a person needs counts"
    assert needs(stricter(agent, ByItself("", (), (), two))) == (2, "agent")


def test_the_key_comes_from_what_was_approved_and_from_nothing_else() -> None:
    def key(digest: str, grant: str = "grant-1", proposal: str = "p", position: int = 0) -> str:
        return Grant(GrantId(grant), ProposalId(proposal), position, digest).key

    assert key("d") == key("d", "grant-2", "q", 3)
    assert key("d") != key("e")
