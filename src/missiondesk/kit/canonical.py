"""Canonical bytes: restricted RFC 8785 (JSON Canonicalization Scheme), and SHA-256 over them."""

import hashlib
import json
from typing import Any

from missiondesk.kit.json_values import is_list, is_object

_EXACT = 2**53 - 1  # RFC 7493, I-JSON
_SMALLEST = 1e-4


def canonical(value: Any) -> bytes:
    """The one spelling of a JSON value: keys sorted by UTF-16 units, no spaces, UTF-8, no NaN, 1.0 as 1.

    Restricted: for numbers that are not `plain` the spelling is ours, and not that of RFC 8785. Raises `TypeError` for
    what JSON does not have and `ValueError` for NaN and infinities.
    """
    return json.dumps(_sorted(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as 64 hex characters."""
    return hashlib.sha256(canonical(value)).hexdigest()


def plain(number: float) -> bool:
    """Whether every program reads the same number: no integer beyond 2^53, nothing so small that it has an exponent."""
    return abs(number) <= _EXACT if float(number).is_integer() else abs(number) >= _SMALLEST


def _sorted(value: Any) -> Any:
    if is_object(value):
        items: list[tuple[str, Any]] = []
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"an object's key must be text, not {key!r}")
            items.append((key, value[key]))
        return {key: _sorted(inner) for key, inner in sorted(items, key=lambda item: item[0].encode("utf-16-be"))}
    if is_list(value):
        return [_sorted(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and plain(value):
        return int(value)
    return value
