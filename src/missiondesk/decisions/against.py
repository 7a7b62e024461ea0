"""The case against: what speaks against a proposal, found by plain code. It hides nothing and blocks nothing.

It looks at the proposal, at how old its facts are by now, and at what was proposed before: for this customer, and under
this brief. Nothing here changes who may approve.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median_low
from typing import Any, Literal

from missiondesk.decisions.action import Action, opened
from missiondesk.decisions.proposals import Closed, Shown
from missiondesk.ids import CustomerId, ProposalId
from missiondesk.kit.money import Money, shown
from missiondesk.kit.spans import in_words

AMOUNTS_DAYS, AGAIN_DAYS = 90, 30  # how far back amounts and rejections count; how far back, what was done
_ENOUGH = 8  # amounts before; of fewer nobody can say what is usual
_OFTEN = 3
_AN_ID = re.compile(r"\S*\d\S*")


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against it; `observation` of its trace, or another `proposal`, shows it."""

    weight: Literal["look", "serious"]
    sentence: str
    observation: int | None = None
    proposal: ProposalId | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A record that it rests on, and when that is too old."""

    observation: int
    title: str
    read_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Before:
    """Another proposal. `actions` are (tool, arguments); `at`: when it was closed, or opened if it still waits.

    `nothing`: it was approved and came to nothing. `reason`: of the person who rejected it.
    """

    id: ProposalId
    title: str
    brief: str
    customer: CustomerId
    at: datetime
    closed: Closed | None
    actions: Sequence[tuple[str, Mapping[str, Any]]]
    nothing: bool = False
    unknown: bool = False
    disproved: bool = False
    reason: str | None = None


def objections(
    found: Shown,
    *,
    at: datetime,
    facts: Sequence[Fact],
    cites: bool,
    unproved: Sequence[str],
    of_customer: Sequence[Before],
    of_brief: Sequence[Before],
    all_there: bool = True,
) -> list[Objection]:
    """All that speaks against it at this moment, the serious first.

    `cites`: it cites an article, or need not. `unproved`: tools whose effect nobody can read back. `of_customer` and
    `of_brief`: the other proposals, newest first. `all_there`: `of_brief` is all there were, not only the newest.
    """
    actions = [opened(one.sealed) for one in found.proposed.actions]
    those = "in 90 days" if all_there else "lately"
    all_ = [
        *_of_evidence(actions, facts, at, cites),
        *_of_sources(actions),
        *(_look(f"What {tool} does is not read back: nobody will have seen that it happened.") for tool in unproved),
        *_of_customer(actions, of_customer, at),
        *_of_rejections(found, actions, [*of_customer, *of_brief]),
        *(one for action in actions for one in _of_amount(action, of_brief, those)),
    ]
    return sorted(dict.fromkeys(all_), key=lambda one: one.weight != "serious")


def _look(sentence: str, observation: int | None = None, proposal: ProposalId | None = None) -> Objection:
    return Objection("look", sentence, observation, proposal)


def _serious(sentence: str, observation: int | None = None, proposal: ProposalId | None = None) -> Objection:
    return Objection("serious", sentence, observation, proposal)


def _of_evidence(actions: Sequence[Action], facts: Iterable[Fact], at: datetime, cites: bool) -> Iterator[Objection]:
    for action in actions:
        if not action.evidence:
            yield _serious(f"{action.key} rests on no evidence.")
    if not cites:
        yield _look("No article is cited: no rule of ours says that this is to be done.")
    for one in facts:
        read, left = f"{one.title} was read {in_words(at - one.read_at)} ago", one.until - at
        if left <= timedelta():
            yield _serious(f"{read}: too old by now.", one.observation)
        elif left <= (one.until - one.read_at) / 4:
            yield _look(f"{read}, too old in {in_words(left)}.", one.observation)


def _of_sources(actions: Iterable[Action]) -> Iterator[Objection]:
    for action in actions:
        for name, origin in action.lineage.items():
            if origin.kind == "model" and action.arguments.get(name) is not None:
                value = shown(action.arguments[name])
                yield _serious(f"{name.replace('_', ' ')}, {value[:80]}, has no source: the worker made it up.")


def _of_customer(actions: Sequence[Action], before: Sequence[Before], at: datetime) -> Iterator[Objection]:
    for one in before:
        if one.unknown:
            yield _serious(f"It is not known whether this happened for the same customer: {one.title}.", None, one.id)
        if one.disproved:
            yield _serious(f"For the same customer this was done and not found afterwards: {one.title}.", None, one.id)
    done = [one for one in before if one.closed == "approved" and not one.nothing and _within(one, at)]
    for action in actions:
        for one in before:
            if one.closed is None and _same_record(action, one):
                yield _serious(f"The same is asked for in another proposal, which waits: {one.title}.", None, one.id)
        for one in done:
            if _same_record(action, one):
                ago = in_words(at - one.at)
                yield _serious(f"The same was approved {ago} ago: {one.title}.", None, one.id)
        often = [one for one in done if any(tool == action.key for tool, _ in one.actions)]
        if len(often) >= _OFTEN:
            times = f"{len(often)} times in {AGAIN_DAYS} days"
            yield _look(f"{action.key} was approved for this customer {times}.", None, often[0].id)


def _within(one: Before, at: datetime) -> bool:
    return one.at >= at - timedelta(days=AGAIN_DAYS)


def _same_record(action: Action, other: Before) -> bool:
    """The same tool on the same record: every argument that reads like an id is the same."""
    return any(tool == action.key and _same_ids(action, arguments) for tool, arguments in other.actions)


def _same_ids(action: Action, arguments: Mapping[str, Any]) -> bool:
    ids = {
        name: value
        for name, value in action.arguments.items()
        if isinstance(value, str) and _AN_ID.fullmatch(value) and action.lineage[name].kind != "bound"
    }
    return bool(ids) and all(arguments.get(name) == value for name, value in ids.items())


def _of_rejections(found: Shown, actions: Sequence[Action], before: Iterable[Before]) -> Iterator[Objection]:
    brief = found.proposed.brief.partition("@")[0]
    customers = {action.customer for action in actions}
    like = {
        one.id: one
        for one in before
        if one.closed == "rejected"
        and one.brief == brief
        and any(
            tool == action.key and (one.customer in customers or _same_ids(action, arguments))
            for action in actions
            for tool, arguments in one.actions
        )
    }
    if like:
        last = max(like.values(), key=lambda one: one.at)
        times = "once" if len(like) == 1 else f"{len(like)} times, the last"
        why = f": “{last.reason[:200]}”" if last.reason else ", without a reason"
        yield _serious(f"The like of it was rejected {times}{why}", None, last.id)


def _of_amount(action: Action, before: Iterable[Before], those: str) -> Iterator[Objection]:
    amount = _amount(action.arguments)
    if amount is None:
        return
    past = sorted(
        money.minor
        for one in before
        if one.closed == "approved"
        for tool, arguments in one.actions
        if tool == action.key and (money := _amount(arguments)) and money.currency == amount.currency
    )
    if len(past) < _ENOUGH:
        return
    usual, middle = past[ceil(0.95 * len(past)) - 1], median_low(past)
    if amount.minor <= usual and amount.minor <= 3 * middle:
        return
    above = sum(one > amount.minor for one in past)
    highest, middle_one = Money(past[-1], amount.currency), Money(middle, amount.currency)
    limit = f"none was above {highest}" if amount.minor > past[-1] else f"{above} were above it"
    sentence = f"{amount}; of {len(past)} approved {those} {limit}, the middle one is {middle_one}."
    yield Objection("serious" if amount.minor > 3 * middle else "look", sentence)


def _amount(arguments: Mapping[str, Any]) -> Money | None:
    """`None`: there is none, or more than one."""
    found = [money for value in arguments.values() if (money := Money.of(value))]
    return found[0] if len(found) == 1 else None
