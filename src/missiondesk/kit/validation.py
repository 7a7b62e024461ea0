"""What is wrong with a value that does not fit its shape, as a sentence for people: where, what, and what to do."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import shortened, visible

_MUST_BE = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "dict": "a table of fields",
    "model": "a table of fields",
    "finite": "a number",
}


def in_words(error: ValidationError, value: Any) -> str:
    """The first thing that is wrong: `field: what, and what to do`, or only that where it is about all of `value`.

    `value` is what was validated: what else pydantic names on the way (alternatives of a union) means nothing to
    people.
    """
    found = [(_place(one, value), one) for one in error.errors()]
    place = found[0][0]
    sentence = _sentence([one for where, one in found if where == place])
    return f"{visible(place)}: {sentence}" if place else sentence


def _place(error: ErrorDetails, value: Any) -> str:
    parts = list(_parts(error["loc"], value))
    match error["type"]:
        case "missing":
            parts.append(str(error["loc"][-1]))
        case "union_tag_invalid":
            parts.append(_tag(error))
        case _:
            pass
    return ".".join(parts)


def _parts(loc: Sequence[str | int], value: Any) -> Iterator[str]:
    """The parts of a location that stand in the value."""
    for part in loc:
        if _holds(value, part):
            value = value[part]
            yield str(part)


def _holds(value: Any, part: str | int) -> bool:
    return (is_object(value) and part in value) or (is_list(value) and isinstance(part, int) and part < len(value))


def _sentence(errors: Sequence[ErrorDetails]) -> str:
    """Of one place: several are the alternatives of a union, none of which fits."""
    wanted = [_wanted(one) for one in errors]
    alternatives = list(dict.fromkeys(one for one in wanted if one is not None))
    if len(alternatives) > 0 and None not in wanted:
        return f"must be {' or '.join(alternatives)}."
    return _said(next(one for one, noun in zip(errors, wanted, strict=True) if noun is None))


def _wanted(error: ErrorDetails) -> str | None:
    """What had to stand there, where that is all that is wrong."""
    match error["type"]:
        case "literal_error":
            return str(error.get("ctx", {})["expected"])
        case "union_tag_invalid":
            return " or ".join(str(error.get("ctx", {})["expected_tags"]).split(", "))
        case _:
            pass
    kind, _, how = error["type"].partition("_")
    return _MUST_BE.get(kind) if how in ("type", "parsing", "from_float", "attributes_type", "number") else None


def _said(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is missing. Add it."
        case "extra_forbidden":
            return "there is no such field here. Check its name, or take it out."
        case "value_error":
            return _ended(visible(str(context["error"])))
        case "union_tag_not_found":
            return f"{_tag(error)} is missing. Add it."
        case "string_pattern_mismatch":
            given = shortened(visible(str(error["input"])), 80)
            return f"{given!r} does not fit: it must match {context['pattern']}."
        case _:
            told = re.sub("^(Input|String|List|Dictionary) |( after validation)?, not .*", "", error["msg"])
            return _ended(visible(told))


def _tag(error: ErrorDetails) -> str:
    """The field that says which of several shapes it is."""
    return str(error.get("ctx", {})["discriminator"]).strip("'")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
