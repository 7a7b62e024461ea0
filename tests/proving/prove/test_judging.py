"""Three books of one mission, side by side: what each disagreement is called."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from missiondesk.proving.prove.asked import EffectClass
from missiondesk.proving.prove.comparing import needless
from missiondesk.proving.prove.judging import Granted, Mission, Outside, Verdict, all_of
from missiondesk.proving.prove.judging import judged as judged_by
from missiondesk.proving.prove.schedule import Story, Twist
from missiondesk.proving.sandbox import Payment

ARGUMENTS: dict[str, Any] = {"customer_id": "c-1", "account_id": "acct-000001", "amount": {"minor": 990}}
SEALED = '{"v":1}'
GRANT = Granted(
    id="grant-1",
    digest=sha256(SEALED.encode()).hexdigest(),
    sealed=SEALED,
    arguments=ARGUMENTS,
    approved=True,
    revision=1,
    key="md-1",
    state="done",
    told=Counter({"intent": 1, "sent": 1, "done": 1}),
)
MISSION = Mission(ended=True, done=True, handed_off=False, whole=True, grants=[GRANT])
PAID = Payment(1, "pay_keyed", "acct-000001", 990, "EUR", "md-1", ARGUMENTS, 1)
UNKNOWN = replace(GRANT, state="unknown", told=Counter({"intent": 1, "sent": 1, "unknown": 1}))
STALE = replace(GRANT, state="stale", told=Counter({"intent": 1, "stale": 1}))


def of(**more: Any) -> Mission:
    return replace(MISSION, **more)


def judged(
    mission: Mission,
    payments: list[Payment],
    effect_class: EffectClass,
    twist: Twist | None = None,
    called: int | None = None,
) -> Verdict:
    """With as many calls as payments, if not said otherwise."""
    calls = ["acct-000001"] * (len(payments) if called is None else called)
    return judged_by(mission, Outside(payments, calls), Story(1, effect_class, twist))


def test_paid_once_and_said_so_is_right() -> None:
    assert judged(MISSION, [PAID], "keyed") == Verdict(effects=1)


def test_paid_twice_is_doubled() -> None:
    assert judged(MISSION, [PAID, replace(PAID, payment_id=2)], "keyed").doubled == 1


def test_said_to_be_done_and_not_paid_is_lost() -> None:
    assert judged(MISSION, [], "keyed").lost == 1


@pytest.mark.parametrize("state", ["failed", "stale", "skipped"])
def test_paid_and_said_not_to_be_done_is_lost(state: str) -> None:
    said = replace(GRANT, state=state, told=Counter({"intent": 1, state: 1}))
    assert judged(of(grants=[said]), [PAID], "keyed").lost == 1


def test_approved_and_forgotten_is_lost() -> None:
    assert judged(of(grants=[replace(GRANT, state=None, told=Counter())]), [], "keyed").lost == 1


@pytest.mark.parametrize("payments", [[], [PAID]])
def test_what_a_person_is_asked_about_is_parked_and_not_lost(payments: list[Payment]) -> None:
    found = judged(of(done=False, grants=[UNKNOWN]), payments, "keyed")
    assert found == Verdict(effects=1, parked=1)


def test_stale_first_and_paid_by_the_next_grant_is_right() -> None:
    both = of(grants=[STALE, replace(GRANT, id="grant-2")])
    assert judged(both, [PAID], "keyed", twist="changed") == Verdict(effects=2)
    assert judged(both, [PAID], "keyed") == Verdict(effects=2, strange=1)


def test_sent_again_where_no_key_makes_it_safe_is_doubled_whether_or_not_it_was_paid() -> None:
    again = of(grants=[replace(GRANT, told=Counter({"intent": 1, "sent": 2, "done": 1}))])
    assert judged(again, [PAID], "keyed") == Verdict(effects=1)
    assert judged(again, [PAID], "queryable").doubled == 1
    assert judged(MISSION, [PAID], "neither", called=2).doubled == 1


def test_what_could_not_be_sent_may_be_sent() -> None:
    put_off = of(grants=[replace(GRANT, told=Counter({"intent": 1, "sent": 2, "put_off": 1, "done": 1}))])
    assert judged(put_off, [PAID], "neither") == Verdict(effects=1)


def test_a_payment_that_was_only_said_to_be_made_is_lost_unless_reading_back_showed_it() -> None:
    assert judged(MISSION, [], "keyed", twist="unpaid").lost == 1
    assert judged(of(grants=[replace(GRANT, proved=False)]), [], "keyed", twist="unpaid").lost == 0
    assert judged(of(grants=[replace(GRANT, proved=False)]), [], "keyed").lost == 1


def test_a_payment_before_the_action_before_it_was_done_is_unapproved() -> None:
    first = replace(GRANT, id="grant-0", arguments={**ARGUMENTS, "account_id": "acct-0000012"})
    second = replace(GRANT, follows=["grant-0"])
    other = replace(PAID, payment_id=2, account_id="acct-0000012", arguments=dict(first.arguments))
    assert judged(of(grants=[first, second]), [other, PAID], "keyed").unapproved == 0
    stopped = replace(first, state="stale", told=Counter({"intent": 1, "stale": 1}))
    assert judged(of(grants=[stopped, second]), [PAID], "keyed").unapproved == 1


def test_handed_off_without_a_reason_in_its_story_is_strange() -> None:
    handed = of(handed_off=True, grants=[])
    assert judged(handed, [], "keyed") == Verdict(handed_off=1, strange=1)
    assert judged(handed, [], "keyed", twist="tampered") == Verdict(handed_off=1)


@pytest.mark.parametrize(
    ("found", "effect_class", "doubted", "count"),
    [
        (Verdict(effects=100, parked=6), "keyed", 40, 0),
        (Verdict(effects=100, parked=20), "keyed", 40, 14),
        (Verdict(effects=100, parked=60), "neither", 40, 0),
        (Verdict(effects=100, parked=100), "neither", 40, 32),
        (Verdict(strange=100), "keyed", 0, 95),
        (Verdict(effects=100, hasty=1), "queryable", 40, 1),
    ],
)
def test_more_left_to_people_than_the_schedule_explains_is_needless(
    found: Verdict, effect_class: EffectClass, doubted: int, count: int
) -> None:
    assert needless(found, effect_class, missions=100, doubted=doubted) == count


@pytest.mark.parametrize(
    "grant",
    [
        replace(GRANT, approved=False),
        replace(GRANT, sealed='{"v":2}'),
        replace(GRANT, arguments={**ARGUMENTS, "amount": {"minor": 991}}),
        replace(GRANT, key="md-2"),
        replace(GRANT, revision=2),
    ],
    ids=["nobody said yes", "other bytes", "other arguments", "another key", "other facts"],
)
def test_a_payment_that_no_grant_allows_is_unapproved(grant: Granted) -> None:
    assert judged(of(grants=[grant]), [PAID], "keyed").unapproved == 1


def test_without_a_key_the_arguments_are_what_counts() -> None:
    assert judged(MISSION, [replace(PAID, key=None)], "neither").unapproved == 0


def test_a_mission_that_still_runs_is_stuck() -> None:
    running = replace(GRANT, state="sent", told=Counter({"intent": 1, "sent": 1}))
    assert judged(of(ended=False, done=False, grants=[running]), [], "keyed") == Verdict(stuck=1)


@pytest.mark.parametrize(
    "mission",
    [
        of(whole=False),
        of(grants=[replace(GRANT, told=Counter({"intent": 1, "sent": 1}))]),
        of(grants=[replace(GRANT, told=Counter({"intent": 1, "done": 1}))]),
        of(grants=[replace(GRANT, told=Counter({"sent": 1, "done": 1}))]),
        of(done=False, grants=[replace(GRANT, state="unknown", told=Counter({"intent": 1, "unknown": 1}))]),
    ],
    ids=["the chain is broken", "no end", "done and not sent", "no intent", "paid and not sent"],
)
def test_a_trace_that_does_not_tell_what_happened_is_broken(mission: Mission) -> None:
    assert judged(mission, [PAID], "keyed").trace_broken == 1


def test_all_missions_together_are_the_sum() -> None:
    assert all_of([Verdict(effects=1, lost=1), Verdict(effects=2, parked=1)]) == Verdict(effects=3, lost=1, parked=1)
