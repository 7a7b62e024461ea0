"""The words of JSON Schema (draft 2020-12), and what each may stand with.

The library's own check of a schema takes milliseconds; a server has hundreds of them. Tests hold the two equal.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from missiondesk.kit.json_values import is_list, is_object

TYPES = {"array", "boolean", "integer", "null", "number", "object", "string"}


def misused(schema: Mapping[str, Any]) -> str | None:
    """The first word of a schema that stands with what it may not. What stands inside is not looked at."""
    return next((word for word, fits in _WORDS.items() if word in schema and not fits(schema[word])), None)


def parts_of(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas that stand directly in a schema, each with its place: `properties.amount`, `anyOf[0]`."""
    for word in _ONE:
        if word in schema:
            yield word, schema[word]
    for word in _LISTED:
        yield from ((f"{word}[{index}]", one) for index, one in enumerate(schema.get(word, ())))
    for word in _NAMED:
        yield from ((f"{word}.{name}", one) for name, one in schema.get(word, {}).items())


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _is_pattern(value: Any) -> bool:
    try:
        re.compile(value)
    except (re.error, TypeError, RecursionError, OverflowError):
        return False
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return is_list(value) and all(map(_is_text, value)) and len(set(value)) == len(value)


def _is_anchor(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z_][-A-Za-z0-9._]*", value) is not None


def _is_schema(value: Any) -> bool:
    return is_object(value) or isinstance(value, bool)


def _are_schemas(value: Any) -> bool:
    return is_list(value) and len(value) > 0 and all(map(_is_schema, value))


def _are_named(value: Any) -> bool:
    return is_object(value) and all(map(_is_schema, value.values()))


def _is_type(value: Any) -> bool:
    if is_list(value):
        return len(value) > 0 and _are_texts(value) and TYPES.issuperset(value)
    return isinstance(value, str) and value in TYPES


_ONE = (
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties")
_TEXTS = ("$anchor", "$comment", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveRef", "$ref", "$schema")
_WORDS_ABOUT = ("contentEncoding", "contentMediaType", "description", "format", "title")
_NUMBERS = ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum")
_COUNTS = ("maxContains", "maxItems", "maxLength", "maxProperties", "minContains", "minItems", "minLength")
_WORDS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(_ONE, _is_schema),
    **dict.fromkeys(_LISTED, _are_schemas),
    **dict.fromkeys(_NAMED, _are_named),
    **dict.fromkeys((*_TEXTS, *_WORDS_ABOUT), _is_text),
    **dict.fromkeys(_NUMBERS, _is_number),
    **dict.fromkeys((*_COUNTS, "minProperties"), _is_count),
    **dict.fromkeys(("deprecated", "readOnly", "uniqueItems", "writeOnly"), _is_flag),
    **dict.fromkeys(("enum", "examples"), is_list),
    **dict.fromkeys(("$anchor", "$dynamicAnchor"), _is_anchor),
    "$id": lambda value: _is_text(value) and "#" not in value[:-1],
    "$vocabulary": lambda value: is_object(value) and all(map(_is_flag, value.values())),
    "dependentRequired": lambda value: is_object(value) and all(map(_are_texts, value.values())),
    "multipleOf": lambda value: _is_number(value) and value > 0,
    "pattern": _is_pattern,
    "patternProperties": lambda value: _are_named(value) and all(map(_is_pattern, value)),
    "required": _are_texts,
    "type": _is_type,
}
