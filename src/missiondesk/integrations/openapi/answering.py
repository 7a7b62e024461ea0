"""What an HTTP answer means: a result, a refusal, or nothing that anyone can be certain of."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

import httpx2

from missiondesk.integrations.openapi.description import Operation
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import shortened, visible

LARGEST = 1_800_000  # bytes of a result: it must fit into one message of ours
_SAYING = ("message", "msg", "detail", "error_description", "title", "error", "errors", "reason", "description")


@dataclass(frozen=True, slots=True)
class Result:
    """A 2xx. `value` is an object, as a tool's result must be."""

    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class No:
    """A 4xx: the system understood, and refused. `sentence` begins with `http_STATUS:`."""

    sentence: str


class NoUsableAnswer(Exception):
    """Sent, and nothing came back that says what happened; the words say what did."""


def answered(operation: Operation, status: int, headers: httpx2.Headers, body: str) -> Result | No:
    """Raises `NoUsableAnswer` for everything but a 2xx that is as described, and a 4xx."""
    if 400 <= status < 500:
        return No(f"http_{status}: {_said(status, body)}")
    if not 200 <= status < 300:
        raise NoUsableAnswer(f"It answered {_phrase(status)}.")
    is_json = _is_json(headers.get("content-type", ""))
    if operation.method == "HEAD" or not body.strip() or (not operation.declared and not is_json):
        return _wrapped(operation, None)
    if not is_json:
        raise NoUsableAnswer(
            f"It answered with {shortened(visible(headers.get('content-type', 'no type')), 60)}, not JSON."
        )
    try:
        return _wrapped(operation, json.loads(body, parse_constant=_no_number))
    except (ValueError, RecursionError) as error:
        raise NoUsableAnswer("It answered with what is no JSON.") from error


def _wrapped(operation: Operation, value: Any) -> Result:
    is_plain = is_object(value) and not operation.wraps
    told: dict[str, Any] = dict(value) if is_plain else {"result": value}
    try:
        size = len(json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode())
    except ValueError as error:  # half a character, or a number beyond all bounds
        raise NoUsableAnswer("It answered with what nobody can keep.") from error
    if size > LARGEST:
        raise NoUsableAnswer(f"Its answer has {size:,} bytes; at most {LARGEST:,} are taken.")
    return Result(told)


def _is_json(content_type: str) -> bool:
    kind = content_type.split(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number in JSON")


def _said(status: int, body: str) -> str:
    """The system's own words where it has some, on one line."""
    try:
        told = _words(json.loads(body))
    except (ValueError, RecursionError):
        told = ""
    return visible(shortened(f"{_phrase(status).partition(' ')[2]}. {told}", 300))


def _words(value: Any) -> str:
    match value:
        case str():
            return value
        case _ if is_object(value):
            return next((words for key in _SAYING if (words := _words(value.get(key)))), "")
        case _ if is_list(value) and value:
            return _words(value[0])
        case _:
            return ""


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} (no known status)"
