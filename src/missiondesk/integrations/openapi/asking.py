"""A call of a tool as an HTTP request: the approved arguments, each in its place, and nothing else.

Nothing is dropped and nothing is bent: what has no exact spelling at its place is not sent.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

import httpx2

from missiondesk.integrations.openapi.credentials import Signature
from missiondesk.integrations.openapi.description import Argument, Operation
from missiondesk.kit.json_values import is_list, is_object

_DELIMITERS = {"simple": ",", "form": ",", "spaceDelimited": " ", "pipeDelimited": "|", "deepObject": ","}
_HEADER = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
_DECODINGS = 5
Given = list[tuple[Argument, Any]]


class Unsendable(Exception):
    """Nothing was sent; the words say why."""


def request_for(
    operation: Operation, base: str, arguments: Mapping[str, Any], *, signature: Signature, extra: Mapping[str, str]
) -> httpx2.Request:
    """The request to the system at `base`. `extra`: headers of ours, by their names in small letters.

    Raises `Unsendable`.
    """
    known = {argument.name: argument for argument in operation.arguments}
    if unknown := sorted(arguments.keys() - known.keys()):
        raise Unsendable(f"it takes no argument {unknown[0]!r}")
    given: Given = [(known[name], value) for name, value in arguments.items()]
    query = [pair for at, value in given if at.place == "query" for pair in _query(at, value)] + signature.query
    body = _body(operation, given)
    headers = {"accept": "application/json", "user-agent": "missiondesk", **extra}
    headers |= {at.wire.lower(): _header(at, value) for at, value in given if at.place == "header"}
    headers |= {"content-type": operation.media} if body is not None else {}
    headers |= signature.headers  # last: no argument signs in
    url = httpx2.URL(base + _path(operation, given))
    return httpx2.Request(operation.method, url, params=tuple(query) or None, headers=headers, content=body)


def _path(operation: Operation, given: Given) -> str:
    path = operation.path
    values = {at.wire: _segment(at, value) for at, value in given if at.place == "path"}
    for wire in re.findall(r"\{([^{}]+)\}", operation.path):
        if wire not in values:
            raise Unsendable(f"{wire!r} of its path is missing")
    # In one go, so that a value which looks like a place in the path is none.
    return re.sub(r"\{([^{}]+)\}", lambda found: values[found[1]], path)


def _segment(at: Argument, value: Any) -> str:
    """One segment, however often somebody on the way decodes it."""
    text = _joined(at, value)
    plain = text
    for _ in range(_DECODINGS):
        if not plain or plain in (".", "..") or "/" in plain or "\\" in plain or not plain.isprintable():
            raise Unsendable(f"{at.name}: {text[:80]!r} is no single piece of a path")
        plain, before = unquote(plain), plain
        if plain == before:
            return quote(text, safe="")
    raise Unsendable(f"{at.name}: {text[:80]!r} is encoded too often")


def _query(at: Argument, value: Any) -> Iterator[tuple[str, str]]:
    if at.style == "deepObject":
        if not is_object(value):
            raise Unsendable(f"{at.name} must be an object")
        yield from ((f"{at.wire}[{name}]", _text(at, inner)) for name, inner in value.items())
    elif is_list(value) and value and at.explode:
        yield from ((at.wire, _text(at, inner)) for inner in value)
    else:
        yield at.wire, _joined(at, value)


def _header(at: Argument, value: Any) -> str:
    text = _joined(at, value)
    if not _HEADER.fullmatch(text):
        raise Unsendable(f"{at.name}: {text[:80]!r} cannot stand in a header")
    return text


def _joined(at: Argument, value: Any) -> str:
    if not is_list(value):
        return _text(at, value)
    delimiter = _DELIMITERS[at.style]
    parts = [_text(at, inner) for inner in value]
    if not parts:
        raise Unsendable(f"{at.name}: an empty list has no spelling there")
    if any(delimiter in part for part in parts):
        raise Unsendable(f"{at.name}: {delimiter!r} in it would make two values of one")
    return delimiter.join(parts)


def _text(at: Argument, value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return json.dumps(value, allow_nan=False)
        case _:
            raise Unsendable(f"{at.name}: {'null' if value is None else 'what is nested'} has no spelling there")


def _body(operation: Operation, given: Given) -> bytes | None:
    parts = {at.wire: value for at, value in given if at.place == "body"}
    if operation.body == "none" or (not parts and not operation.body_required):
        return None
    value: Any = parts if operation.body == "fields" else next(iter(parts.values()), None)
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
