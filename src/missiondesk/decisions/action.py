"""An action: one complete tool call that would change something, byte for byte, sealed under one digest."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from missiondesk.decisions.lineage import Origin
from missiondesk.ids import ConnectionId, CustomerId
from missiondesk.kit.canonical import canonical
from missiondesk.kit.errors import Invalid
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import hidden


class Unsealable(Invalid):
    """These arguments cannot be shown faithfully to a person, so they cannot be proposed."""


@dataclass(frozen=True, slots=True)
class EvidenceSeal:
    """What an action rests on: the observation's number, and the digest of what was seen then."""

    observation: int
    digest: str


@dataclass(frozen=True, slots=True)
class Action:
    """`definition` is the pin of the reviewed tool; `arguments` are complete but for the key, which the grant gives."""

    connection: ConnectionId
    tool: str
    arguments: Mapping[str, Any]
    definition: str
    customer: CustomerId
    evidence: tuple[EvidenceSeal, ...]
    policy: str
    expires: datetime
    lineage: Mapping[str, Origin]

    @property
    def key(self) -> str:
        """`billing.refund_payment`, as policy and manifest name the tool."""
        return f"{self.connection}.{self.tool}"


@dataclass(frozen=True, slots=True)
class SealedAction:
    """`sealed` is the canonical JSON text, `digest` its SHA-256; the rest stands beside it and can be told from it."""

    sealed: str
    digest: str
    sentence: str
    remedy: str
    connection_title: str
    reversible: str
    effect_class: str
    changes: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> str:
        """`billing.refund_payment`: the tool that it calls."""
        return opened(self.sealed).key


def seal_action(action: Action) -> tuple[str, str]:
    """The canonical text of `action` with a nonce, and its digest. Raises `Unsealable` for hidden characters."""
    for name, value in action.arguments.items():
        if wrong := _hidden_in(value):
            raise Unsealable(f"{name} holds characters that cannot be seen ({', '.join(sorted(wrong))}).")
    bytes_ = canonical(
        {
            "v": 1,
            "connection": action.connection,
            "tool": action.tool,
            "arguments": action.arguments,
            "definition": action.definition,
            "customer": action.customer,
            "evidence": [{"observation": one.observation, "digest": one.digest} for one in action.evidence],
            "policy": action.policy,
            "expires": action.expires.isoformat(),
            "lineage": {name: origin.json() for name, origin in action.lineage.items()},
            "nonce": secrets.token_hex(16),  # else the digest of a small action could be guessed after erasure
        }
    )
    return bytes_.decode(), hashlib.sha256(bytes_).hexdigest()


def opened(sealed: str) -> Action:
    """The action of a canonical text."""
    said = json.loads(sealed)
    return Action(
        said["connection"],
        said["tool"],
        said["arguments"],
        said["definition"],
        said["customer"],
        tuple(EvidenceSeal(**one) for one in said["evidence"]),
        said["policy"],
        datetime.fromisoformat(said["expires"]),
        {name: Origin(**origin) for name, origin in said["lineage"].items()},
    )


def _hidden_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {f"U+{ord(c):04X}" for c in hidden(value)}
    if is_object(value):
        return {found for inner in value.items() for part in inner for found in _hidden_in(part)}
    if is_list(value):
        return {found for inner in value for found in _hidden_in(inner)}
    return set()
