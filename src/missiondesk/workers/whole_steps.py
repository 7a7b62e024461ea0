"""A step that wants something stands as a whole, or is refused as a whole."""

from collections.abc import Collection
from typing import Any

from pydantic_ai import AgentRunResult, DeferredToolRequests, ModelRequest, ModelResponse, ToolReturnPart

from missiondesk.workers.answers import UNREAD, failed

_HALF = "Not done: another call of this step failed. Put that right, and ask for the whole again."
_NO_WORDS = "Not proposed: no call of this step has a message_to_customer. Write it in the first."
_NO_EVIDENCE = "Not proposed: no call of this step cites evidence. Cite it in the first."


def refused_whole(result: AgentRunResult[Any]) -> ModelRequest | None:
    """What the model hears when its step wanted something that cannot stand; `None` if it can, or it has ended."""
    if not isinstance(result.output, DeferredToolRequests):
        return None
    messages = result.all_messages()
    told = messages[-1].parts if isinstance(messages[-1], ModelRequest) else ()
    returned = {part.tool_call_id: part for part in told if isinstance(part, ToolReturnPart)}
    no = _why_not(result.output, returned.values())
    if no is None:
        return None
    answer = next(message for message in reversed(messages) if isinstance(message, ModelResponse))
    return ModelRequest([returned.get(call.tool_call_id) or failed(call, no) for call in answer.tool_calls])


def _why_not(wanted: DeferredToolRequests, returned: Collection[ToolReturnPart]) -> str | None:
    if returned:
        return UNREAD if all(part.outcome == "success" for part in returned) else _HALF
    asked_for = [wanted.metadata[call.tool_call_id] for call in wanted.calls]
    if any("question" in one for one in asked_for):
        return None
    if not any(one["message_to_customer"] for one in asked_for):
        return _NO_WORDS
    return None if any(one["evidence"] for one in asked_for) else _NO_EVIDENCE
