"""Checks of values against schemas that a server wrote, in time that grows with the value and no faster.

A pattern of a server's can take for ever on a text of a server's, and so can a comparison of each with each. What it
says of those is for the server itself to hold; everything else of a schema is checked.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from jsonschema import Draft202012Validator, exceptions, validators
from referencing import Registry

_SLOW = ("pattern", "patternProperties", "uniqueItems", "unevaluatedItems", "unevaluatedProperties")
_NOTHING_FETCHED: Any = cast("Any", Registry)()
_library: Any = validators


def check_for(schema: Mapping[str, Any]) -> Any:
    """A validator of the library for one schema, in the draft that it names. The schema itself is not looked at."""
    return _quick(_library.validator_for(schema, Draft202012Validator))(schema, registry=_NOTHING_FETCHED)


@cache
def _quick(kind: Any) -> Any:
    named = kind.VALIDATORS.get("additionalProperties", _nothing)

    def additional(check: Any, said: Any, value: Any, schema: Any) -> Iterator[exceptions.ValidationError]:
        if "patternProperties" not in schema:
            yield from named(check, said, value, schema) or ()

    return _library.extend(kind, {**dict.fromkeys(_SLOW, _nothing), "additionalProperties": additional})


def _nothing(_check: Any, _said: Any, _value: Any, _schema: Any) -> Iterator[exceptions.ValidationError]:
    yield from ()
