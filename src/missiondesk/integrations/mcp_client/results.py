"""What a tool's result is to us: a value of ours, a refusal, or nothing that can be used."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

from jsonschema import exceptions
from mcp.types import CallToolResult, TextContent
from referencing.exceptions import Unresolvable

from missiondesk.integrations.mcp_client.answers import Answer
from missiondesk.integrations.mcp_client.reasons import quoted
from missiondesk.integrations.schemas.checking import check_for
from missiondesk.kit.json_values import deeper_than, is_list, is_object
from missiondesk.kit.text import storable, visible

_LONGEST_SENTENCE = 2_000  # characters of a refusal
_DEEPEST = 100
_LARGE = 50_000  # characters: checking more than this would hold up others
_best_match = cast("Callable[[Any], exceptions.ValidationError | None]", exceptions.best_match)  # pyright: ignore[reportUnknownMemberType]
NO_USE = "The system gave no usable answer."


class Results:
    """Reads results. The checks that output schemas ask for are kept by pin: making one takes longer than using it."""

    def __init__(self) -> None:
        self._checks: dict[str, Any] = {}

    async def answer(self, tool: str, result: CallToolResult, *, schema: dict[str, Any] | None, pin: str) -> Answer:
        """`refused` for an error result, `unknown` for one that cannot be kept or does not fit its own schema."""
        if result.is_error:
            return _refusal(tool, result)
        value = value_of(result)
        try:
            size = _keepable(value)
            if schema is not None:
                await self._check(result, schema, pin, size)
        except ValueError as error:
            return Answer("unknown", NO_USE, quoted(str(error)), heard=True)
        return Answer("ok", value)

    async def _check(self, result: CallToolResult, schema: dict[str, Any], pin: str, size: int) -> None:
        if result.structured_content is None:
            raise ValueError("It promises structured content and sent none.")
        if pin not in self._checks:
            self._checks[pin] = _check_for(schema)
        if size > _LARGE:
            await asyncio.to_thread(_fits, self._checks[pin], result.structured_content)
        else:
            _fits(self._checks[pin], result.structured_content)


def value_of(result: CallToolResult) -> Any:
    """Structured content as it is; without it `{"json": …}` when the one text is a JSON object or list, else
    `{"text": [texts]}`. Images, audio, resources and links are named by type under `left_out`, never followed.
    """
    if result.structured_content is not None:
        return result.structured_content
    texts = [part.text for part in result.content if isinstance(part, TextContent)]
    left_out = [part.type for part in result.content if not isinstance(part, TextContent)]
    parsed = _json(texts[0]) if len(texts) == 1 else None
    value: dict[str, Any] = {"text": texts} if parsed is None else {"json": parsed}
    return {**value, "left_out": left_out} if left_out else value


def _refusal(tool: str, result: CallToolResult) -> Answer:
    texts = [part.text for part in result.content if isinstance(part, TextContent)]
    said = " ".join(texts).strip().removeprefix(f"Error executing tool {tool}: ")  # the SDK's servers put it there
    sentence = visible(said)[:_LONGEST_SENTENCE] or "It refused without a word."
    return Answer("refused", sentence, detail=result.structured_content if _can_be_kept(result) else None)


def _can_be_kept(result: CallToolResult) -> bool:
    try:
        _keepable(result.structured_content)
    except ValueError:
        return False
    return True


def _json(text: str) -> Any:
    try:
        value = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return value if is_object(value) or is_list(value) else None


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _keepable(value: Any) -> int:
    """Its length as JSON. Raises `ValueError` for what JSON or the database cannot hold."""
    if deeper_than(value, _DEEPEST):
        raise ValueError(f"Its result is nested more than {_DEEPEST} deep.")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not storable(text) or ("\\u0000" in text and "\x00" in "".join(_texts(value))):
        raise ValueError("Its result has characters that cannot be kept.")
    return len(text)


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case _ if is_object(value):
            return [text for pair in value.items() for part in pair for text in _texts(part)]
        case _ if is_list(value):
            return [text for part in value for text in _texts(part)]
        case _:
            return []


def _check_for(schema: dict[str, Any]) -> Any:
    check = check_for(schema)
    try:
        check.check_schema(schema)
    except exceptions.SchemaError as error:
        raise ValueError("Its output schema is no valid JSON Schema.") from error
    return check


def _fits(check: Any, value: Any) -> None:
    try:
        error = _best_match(check.iter_errors(value))
    except (Unresolvable, RecursionError) as unresolved:
        raise ValueError(f"Its output schema cannot be used: {unresolved}") from unresolved
    if error is not None:
        place = error.json_path
        said: Any = error.validator  # the message would quote the value, which may be anybody's
        raise ValueError(f"Its result does not fit its own schema at {place} ({said}).")
