"""What a model hears of its open calls when an earlier turn had ended with them: decisions, effects, the customer."""

from collections.abc import Mapping
from typing import Any, assert_never

from pydantic_ai import ModelResponse, ModelRetry, ToolCallPart, ToolFailed, ToolReturnPart

from missiondesk.workers.past import Past, Receipt
from missiondesk.workers.toolset import ASK, CONCLUDE, HAND_OFF, SEARCH, ModelTools


async def answers_to(answer: ModelResponse, tools: ModelTools, news: Past | None) -> list[ToolReturnPart]:
    """A result for every call of `answer`. `news` is what became of the proposal since, if something did.

    A read that stood beside what had to wait is read again: days may have passed. Raises `SystemAway`.
    """
    asked = any(call.tool_name == ASK for call in answer.tool_calls)
    writes = [call for call in answer.tool_calls if tools.is_write(call.tool_name)]
    receipts = _receipts(writes, tools, news)
    found: list[ToolReturnPart] = []
    for call in answer.tool_calls:
        if call.tool_name in (CONCLUDE, HAND_OFF):
            found.append(failed(call, _not_ended(news)))
        elif call.tool_name == ASK:
            found.append(_returned(call, {"asked": True, "answer": "in the messages of the case, if there is one"}))
        elif call in writes:
            found.append(_outcome(call, news, receipts.get(call.tool_call_id), asked=asked))
        else:
            found.append(await _again(call, tools))
    return found


def failed(call: ToolCallPart, sentence: str) -> ToolReturnPart:
    return ToolReturnPart(call.tool_name, sentence, call.tool_call_id, outcome="failed")


async def _again(call: ToolCallPart, tools: ModelTools) -> ToolReturnPart:
    if call.tool_name != SEARCH and call.tool_name not in tools.names:
        return failed(call, "There is no such tool.")
    try:
        return _returned(call, await tools.result_of(call.tool_name, call.args_as_dict(), call.tool_call_id))
    except (ToolFailed, ModelRetry) as no:
        return failed(call, no.message)


def _outcome(call: ToolCallPart, news: Past | None, receipt: Receipt | None, *, asked: bool) -> ToolReturnPart:
    if asked:
        return failed(call, "Not proposed: you asked the customer in the same step. Propose it again if it still fits.")
    if news is None:
        return failed(call, "Nothing came of this: it was not put before a person, and nothing was sent.")
    if receipt is None:
        return failed(call, _unheard(news))
    told = {"action": receipt.sentence, "state": receipt.state}
    match receipt.state:
        case "done":
            proof = {True: "read back, and it is so", False: "read back, and it is NOT so", None: "not read back"}
            sent = "your message was sent" if news.done else "your message was NOT sent"
            return _returned(
                call, {**told, "reference": receipt.reference, "proof": proof[receipt.proved], "customer": sent}
            )
        case "stale":
            return failed(call, _stale(news, receipt))
        case "skipped":
            return failed(call, "Not sent, because an earlier change of the same proposal did not happen. Look again.")
        case _:
            why = receipt.why or "the system refused it"
            return failed(call, f"Approved, but it did not happen: {why}. The customer has not been told.")


def _unheard(news: Past) -> str:
    match news.closed:
        case "rejected":
            return f"Rejected by {news.by}. Nothing was sent. The reason: {news.reason or 'none was given'}"
        case "superseded":
            return "Withdrawn: the customer wrote again. Nothing was sent. Look at it anew with the new message."
        case "withdrawn":
            return f"Withdrawn by {news.by}. Nothing was sent."
        case "approved":
            return "Approved, but nothing is known of it having happened. Do not tell the customer that it did."
        case _:
            assert_never(news.closed)


def _stale(news: Past, receipt: Receipt) -> str:
    changes = "; ".join(f"{one.label}: before {one.before}, now {one.after}" for one in news.changes)
    why = changes or receipt.why or "what it rests on is no longer so"
    return (
        f"Nothing was sent: between the proposal and now something changed ({why}). "
        "Read the records again, then propose anew or conclude."
    )


def _not_ended(news: Past | None) -> str:
    if news is None or news.closed == "superseded":
        return "Not ended: the customer wrote again. Your message was not sent."
    if news.closed == "approved":
        return "Your message was sent, and then the customer wrote again."
    return f"Not ended: {_unheard(news)} Your message was not sent."


def _receipts(writes: list[ToolCallPart], tools: ModelTools, news: Past | None) -> Mapping[str, Receipt]:
    if news is None or [tools.key_of(call.tool_name) for call in writes] != [one.tool for one in news.receipts]:
        return {}
    return {call.tool_call_id: receipt for call, receipt in zip(writes, news.receipts, strict=True)}


def _returned(call: ToolCallPart, content: dict[str, Any]) -> ToolReturnPart:
    return ToolReturnPart(call.tool_name, content, call.tool_call_id)
