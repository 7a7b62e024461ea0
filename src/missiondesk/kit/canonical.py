"""Canonical bytes: restricted RFC 8785 (JSON Canonicalization Scheme), and SHA-256 over them."""

import hashlib
import json
from typing import Any

from missiondesk.kit.json_values import is_list, is_object


def canonical(value: Any) -> bytes:
    """The one spelling of a JSON value: keys sorted by UTF-16 units, no spaces, UTF-8, no NaN.

    Raises `TypeError` for what JSON does not have and `ValueError` for NaN and infinities.
    """
    return json.dumps(_sorted(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as 64 hex characters."""
    return hashlib.sha256(canonical(value)).hexdigest()


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
    return value
