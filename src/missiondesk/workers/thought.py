"""One answer of a model as the trace keeps it: its words, the calls it made, and what steered it."""

from typing import Any

from pydantic_ai import ModelResponse, TextPart, ThinkingPart, ToolCallPart

from missiondesk.kit.canonical import canonical
from missiondesk.kit.text import visible
from missiondesk.workers.toolset import ModelTools

_LONGEST = 4000  # characters of words, and of one call's arguments


def thought_of(answer: ModelResponse, tools: ModelTools, *, worker: str, brief: str) -> dict[str, Any]:
    """For an observation `thought`. `usage` is in tokens."""
    words = [part.content for part in answer.parts if isinstance(part, ThinkingPart | TextPart) and part.content]
    return {
        "text": visible("\n\n".join(words) or _in_words(answer, tools))[:_LONGEST],
        "worker": worker,
        "brief": brief,
        "model": answer.model_name,
        "calls": [
            {"tool": visible(tools.key_of(call.tool_name))[:100], "arguments": _arguments(call)}
            for call in answer.tool_calls
        ],
        "usage": {"input": answer.usage.input_tokens, "output": answer.usage.output_tokens},
    }


def _in_words(answer: ModelResponse, tools: ModelTools) -> str:
    """`Calls get_order, list_payments`, for an answer without words of its own."""
    names = dict.fromkeys(tools.key_of(call.tool_name).rpartition(".")[2] for call in answer.tool_calls)
    return f"Calls {', '.join(names)}" if names else "An empty answer"


def _arguments(call: ToolCallPart) -> Any:
    """What the model wrote; as text if it is too long, or nothing that JSON knows."""
    arguments = call.args_as_dict()
    try:
        text = canonical(arguments).decode()
    except ValueError:
        return {"unreadable": visible(call.args_as_json_str())[:_LONGEST]}
    return arguments if len(text) <= _LONGEST else {"begins": visible(text)[:_LONGEST]}
