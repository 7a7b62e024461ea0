"""Rulings: the strictest rule wins, in whatever order, and what is not known can only restrict."""

import itertools

import pytest

from missiondesk.decisions import Deny, Facts, Grant, NeedsApprovals, Policy, rule_on
from missiondesk.decisions.ruling import stricter
from missiondesk.ids import GrantId, ProposalId
from tests.promises import promise

EUR = "EUR"
RULES = {
    "refund": {"action": "billing.refund_payment", "says": "One agent.", "approve": {"count": 1, "role": "agent"}},
    "large": {
        "action": "billing.refund_payment",
        "when": [{"argument": "amount", "above": {"minor": 50000, "currency": EUR}}],
        "says": "Two supervisors.",
        "approve": {"count": 2, "role": "supervisor"},
    },
    "made-up": {
        "action": "billing.refund_payment",
        "when": [{"origin_of": "payment_id", "not_in": ["record", "person"]}],
        "says": "Never.",
        "deny": True,
    },
}


def policy(*names: str) -> Policy:
    return Policy.model_validate({"rule": {name: RULES[name] for name in names or RULES}})


def refund(
    minor: int | None, *, currency: str = EUR, origin: str = "record", action: str = "billing.refund_payment"
) -> Facts:
    amount = {} if minor is None else {"amount": {"minor": minor, "currency": currency}}
    return Facts(action, {"payment_id": "pay_1", **amount}, {"payment_id": origin, "amount": "record"}, 2)  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("minor", "count", "role"), [(49999, 1, "agent"), (50000, 1, "agent"), (50001, 2, "supervisor")]
)
def test_a_limit_holds_to_the_cent(minor: int, count: int, role: str) -> None:
    ruling = rule_on(policy(), [refund(minor)])
    assert isinstance(ruling, NeedsApprovals)
    assert (ruling.count, ruling.role) == (count, role)


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize("facts", [refund(1, currency="USD"), refund(None)], ids=["another currency", "no amount"])
def test_what_cannot_be_compared_needs_the_stricter_approval(facts: Facts) -> None:
    ruling = rule_on(policy(), [facts])
    assert isinstance(ruling, NeedsApprovals)
    assert (ruling.count, ruling.role) == (2, "supervisor")


@promise("decisions.no-answer-is-no")
@pytest.mark.parametrize(
    "actions", [[refund(1, action="shop.cancel_order")], [refund(1), refund(1, action="crm.add_note")]]
)
def test_an_action_without_a_rule_is_denied_with_all_that_comes_with_it(actions: list[Facts]) -> None:
    assert isinstance(rule_on(policy(), actions), Deny)


def test_one_denied_action_denies_the_proposal() -> None:
    assert isinstance(rule_on(policy(), [refund(1), refund(1, origin="model")]), Deny)


@pytest.mark.parametrize("order", list(itertools.permutations(RULES)))
def test_the_order_of_the_rules_means_nothing(order: tuple[str, ...]) -> None:
    for facts in (refund(1), refund(60000), refund(1, origin="model")):
        assert _answer(rule_on(policy(*order), [facts])) == _answer(rule_on(policy(), [facts]))


def test_of_two_rulings_the_stricter_one_holds() -> None:
    agent, supervisor, two = (
        NeedsApprovals(1, "agent", "", ()),
        NeedsApprovals(1, "supervisor", "", ()),
        NeedsApprovals(2, "agent", "", ()),
    )
    assert stricter(agent, agent) == agent
    assert stricter(supervisor, agent) == supervisor
    assert _answer(stricter(agent, supervisor)) == (1, "supervisor")
    assert _answer(stricter(supervisor, two)) == (2, "supervisor")
    assert isinstance(stricter(two, Deny("", ())), Deny)


def test_the_key_comes_from_what_was_approved_and_from_nothing_else() -> None:
    def key(digest: str, grant: str = "grant-1", proposal: str = "p", position: int = 0) -> str:
        return Grant(GrantId(grant), ProposalId(proposal), position, digest).key

    assert key("d") == key("d", "grant-2", "q", 3)
    assert key("d") != key("e")


def _answer(ruling: Deny | NeedsApprovals) -> tuple[int, str] | None:
    return None if isinstance(ruling, Deny) else (ruling.count, ruling.role)
