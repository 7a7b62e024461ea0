"""A language model that plays a script: a real HTTP server that speaks chat completions, streamed and not.

    with ScriptedModel([calls(("shop_get_order", {"order_id": "4471"})), verdict("explained", "One charge.")]) as model:
        worker = ModelWorker(model.model())

A script is a list of answers, or one function that answers every request. An answer may be a function of the request,
so that it can use what earlier tools gave:
`lambda asked: calls(("refund", {"payment_id": asked.result("pay")["id"]}))`.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import Any, Literal, Self

from pydantic_ai.models import override_allow_model_requests
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.support.loopback import Loopback

Ids = Literal["fresh", "missing", "repeated"]


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool call had given, as JSON."""

    tool: str
    value: Any

    @property
    def error(self) -> str | None:
        """The sentence of a call that failed."""
        match self.value:
            case {"error": str(sentence)}:
                return sentence
            case _:
                return None

    @property
    def state(self) -> str | None:
        """What became of a change: done, rejected, stale, withdrawn, failed; `None` for anything else."""
        match self.value:
            case {"state": str(state)}:
                return state
            case _:
                return None

    @property
    def observation(self) -> int | None:
        """The number by which it can be cited."""
        match self.value:
            case {"observation": int(number)}:
                return number
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as the model gets it."""

    body: dict[str, Any]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.body["messages"]

    @property
    def tools(self) -> dict[str, dict[str, Any]]:
        """Each tool by name: `description` and `parameters`."""
        return {tool["function"]["name"]: tool["function"] for tool in self.body.get("tools", [])}

    @property
    def instructions(self) -> str:
        return "\n".join(text_of(m) for m in self.messages if m["role"] in ("system", "developer"))

    @property
    def said(self) -> list[str]:
        """What came as the user's side: the messages of the case, and what the loop asks to be put right."""
        return [text_of(message) for message in self.messages if message["role"] == "user"]

    @property
    def customer(self) -> list[str]:
        """The customer's own words, out of their quotation, oldest first."""
        lines = [json.loads(line) for text in self.said for line in text.splitlines() if line.startswith("{")]
        return [line["text"] for line in lines if line["from"] == "customer"]

    @property
    def results(self) -> list[Result]:
        """The results of all tool calls so far, oldest first."""
        names = {call["id"]: call["function"]["name"] for m in self.messages for call in m.get("tool_calls") or ()}
        return [Result(names[m["tool_call_id"]], _parsed(text_of(m))) for m in self.messages if m["role"] == "tool"]

    def result(self, tool: str) -> Any:
        """The newest result of a tool. Raises `LookupError`."""
        for one in reversed(self.results):
            if one.tool == tool:
                return one.value
        raise LookupError(f"{tool} was not called yet")

    def has(self, tool: str) -> bool:
        """A call of this tool went well."""
        return any(one.tool == tool and one.error is None for one in self.results)

    @property
    def observations(self) -> list[int]:
        """The numbers of all that was read or looked up so far, and can be cited."""
        return [one.observation for one in self.results if one.observation is not None]

    def errors(self, tool: str) -> list[str]:
        return [one.error for one in self.results if one.tool == tool and one.error is not None]


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer. `calls` hold name and arguments; arguments given as text are sent as they are."""

    text: str = ""
    thinking: str = ""
    calls: tuple[tuple[str, dict[str, Any] | str], ...] = ()
    finish: Literal["stop", "tool_calls", "length", "content_filter"] = "stop"
    usage: tuple[int, int] = (1000, 50)
    ids: Ids = "fresh"
    seconds: float = 0  # before the first piece


@dataclass(frozen=True, slots=True)
class Failure:
    """An HTTP error instead of an answer."""

    code: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of an answer; then the connection is gone."""

    of: Reply


@dataclass(frozen=True, slots=True)
class Garbage:
    """HTTP 200, and a body that is nothing."""

    body: str = "data: {this is no JSON\n\ndata: [DONE]\n\n"


Answer = Reply | Failure | Cut | Garbage
Play = Callable[[Asked], Answer]


def calls(*wanted: tuple[str, dict[str, Any] | str], thinking: str = "", text: str = "", ids: Ids = "fresh") -> Reply:
    return Reply(text, thinking, wanted, "tool_calls", ids=ids)


def says(text: str) -> Reply:
    return Reply(text)


def verdict(outcome: str, summary: str, message: str | None = None, evidence: Sequence[int] = ()) -> Reply:
    arguments = {"outcome": outcome, "summary": summary, "message_to_customer": message, "evidence": list(evidence)}
    return calls(("conclude", arguments))


def hands_off(reason: str, message: str | None = None) -> Reply:
    return calls(("hand_off", {"reason": reason, "message_to_customer": message}))


def asks(question: str) -> Reply:
    return calls(("ask_customer", {"question": question}))


def for_approval(why: str, evidence: Sequence[int], message: str) -> dict[str, Any]:
    """The field that every write needs beside its own arguments."""
    return {"for_approval": {"why": why, "evidence": list(evidence), "message_to_customer": message}}


def empty() -> Reply:
    return Reply()


