"""An action: one complete tool call that would change something, byte for byte, sealed under one digest."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from missiondesk.decisions.lineage import Origin
from missiondesk.ids import ConnectionId, CustomerId
from missiondesk.kit.canonical import canonical, plain
from missiondesk.kit.errors import Invalid
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import hidden, visible
from missiondesk.trace import Observation


class Unsealable(Invalid):
    """These arguments cannot be shown faithfully to a person, so they cannot be proposed."""


@dataclass(frozen=True, slots=True)
class EvidenceSeal:
    """What an action rests on: the observation's number, and the digest of what was seen then."""

    observation: int
    digest: str


@dataclass(frozen=True, slots=True)
class Action:
    """`definition` is the pin of the reviewed tool; `arguments` are complete but for the key, which the grant gives.

    `terms`: the digest of what was decided about each connection that it calls or rests on, its address included.
    """

    connection: ConnectionId
    tool: str
    arguments: Mapping[str, Any]
    definition: str
    terms: str
    customer: CustomerId
    evidence: tuple[EvidenceSeal, ...]
    policy: str
    expires: datetime
    lineage: Mapping[str, Origin]

    @property
    def key(self) -> str:
        """`billing.refund_payment`, as policy and manifest name the tool."""
        return f"{self.connection}.{self.tool}"


_READ = TypeAdapter(Action)


@dataclass(frozen=True, slots=True)
class Words:
    """What people read of an action, by the manifest's templates. `changes` are (fact, before, after)."""

    sentence: str
    remedy: str
    connection_title: str
    reversible: str
    effect_class: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SealedAction(Words):
    """`sealed` is the canonical JSON text, the words for people in it too, and `digest` its SHA-256."""

    sealed: str
    digest: str

    @property
    def is_intact(self) -> bool:
        """Whether the bytes are those that were sealed, and the words beside them those in them."""
        words = {field.name: getattr(self, field.name) for field in fields(Words)}
        told = json.loads(self.sealed).get("words") if _sha(self.sealed) == self.digest else None
        return told == json.loads(canonical(words | {"changes": [list(line) for line in self.changes]}))

    @property
    def key(self) -> str:
        """`billing.refund_payment`: the tool that it calls."""
        return opened(self.sealed).key


def seal_action(action: Action, words: Words) -> SealedAction:
    """`action` and its `words` with a nonce, under one digest. Raises `Unsealable` for what cannot be shown truly."""
    for name, value in action.arguments.items():
        if wrong := _hidden_in({name: value}):
            raise Unsealable(f"{visible(name)} holds characters that cannot be seen ({', '.join(sorted(wrong))}).")
        if odd := _odd_numbers(value):
            raise Unsealable(f"{name} holds a number that not every program reads alike ({odd[0]}).")
    bytes_ = canonical(
        {
            "v": 1,
            "connection": action.connection,
            "tool": action.tool,
            "arguments": action.arguments,
            "definition": action.definition,
            "terms": action.terms,
            "words": asdict(words),
            "customer": action.customer,
            "evidence": [{"observation": one.observation, "digest": one.digest} for one in action.evidence],
            "policy": action.policy,
            "expires": action.expires.isoformat(),
            "lineage": {name: origin.json() for name, origin in action.lineage.items()},
            "nonce": secrets.token_hex(16),  # else the digest of a small action could be guessed after erasure
        }
    )
    sealed = bytes_.decode()
    return SealedAction(**asdict(words), sealed=sealed, digest=_sha(sealed))


def reads_of(action: Action, trace: Mapping[int, Observation]) -> set[str]:
    """The tools whose answers the action rests on."""
    seen = (trace[one.observation] for one in action.evidence)
    return {one.told["tool"] for one in seen if one.kind == "seen"}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def opened(sealed: str) -> Action:
    """The action of a canonical text. Raises `ValueError` for a text that is not one, or not any more."""
    action = _READ.validate_json(sealed)
    if not action.lineage.keys() >= action.arguments.keys():
        raise ValueError("an argument has no origin")
    return action


def _odd_numbers(value: Any) -> list[int | float]:
    if isinstance(value, int | float):
        return [] if plain(value) else [value]
    inner = value.values() if is_object(value) else value if is_list(value) else ()
    return [odd for one in inner for odd in _odd_numbers(one)]


def _hidden_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {f"U+{ord(c):04X}" for c in hidden(value)}
    if is_object(value):
        return {found for inner in value.items() for part in inner for found in _hidden_in(part)}
    if is_list(value):
        return {found for inner in value for found in _hidden_in(inner)}
    return set()
