"""Credentials hidden in whatever a system says: it may repeat them as they are, or as they travelled."""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, quote_plus

from missiondesk.kit.json_values import is_list, is_object

HIDDEN = "[secret]"
_SHORTEST = 6  # characters of a secret that is looked for: shorter ones occur by chance


def hidden(text: str, values: Iterable[str]) -> str:
    """`text` with each secret of `values` replaced by `[secret]`, also as it looks in an address or in JSON."""
    for spelling in _spellings(values):
        text = text.replace(spelling, HIDDEN)
    return text


def scrubbed(value: Any, values: Iterable[str]) -> Any:
    """The same anywhere in a JSON value, names of fields and numbers included."""
    spellings = _spellings(values)
    return _scrubbed(value, spellings) if spellings else value


def _scrubbed(value: Any, spellings: Sequence[str]) -> Any:
    if isinstance(value, str):
        for spelling in spellings:
            value = value.replace(spelling, HIDDEN)
        return value
    if is_object(value):
        return {_scrubbed(name, spellings): _scrubbed(inner, spellings) for name, inner in value.items()}
    if is_list(value):
        return [_scrubbed(inner, spellings) for inner in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and str(value) in spellings:
        return HIDDEN
    return value


def _spellings(values: Iterable[str]) -> list[str]:
    """The longest first: a secret may hold another one."""
    found = {
        spelling
        for value in values
        if len(value) >= _SHORTEST
        for part in (value, *_password_of(value))
        for spelling in (
            part,
            quote(part),
            quote(part, safe=""),
            quote_plus(part),
            json.dumps(part)[1:-1],
            b64encode(part.encode()).decode(),
        )
    }
    return sorted(found, key=len, reverse=True)


def _password_of(value: str) -> list[str]:
    """Basic authentication carries `user:password`."""
    password = value.partition(":")[2]
    return [password] if len(password) >= _SHORTEST else []
