"""The language model of an installation: found by configuration, asked patiently, answered in ids of our own."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import count

import pydantic_ai
from pydantic_ai import (
    ModelMessage,
    ModelResponse,
    ModelResponsePart,
    ModelSettings,
    TextPart,
    ThinkingPart,
    ToolCallPart,
)
from pydantic_ai.exceptions import (
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelHTTPError,
    ModelRateLimitError,
    ModelServerError,
    ModelUnavailableError,
    UserError,
)
from pydantic_ai.models import Model, ModelRequestParameters, infer_model
from pydantic_ai.models.wrapper import WrapperModel

from missiondesk.kit.errors import Misconfigured
from missiondesk.workers.worker import WorkerFailed

pydantic_ai.BANNER_ENABLED = False  # the operator's terminal is no place for somebody else's greeting

_PASSING = (ModelConnectionError, ModelRateLimitError, ModelServerError, ModelUnavailableError, TimeoutError)
_VARIABLE = re.compile(r"`([A-Z][A-Z0-9_]{3,})`")
Missed = Callable[[str, int], Awaitable[None]]
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def configured_model(name: str, setting: str = "MISSIONDESK_MODEL") -> Model:
    """The model that a setting names, such as `openai:gpt-5`.

    Raises `Misconfigured` with a sentence that says which variable to set, before any mission needs the model.
    """
    provider, colon, model = name.partition(":")
    if not colon or not provider or not model:
        raise Misconfigured(f"{setting} is {name!r}; it must be provider:name, such as openai:gpt-5.")
    if provider == "openai":  # chat completions: what every OpenAI-compatible server speaks
        provider = "openai-chat"
    try:
        return infer_model(f"{provider}:{model}")
    except UserError as error:
        if variables := list(dict.fromkeys(_VARIABLE.findall(str(error)))):
            needed = " or ".join(variables)
            sentence = f"{setting} is {name!r}, which needs {needed}. Set it and start again."
            raise Misconfigured(sentence) from error
        raise Misconfigured(
            f"{setting} is {name!r}, which is no provider and model we know of. "
            "Use openai:NAME (with OPENAI_BASE_URL for any compatible server), anthropic:NAME or google:NAME."
        ) from error
    except ImportError as error:
        raise Misconfigured(
            f"{setting} is {name!r}, but the client of {provider} is not installed. "
            "Use openai:NAME (with OPENAI_BASE_URL for any compatible server), anthropic:NAME or google:NAME."
        ) from error


class PatientModel(WrapperModel):
    """Asks by stream, again after a passing failure; what comes back has calls numbered by us.

    Ids of calls come from the provider: they may be missing, or the same again in another answer. Ours hold the
    answer's number and the call's place in it, nine letters and digits, which every provider takes.
    Each attempt that fails is told to `missed`: why, and which attempt of this answer it was, from 1.
    """

    def __init__(self, wrapped: Model, *, patience: float, pauses: Sequence[float], missed: Missed) -> None:
        super().__init__(wrapped)
        self._missed = missed
        self._patience = patience
        self._pauses = pauses

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Raises `WorkerFailed` when the provider refuses, or still fails after the last pause."""
        ours = ModelSettings(max_retries=0, timeout=self._patience)  # the clients' own retries would multiply with ours
        settings: ModelSettings = {**ours, **(model_settings or {})}
        number = sum(isinstance(message, ModelResponse) for message in messages)
        for attempt, pause in enumerate((*self._pauses, None), start=1):
            try:
                return numbered(await self._ask(messages, settings, model_request_parameters), number)
            except (ModelAPIError, TimeoutError) as error:
                why = _reason(error, self._patience)
                await self._missed(why, attempt)
                if pause is None or not _passing(error):
                    raise WorkerFailed(f"The model {self.model_name} gave no answer: {why}.") from error
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))
        raise AssertionError("the last pause is None")

    async def _ask(
        self, messages: list[ModelMessage], settings: ModelSettings, parameters: ModelRequestParameters
    ) -> ModelResponse:
        async with (
            asyncio.timeout(self._patience),
            self.wrapped.request_stream(messages, settings, parameters) as stream,
        ):
            async for _ in stream:
                pass
            return stream.get()


def numbered(answer: ModelResponse, number: int) -> ModelResponse:
    """The same answer with our ids on its calls, and with text that can be stored."""
    place = count()
    parts = [
        replace(part, tool_call_id=f"m{number:05d}c{next(place):02d}") if isinstance(part, ToolCallPart) else part
        for part in map(_storable, answer.parts)
    ]
    return replace(answer, parts=parts)


def _storable(part: ModelResponsePart) -> ModelResponsePart:
    if isinstance(part, TextPart | ThinkingPart):
        return replace(part, content=_LONE_SURROGATE.sub("\ufffd", part.content))
    if isinstance(part, ToolCallPart) and isinstance(part.args, str):
        return replace(part, args=_LONE_SURROGATE.sub("\ufffd", part.args))
    return part


def _passing(error: Exception) -> bool:
    return isinstance(error, _PASSING) or type(error) is ModelAPIError  # the bare one: a body that could not be read


def _reason(error: Exception, patience: float) -> str:
    """In words without the provider's own, which may repeat a part of the key."""
    match error:
        case ModelAuthenticationError():
            return "the provider refused the key"
        case ModelHTTPError(status_code=status):
            return f"the provider answered with HTTP status {status}"
        case ModelConnectionError() | TimeoutError():
            return f"the provider could not be reached, broke off, or took more than {patience:g} seconds"
        case _:
            return "the provider's answer could not be read"
