"""The difference that a change makes, place by place: what stands there before, and after."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from missiondesk.changes.lifecycle import JSON, Change
from missiondesk.decisions import policy_from
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.json_values import is_object
from missiondesk.kit.text import visible

_NEVER_SHOWN = ("password",)
_SOME = 3  # rules that a title names


@dataclass(frozen=True, slots=True)
class Place:
    """One place that is different: `rule.refund.approve.count`. `None`: it is not there."""

    place: str
    before: str | None
    after: str | None


def difference(of: Change) -> list[Place]:
    """By the order of what is there before, then of what comes new. A password is never in it."""
    if of.kind == "policy":
        return differences((of.before or {}).get("text"), of.after["text"])
    if of.kind == "role":
        after = {**of.after, "active": True} if of.after["do"] == "add" else {**(of.before or {}), **_becomes(of.after)}
        return _places(of.before or {}, {name: value for name, value in after.items() if name != "do"})
    if of.after.get("removed"):
        return _places(of.before or {}, {})
    return _places(of.before or {}, of.after)


def title(of: Change) -> str:
    """What would change, in some words."""
    match of.kind, of.after:
        case "policy", _:
            return _policy_title(of)
        case "connection", {"removed": True}:
            return f"Take out the connection {of.subject}"
        case "connection", {"tools": tools}:
            return f"Review {', '.join(tools)} of {of.subject}"
        case "connection", _:
            return f"{'Change' if of.before else 'Add'} the connection {of.subject}"
        case _, {"do": "add", "name": name, "role": role}:
            return f"Add {name} as {role}"
        case _, {"do": "role", "role": role}:
            return f"Make {(of.before or {}).get('name')} {role}, who is {(of.before or {}).get('role')}"
        case _:
            return f"Close the account of {(of.before or {}).get('name')}"


def _policy_title(of: Change) -> str:
    try:
        rules = policy_from(of.after["text"], "policy.toml").rule
    except Misconfigured:
        return "A policy that cannot be read any more"
    if not (of.before or {}).get("text"):
        return f"The first policy, of {len(rules)} rules"
    parts = (one.place.split(".") for one in difference(of))
    names = list(dict.fromkeys(part[1] if part[0] == "rule" else part[0] for part in parts))
    more = f" and {len(names) - _SOME} more" if len(names) > _SOME else ""
    return f"Policy: {', '.join(names[:_SOME])}{more}"


def differences(before: str | None, after: str) -> list[Place]:
    """Of two policies that can be read, in TOML."""
    return _places(tomllib.loads(before or ""), tomllib.loads(after))


def _becomes(after: JSON) -> JSON:
    return {"role": after["role"]} if after["do"] == "role" else {"active": False}


def _places(before: JSON, after: JSON) -> list[Place]:
    old, new = dict(_flat(before)), dict(_flat(after))
    return [
        Place(visible(place), _shown(old.get(place)), _shown(new.get(place)))
        for place in dict.fromkeys([*old, *new])
        if old.get(place) != new.get(place)
    ]


def _flat(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        place = f"{above}.{name}" if above else name
        if name in _NEVER_SHOWN and not above:
            continue
        if is_object(inner) and inner:
            yield from _flat(inner, place)
        else:
            yield place, inner


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    return visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