def filtered() -> Reply:
    return Reply(finish="content_filter")


def too_long(name: str, arguments: str) -> Reply:
    """A call whose arguments end in the middle, because the model ran out of tokens."""
    return Reply(calls=((name, arguments),), finish="length")


def status(code: int) -> Failure:
    return Failure(code)


def cut(of: Reply | None = None) -> Cut:
    return Cut(of or calls(("hand_off", {"reason": "this answer never arrives whole", "message_to_customer": None})))


def garbage() -> Garbage:
    return Garbage()


class ScriptedModel:
    """The server, on a free port of loopback while it is entered. `asked` is every request that it got."""

    def __init__(self, script: Sequence[Answer | Play] | Play) -> None:
        self.asked: list[Asked] = []
        self._script = script
        self._number = count()
        self._here = ExitStack()
        self._server = Loopback(Starlette(routes=[Route("/v1/chat/completions", self._answer, methods=["POST"])]))

    def __enter__(self) -> Self:
        self._here.enter_context(self._server)
        self._here.enter_context(override_allow_model_requests(True))  # elsewhere no request leaves a test
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._here.close()

    @property
    def url(self) -> str:
        """For `OPENAI_BASE_URL`."""
        return f"{self._server.url}/v1"

    def model(self, name: str = "scripted") -> OpenAIChatModel:
        """The model as a client has it."""
        return OpenAIChatModel(name, provider=OpenAIProvider(base_url=self.url, api_key="none is needed"))

    async def _answer(self, request: Request) -> Response:
        asked = Asked(await request.json())
        self.asked.append(asked)
        number = next(self._number)
        match self._next(asked, number):
            case Failure(code):
                return JSONResponse({"error": {"message": "as the script says", "type": "scripted"}}, status_code=code)
            case Garbage(body):
                return Response(body, media_type="text/event-stream")
            case Cut(of):
                return StreamingResponse(_broken(_chunks(of, number)), media_type="text/event-stream")
            case Reply() as reply if asked.body.get("stream"):
                events = _events(_chunks(reply, number), after=reply.seconds)
                return StreamingResponse(events, media_type="text/event-stream")
            case Reply() as reply:
                return JSONResponse(_whole(reply, number))

    def _next(self, asked: Asked, number: int) -> Answer:
        if callable(self._script):
            return self._script(asked)
        if number >= len(self._script):
            return Failure(418)  # the script is at its end
        answer = self._script[number]
        return answer(asked) if callable(answer) else answer


def text_of(message: dict[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _call(reply: Reply, number: int, index: int) -> dict[str, Any]:
    name, arguments = reply.calls[index]
    written = arguments if isinstance(arguments, str) else json.dumps(arguments)
    call: dict[str, Any] = {"type": "function", "function": {"name": name, "arguments": written}}
    match reply.ids:
        case "fresh":
            return {"id": f"call_{number}_{index}", **call}
        case "repeated":
            return {"id": "call_0", **call}
        case "missing":
            return call


def _usage(reply: Reply) -> dict[str, int]:
    given, made = reply.usage
    return {"prompt_tokens": given, "completion_tokens": made, "total_tokens": given + made}


def _whole(reply: Reply, number: int) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if reply.calls:
        message["tool_calls"] = [_call(reply, number, index) for index in range(len(reply.calls))]
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    about = {"id": f"chat-{number}", "object": "chat.completion", "created": 1, "model": "scripted-1"}
    return {**about, "choices": [choice], "usage": _usage(reply)}


def _chunks(reply: Reply, number: int) -> Iterator[dict[str, Any]]:
    """In pieces, as real servers do: arguments split, thinking first, usage last and without a choice."""
    about = {"id": f"chat-{number}", "object": "chat.completion.chunk", "created": 1, "model": "scripted-1"}

    def piece(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return {**about, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    yield piece({"role": "assistant", "content": ""})
    for part in _split(reply.thinking):
        yield piece({"reasoning_content": part})
    for part in _split(reply.text):
        yield piece({"content": part})
    for index in range(len(reply.calls)):
        call = _call(reply, number, index)
        written = call["function"]["arguments"]
        yield piece({"tool_calls": [{"index": index, **call, "function": {**call["function"], "arguments": ""}}]})
        for part in _split(written):
            yield piece({"tool_calls": [{"index": index, "function": {"arguments": part}}]})
    yield piece({}, reply.finish)
    yield {**about, "choices": [], "usage": _usage(reply)}


def _split(text: str) -> Iterator[str]:
    for start in range(0, len(text), 7):
        yield text[start : start + 7]


async def _events(chunks: Iterator[dict[str, Any]], *, after: float) -> AsyncIterator[str]:
    await asyncio.sleep(after)
    for chunk in chunks:
        yield f"data: {json.dumps(chunk)}\n\n"
    yield "data: [DONE]\n\n"


async def _broken(chunks: Iterator[dict[str, Any]]) -> AsyncIterator[str]:
    sent = list(chunks)
    for chunk in sent[: len(sent) // 2]:
        yield f"data: {json.dumps(chunk)}\n\n"
    raise ConnectionAbortedError("as the script says")
