"""What a step of a model could not have, each in a sentence: for the trace, and for the person who takes over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic_ai import ModelMessage, ModelRequest, ModelRequestPart, RetryFeedbackPart, ToolReturnPart

from missiondesk.kit.text import shortened, visible

PATIENCE = 4  # steps in a row that came to nothing; after that nothing better is expected
_UNKNOWN = "Unknown tool name: "
_SENTENCE = 300  # characters


@dataclass(frozen=True, slots=True)
class Refusal:
    """`call` is the id of the refused call; none when the answer had no call at all."""

    call: str
    sentence: str


def refusals_in(request: ModelRequest) -> list[Refusal]:
    """One for each call of the last answer that was refused, or one for an answer without a call."""
    return [
        Refusal(part.tool_call_id if isinstance(part, ToolReturnPart) else "none", _sentence(part))
        for part in request.parts
        if _refuses(part)
    ]


def hopeless(messages: Sequence[ModelMessage]) -> str | None:
    """What was wrong last, if too many steps in a row got nothing but refusals. A result of any call starts anew."""
    requests = [message for message in messages if isinstance(message, ModelRequest)][-PATIENCE:]
    if len(requests) < PATIENCE or not all(all(map(_refuses, request.parts)) for request in requests):
        return None
    return _sentence(requests[-1].parts[-1])


def _refuses(part: ModelRequestPart) -> bool:
    match part:
        case ToolReturnPart(outcome=outcome):
            return outcome in ("failed", "retried")
        case _:
            return isinstance(part, RetryFeedbackPart)


def _sentence(part: ModelRequestPart) -> str:
    if not isinstance(part, ToolReturnPart):
        return "It answered without calling a tool."
    content = cast(Any, part.content)  # a sentence, or pydantic's list of what is wrong with the arguments
    if not isinstance(content, str):
        said = f"{part.tool_name}: {'; '.join(_places(content))}."
    else:
        said = f"There is no tool {part.tool_name}." if content.startswith(_UNKNOWN) else content
    return shortened(visible(said), _SENTENCE)


def _places(errors: Sequence[Any]) -> Iterator[str]:
    for error in errors:
        place = ".".join(str(step) for step in error.get("loc", ()))
        yield f"{place}: {error['msg']}" if place else str(error["msg"])
