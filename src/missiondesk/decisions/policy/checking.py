"""What is wrong with a policy although it can be read: contradictions, dead rules, holes, and doors nobody can open."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from missiondesk.decisions.policy.boundaries import by_fact, can_hold, implies
from missiondesk.decisions.policy.reading import Approve, DecidingRole, Policy, Rule


@dataclass(frozen=True, slots=True)
class Finding:
    """`wrong`: it does not do what somebody meant. `note`: it may be meant so. `rule` is the one to look at."""

    weight: Literal["wrong", "note"]
    rule: str | None
    sentence: str


def findings(
    policy: Policy, writes: Mapping[str, Collection[str] | None], people: Mapping[DecidingRole, int]
) -> list[Finding]:
    """All that is found. `writes`: each write tool, and its arguments where its schema names them; `people`: how many
    may decide in each role.
    """
    found = [finding for name, rule in sorted(policy.rule.items()) for finding in _alone(name, rule, writes, people)]
    never = {one.rule for one in found if one.rule and "can never hold" in one.sentence}
    found += [one for one in _together(policy) if one.rule not in never]
    for tool in sorted(writes):
        rules = [rule for name, rule in policy.by_action.get(tool, {}).items() if name not in never]
        allow = [rule for rule in rules if not rule.deny]
        if not rules:
            found.append(Finding("note", None, f"No rule covers {tool}, so it is always denied."))
        elif allow and all(rule.when for rule in allow):
            sentence = f"Each rule that allows {tool} has conditions: where none of them surely holds, it is denied."
            found.append(Finding("note", None, sentence))
    return found


def _alone(
    name: str, rule: Rule, writes: Mapping[str, Collection[str] | None], people: Mapping[DecidingRole, int]
) -> Iterator[Finding]:
    """What is wrong with a rule whatever the others say."""
    for action in rule.action:
        if action not in writes:
            yield Finding("wrong", name, f"{action} is no reviewed write of a connection, so the rule decides nothing.")
        for argument in dict.fromkeys(_arguments(rule)):
            there = writes.get(action)
            if there is not None and argument not in there:
                known = ", ".join(sorted(there)) or "none"
                yield Finding("wrong", name, f"{action} has no argument {argument!r}; it has {known}.")
    for conditions in by_fact(rule.when).values():
        if not can_hold(conditions):
            sentence = f"{' and '.join(map(str, conditions))} can never hold{' together' * (len(conditions) > 1)}."
            yield Finding("wrong", name, sentence)
    for pool in rule.auto.reserve if rule.auto else ():
        if pool.cap == 0:
            yield Finding("note", name, f"The cap of {pool.label} is 0, so nothing goes by itself.")
    if rule.approve:
        yield from _too_few(name, rule.approve, people[rule.approve.role])


def _too_few(name: str, asked: Approve, there: int) -> Iterator[Finding]:
    """That nobody could approve, or not always."""
    role = "may decide" if asked.role == "agent" else "may decide as a supervisor"
    some = "nobody" if there == 0 else f"only {there}"
    if asked.count > there:
        yield Finding("wrong", name, f"It needs {asked.count} people, and {some} {role}: nobody could approve.")
    elif asked.exclude and asked.count == there:
        out = " and ".join(asked.exclude)
        sentence = f"It excludes {out}, and {some} {role}: where that is one of them, nobody could approve."
        yield Finding("note", name, sentence)


def _arguments(rule: Rule) -> Iterator[str]:
    yield from (one.asked.argument for one in rule.when if one.asked.argument)
    if rule.auto and any(pool.currency for pool in rule.auto.reserve):
        yield rule.auto.amount


def _together(policy: Policy) -> Iterator[Finding]:
    """Rules that never decide anything, because others always do."""
    for name, rule in sorted(policy.rule.items()):
        told = [_overruled(name, rule, policy.by_action[action]) for action in rule.action]
        if all(told):
            yield Finding("wrong", name, str(told[0]))


def _overruled(name: str, rule: Rule, rules: Mapping[str, Rule]) -> str | None:
    """Why it decides nothing about one action."""
    for other, by in rules.items():
        if other == name or not implies(rule, by):
            continue
        same = implies(by, rule)
        match rule, by:
            case Rule(auto=auto), Rule(deny=str()) if auto and same:
                return f"It contradicts {other}: what goes by itself here is denied there."
            case Rule(deny=None), Rule(deny=str()):
                return f"It never decides anything: wherever it holds, {other} denies."
            case Rule(deny=str()), Rule(deny=str()) if not same or other < name:
                return f"It never decides anything: wherever it holds, {other} denies as well."
            case Rule(auto=auto), Rule(approve=Approve(hard=True)) if auto:
                return f"Nothing ever goes by itself here: wherever it holds, {other} asks people, and is hard."
            case Rule(approve=Approve() as less), Rule(approve=Approve() as more) if _as_strict(more, less):
                if not (same and _as_strict(less, more) and other > name):
                    return f"It never decides anything: wherever it holds, {other} asks for as much or more."
            case _:
                pass
    return None


def _as_strict(one: Approve, other: Approve) -> bool:
    return (
        one.count >= other.count
        and (one.role == other.role or one.role == "supervisor")
        and set(one.exclude) >= set(other.exclude)
        and one.delay >= other.delay
        and (one.step_up == other.step_up or other.step_up is None)
        and one.hard >= other.hard
    )
