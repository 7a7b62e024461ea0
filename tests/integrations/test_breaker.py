"""The breaker of a connection: when it opens, how long it stays open, and that only one probes."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from missiondesk.integrations.breaker import (
    FAILED,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    PROBE,
    UNREACHED,
    WITHIN,
    Breaker,
)

LONGER = 1.25  # what jitter can make of a pause
_ROUNDING = 1e-6  # seconds: clocks are floats


@dataclass(frozen=True, slots=True)
class Event:
    """After `wait` seconds somebody asks, and hears what `end` says: `None` is an answer that never comes."""

    wait: float
    end: str | None


EVENTS = st.lists(
    st.builds(Event, st.floats(0, 90), st.sampled_from(["ok", "unreached", "unusable", None])), max_size=60
)


def opened(at: float = 100.0, *, jitter: float = 0.0) -> Breaker:
    """A breaker that has just opened."""
    breaker = Breaker(jitter=lambda: jitter)
    turned = [breaker.failed(at, reached=False, why="refused") for _ in range(UNREACHED)]
    assert turned == [False] * (UNREACHED - 1) + [True]
    return breaker


def test_it_opens_after_three_calls_in_a_row_that_never_arrived() -> None:
    breaker = opened(7.0)
    assert (breaker.state, breaker.since, breaker.why) == ("open", 7.0, "refused")
    assert not breaker.allows(7.0)


def test_a_call_that_arrived_between_them_keeps_it_closed() -> None:
    breaker = Breaker()
    for reached in (False, False, True, False, False):
        breaker.failed(1.0, reached=reached)
        breaker.succeeded(1.0)
    assert breaker.state == "closed"
    for reached in (False, False, True, False):
        assert not breaker.failed(2.0, reached=reached)
    assert breaker.state == "closed"


def test_it_opens_after_five_failures_of_any_kind_within_thirty_seconds() -> None:
    breaker = Breaker()
    turned = [breaker.failed(at * WITHIN / (FAILED - 1), reached=True) for at in range(FAILED)]
    assert turned == [False] * (FAILED - 1) + [True]


def test_five_failures_that_take_longer_leave_it_closed() -> None:
    breaker = Breaker()
    assert not any(breaker.failed(at * WITHIN / (FAILED - 2), reached=True) for at in range(20))


def test_an_answer_between_the_failures_begins_the_count_anew() -> None:
    breaker = Breaker()
    for _ in range(10):
        for _ in range(FAILED - 1):
            breaker.failed(1.0, reached=True)
        assert not breaker.succeeded(1.0), "it was closed already"
    assert breaker.state == "closed"


def test_exactly_one_probes_and_its_answer_lets_everybody_in_again() -> None:
    breaker = opened(100.0)
    later = breaker.retry_at
    assert [breaker.allows(later) for _ in range(5)] == [True, False, False, False, False]
    assert breaker.state == "half-open"
    assert breaker.succeeded(later + 1)
    assert (breaker.state, breaker.since, breaker.why) == ("closed", later + 1, None)
    assert all(breaker.allows(later + 1) for _ in range(5))


def test_a_probe_that_fails_opens_it_for_twice_as_long_and_it_is_away_since_the_same_time() -> None:
    breaker, at, pauses = opened(100.0), 100.0, list[float]()
    for _ in range(7):
        pauses.append(breaker.retry_at - at)
        at = breaker.retry_at
        assert breaker.allows(at)
        assert not breaker.failed(at, reached=True, why="it answers 503"), "it was not closed before"
        assert (breaker.state, breaker.since, breaker.why) == ("open", 100.0, "it answers 503")
    assert pauses == [2, 4, 8, 16, 30, 30, 30]


def test_a_probe_nobody_reports_on_is_left_to_somebody_else_after_a_while() -> None:
    breaker = opened(100.0)
    at = breaker.retry_at
    assert breaker.allows(at)
    assert not breaker.allows(at + PROBE - 0.1)
    assert breaker.allows(at + PROBE)
    assert not breaker.allows(at + PROBE)


def test_whoever_comes_while_somebody_probes_is_told_to_come_back_soon() -> None:
    breaker = opened(100.0)
    at = breaker.retry_at
    breaker.allows(at)
    assert 0 < breaker.retry_at - at <= FIRST_PAUSE


def test_an_old_call_that_fails_while_it_is_open_makes_nothing_longer() -> None:
    breaker = opened(100.0)
    before = breaker.retry_at
    for _ in range(10):
        assert not breaker.failed(101.0, reached=False)
    assert (breaker.retry_at, breaker.state) == (before, "open")


def test_an_old_call_that_is_answered_after_all_closes_it() -> None:
    breaker = opened(100.0)
    assert breaker.succeeded(100.5)
    assert breaker.allows(100.5)


@given(EVENTS, st.floats(0, 1))
def test_whatever_happens_it_never_stays_shut_for_good_and_its_pauses_keep_their_bounds(
    events: Sequence[Event], jitter: float
) -> None:
    breaker, at = Breaker(jitter=lambda: jitter), 1_000.0
    for event in events:
        at += event.wait
        before = breaker.state
        asked = breaker.allows(at)
        assert asked or before != "closed", "closed means that everybody may ask"
        if asked:
            _report(breaker, at, event.end)
        if breaker.state == "open" and before != "open":
            pause = breaker.retry_at - at
            assert FIRST_PAUSE - _ROUNDING <= pause <= LONGEST_PAUSE * LONGER + _ROUNDING
        assert breaker.since <= at
    assert breaker.allows(at + max(PROBE, LONGEST_PAUSE * LONGER)), "somebody may look again in a minute"


@given(EVENTS)
def test_while_it_is_open_and_before_its_time_nobody_is_let_through(events: Sequence[Event]) -> None:
    breaker, at = Breaker(jitter=lambda: 0.5), 0.0
    for event in events:
        at += event.wait
        too_early = breaker.state == "open" and at < breaker.retry_at
        asked = breaker.allows(at)
        assert not (too_early and asked)
        if asked and breaker.state == "half-open":
            assert not breaker.allows(at), "one probe, not two"
        if asked:
            _report(breaker, at, event.end)


@given(st.lists(st.booleans(), max_size=40))
def test_one_answer_is_enough_to_begin_anew(failures: Sequence[bool]) -> None:
    breaker, fresh = Breaker(jitter=lambda: 0.0), Breaker(jitter=lambda: 0.0)
    for reached in failures:
        breaker.failed(5.0, reached=reached)
    breaker.succeeded(6.0)
    for at in (7.0, 8.0, 9.0):
        assert breaker.failed(at, reached=False) == fresh.failed(at, reached=False)
    assert breaker.retry_at == fresh.retry_at


def _report(breaker: Breaker, at: float, end: str | None) -> None:
    match end:
        case "ok":
            breaker.succeeded(at)
        case "unreached" | "unusable":
            breaker.failed(at, reached=end == "unusable", why=end)
        case _:
            pass
