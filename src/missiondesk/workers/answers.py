"""What a model hears of its open calls when an earlier turn had ended with them: decisions, effects, the customer."""

from collections.abc import Mapping
from typing import Any, assert_never

from pydantic_ai import ModelResponse, ModelRetry, ToolCallPart, ToolFailed, ToolReturnPart

from missiondesk.workers.past import Past, Receipt
from missiondesk.workers.toolset import ASK, CONCLUDE, HAND_OFF, SEARCH, ModelTools

_SENT, _NOT_SENT = "your message was sent", "your message was NOT sent"
UNREAD = "Not done: it stood beside reads. You have their results now: call it again, with no read in the same step."
_READ_AGAIN = (
    "Read again; the earlier observations no longer count. Then propose anew, or conclude: "
    "your message then waits for a person."
)


async def answers_to(answer: ModelResponse, tools: ModelTools, news: Past | None) -> list[ToolReturnPart]:
    """A result for every call of `answer`. `news` is what became of the proposal since, if something did.

    A read that has no result yet is read now. What stood beside one was never asked or proposed, and is refused like in
    any other step. Raises `SystemAway` and `ConnectionPaused`.
    """
    if any(_reads(call, tools) for call in answer.tool_calls):
        return [
            await _again(call, tools) if _reads(call, tools) else failed(call, UNREAD) for call in answer.tool_calls
        ]
    asked = any(call.tool_name == ASK for call in answer.tool_calls)
    writes = [call for call in answer.tool_calls if tools.is_write(call.tool_name)]
    receipts = _receipts(writes, tools, news)
    found: list[ToolReturnPart] = []
    for call in answer.tool_calls:
        if call.tool_name in (CONCLUDE, HAND_OFF):
            found.append(_returned(call, _not_ended(news)))
        elif call.tool_name == ASK:
            found.append(_returned(call, {"asked": True, "answer": "in the messages of the case, if there is one"}))
        else:
            found.append(_outcome(call, tools, news, receipts.get(call.tool_call_id), asked=asked))
    return found


def failed(call: ToolCallPart, sentence: str) -> ToolReturnPart:
    return ToolReturnPart(call.tool_name, sentence, call.tool_call_id, outcome="failed")


def _reads(call: ToolCallPart, tools: ModelTools) -> bool:
    """Also a tool that is not there: it never ended a turn either."""
    return call.tool_name not in (CONCLUDE, HAND_OFF, ASK) and not tools.is_write(call.tool_name)


async def _again(call: ToolCallPart, tools: ModelTools) -> ToolReturnPart:
    if call.tool_name != SEARCH and call.tool_name not in tools.names:
        return failed(call, "There is no such tool.")
    try:
        return _returned(call, await tools.result_of(call.tool_name, call.args_as_dict(), call.tool_call_id))
    except (ToolFailed, ModelRetry) as no:
        return failed(call, no.message)


def _outcome(
    call: ToolCallPart, tools: ModelTools, news: Past | None, receipt: Receipt | None, *, asked: bool
) -> ToolReturnPart:
    if asked:
        return failed(call, "Not proposed: you asked the customer in the same step. Propose it again if it still fits.")
    if receipt is None:
        return _returned(call, {"action": tools.key_of(call.tool_name), **_unheard(news)})
    assert news is not None
    told = {"action": receipt.sentence, "state": receipt.state, "by": news.by, **_end(news, receipt)}
    edited = [{"what": one.label, "proposed": one.before, "approved": one.after} for one in news.edited]
    return _returned(call, {**told, "edited_by_a_person": edited} if edited else told)


def _end(news: Past, receipt: Receipt) -> dict[str, Any]:
    """What an approved action came to."""
    match receipt.state:
        case "done":
            proof = {True: "read back, and it is so", False: "read back, and it is NOT so", None: "not read back"}
            sent = _SENT if news.done else _NOT_SENT
            return {"reference": receipt.reference, "proof": proof[receipt.proved], "customer": sent}
        case "stale":
            changes = [{"what": one.label, "before": one.before, "after": one.after} for one in news.changes]
            why = receipt.why or "what it rests on is no longer so"
            return {"reason": f"Nothing was sent: {why}", "changes": changes, "next": _READ_AGAIN}
        case "skipped":
            return {"reason": "Not sent: an earlier change of the same proposal did not happen.", "next": "Read again."}
        case _:
            why = receipt.why or "the system refused it"
            return {"reason": f"It did not happen: {why}", "customer": "has not been told"}


def _unheard(news: Past | None) -> dict[str, Any]:
    """What a proposal came to without any action of it having run."""
    if news is None:
        return {"state": "not_proposed", "reason": "It was not put before a person, and nothing was sent."}
    match news.closed:
        case "rejected":
            return {"state": "rejected", "by": news.by, "reason": news.reason or "none was given", "sent": "nothing"}
        case "responded":
            return {
                "state": "sent_back",
                "by": news.by,
                "they_say": news.reason,
                "next": "Do as they say, and propose.",
            }
        case "superseded":
            return {"state": "withdrawn", "reason": "The customer wrote again: look at it anew.", "sent": "nothing"}
        case "withdrawn" | "edited":
            return {"state": "withdrawn", "by": news.by, "sent": "nothing"}
        case "approved":
            return {"state": "unknown", "by": news.by, "reason": "Do not tell the customer that it happened."}
        case _:
            assert_never(news.closed)


def _not_ended(news: Past | None) -> dict[str, Any]:
    if news is None or news.closed == "superseded":
        return {"state": "not_ended", "reason": "The customer wrote again.", "customer": _NOT_SENT}
    if news.closed == "approved":
        return {"state": "ended", "by": news.by, "reason": "Then the customer wrote again.", "customer": _SENT}
    return {**_unheard(news), "action": "conclude", "customer": _NOT_SENT}


def _receipts(writes: list[ToolCallPart], tools: ModelTools, news: Past | None) -> Mapping[str, Receipt]:
    if news is None or [tools.key_of(call.tool_name) for call in writes] != [one.tool for one in news.receipts]:
        return {}
    return {call.tool_call_id: receipt for call, receipt in zip(writes, news.receipts, strict=True)}


def _returned(call: ToolCallPart, content: dict[str, Any]) -> ToolReturnPart:
    return ToolReturnPart(call.tool_name, content, call.tool_call_id)
