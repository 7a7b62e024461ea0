"""JSON from outside: a value of any shape, until it is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Text is no list, though Python can walk through it."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)
