"""JSON from outside: a value of any shape, until it is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

# what comes of reading stored JSON that is not as it was written any more; pydantic's error is a ValueError
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError)


def is_object(value: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Text is no list, though Python can walk through it."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def deeper_than(value: Any, most: int) -> bool:
    """Whether objects and lists stand in one another more than `most` deep."""
    level: list[Any] = [value]
    for _ in range(most + 1):
        level = [
            inner
            for one in level
            if is_object(one) or is_list(one)
            for inner in (one.values() if is_object(one) else one)
        ]
        if not level:
            return False
    return True
