"""YAML as OpenAPI means it: YAML 1.2 with JSON's values. So `no` is a word and `2024-01-01` is no date.

Built from the parser's events, without recursion: nesting and aliases cannot exhaust the stack or the memory.
"""

import math
import re
from collections.abc import Iterator
from typing import Any, cast

import yaml

_yaml = cast("Any", yaml)  # it says nothing about its types
DEEPEST = 200
MOST = 5_000_000  # values, each use of an alias counted with all that it stands for

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,300})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


class _Open:
    """A mapping or a list that is not at its end yet."""

    def __init__(self, value: dict[str, Any] | list[Any], anchor: str | None) -> None:
        self.value = value
        self.anchor = anchor
        self.key: str | None = None
        self.size = 1


def parsed_yaml(text: str) -> Any:
    """The one document of `text`. Raises `ValueError` with a sentence that says in which line."""
    try:
        return _built(_yaml.parse(text, Loader=getattr(_yaml, "CSafeLoader", _yaml.SafeLoader)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise ValueError(f"{where}{getattr(error, 'problem', None) or error}") from error


def _built(events: Iterator[Any]) -> Any:
    open_: list[_Open] = []
    kept: dict[str, tuple[Any, int]] = {}  # by anchor: the value and its size
    documents: list[Any] = []
    total = 0
    for event in events:
        line = event.start_mark.line + 1
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(open_) == DEEPEST:
                    raise ValueError(f"line {line}: it is nested more than {DEEPEST} deep")
                open_.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], event.anchor))
                continue
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = open_.pop()
                value, size, anchor = ended.value, ended.size, ended.anchor
            case yaml.ScalarEvent():
                value, size, anchor = _scalar(event), 1, event.anchor
            case yaml.AliasEvent():
                if event.anchor not in kept:
                    raise ValueError(f"line {line}: there is no &{event.anchor} before *{event.anchor}")
                (value, size), anchor = kept[event.anchor], None
            case _:
                continue
        total += size if isinstance(event, yaml.AliasEvent) else 1
        if total > MOST:
            raise ValueError(f"line {line}: with its aliases it has more than {MOST:,} values")
        if anchor is not None:
            kept[anchor] = (value, size)
        if open_:
            _put(open_[-1], value, size, line)
        else:
            documents.append(value)
    if len(documents) != 1:
        raise ValueError(f"it holds {len(documents)} documents; one is needed")
    return documents[0]


def _put(into: _Open, value: Any, size: int, line: int) -> None:
    into.size += size
    if isinstance(into.value, list):
        into.value.append(value)
    elif into.key is None:
        into.key = _key(value, line)
        if into.key in into.value:
            raise ValueError(f"line {line}: {into.key!r} stands there twice")
    else:
        into.value[into.key] = value
        into.key = None


def _key(value: Any, line: int) -> str:
    match value:
        case str():
            return value
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int():
            return str(value)  # `200:` is a status
        case _:
            raise ValueError(f"line {line}: a key must be text")


def _scalar(event: Any) -> Any:
    text: str = event.value
    if not event.implicit[0]:  # quoted, a block of text, or tagged
        if event.tag in (None, "!", "tag:yaml.org,2002:str"):
            return text
        raise ValueError(f"line {event.start_mark.line + 1}: the tag {event.tag} is not taken")
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if not _NUMBER.fullmatch(text):
        return text
    if math.isinf(number := float(text)):
        raise ValueError(f"line {event.start_mark.line + 1}: {text} is beyond all numbers")
    return number
