"""The model worker: any language model, in pydantic-ai's own loop, at the same workbench as a procedure.

A model stops where a worker stops. `ask_customer` and every write end the turn; all writes of one step are one
proposal, and only if nothing else in that step failed. `conclude` and `hand_off` end the mission, each
alone in its step.
"""

from collections.abc import Sequence
from functools import partial

from pydantic_ai import (
    Agent,
    AgentRunResult,
    DeferredToolRequests,
    ModelRequest,
    ModelResponse,
    RunContext,
    ToolOutput,
    UsageLimits,
)
from pydantic_ai.exceptions import AgentRunError, ContentFilterError, OutputTokenLimitExceeded, UsageLimitExceeded
from pydantic_ai.models import Model

from missiondesk.kit.text import shortened
from missiondesk.workers.catching_up import catch_up, let_through
from missiondesk.workers.conversation import Conversation
from missiondesk.workers.ending import Concluded, Ending, HandedOver, check_end, move_of
from missiondesk.workers.instructions import instructions
from missiondesk.workers.language_model import PatientModel, configured_model
from missiondesk.workers.moves import Move
from missiondesk.workers.refusals import PATIENCE, hopeless
from missiondesk.workers.thought import thought_of
from missiondesk.workers.toolset import CONCLUDE, HAND_OFF, ModelTools
from missiondesk.workers.whole_steps import refused_whole
from missiondesk.workers.workbench import Workbench
from missiondesk.workers.worker import WorkerFailed

_CALLS = 60  # tool calls without a pause
_UNBOUNDED = 1_000_000  # refused steps are counted by us, over all turns: `refusals.hopeless`


class ModelWorker:
    """`model` is what `MISSIONDESK_MODEL` says, such as `openai:gpt-5`, or a model of pydantic-ai.

    One mission may ask the model `requests` times and use `tokens` tokens, all turns together. One request may take
    `patience` seconds, and is sent again after each of `pauses` (seconds) if the provider fails in passing.
    Raises `Misconfigured` for a model that cannot be asked: an unknown provider, a key that is not set.
    """

    def __init__(
        self,
        model: str | Model,
        *,
        requests: int = 25,
        tokens: int = 500_000,
        patience: float = 120,
        pauses: Sequence[float] = (1, 4),
    ) -> None:
        wrapped = configured_model(model) if isinstance(model, str) else model
        self.name = model if isinstance(model, str) else wrapped.model_id
        self._patient = partial(PatientModel, wrapped, patience=patience, pauses=pauses)
        self._limits = UsageLimits(request_limit=requests, total_tokens_limit=tokens, tool_calls_limit=_CALLS)

    async def next_move(self, desk: Workbench) -> Move:
        talk = await Conversation.load(desk)
        if (said := let_through(desk, talk)) is not None:
            return said
        tools = ModelTools(desk)
        await catch_up(desk, talk, tools)
        try:
            async with self._patient(missed=talk.miss) as model:  # its connections live as long as somebody thinks here
                return move_of(await self._think(_agent(model, desk, tools), desk, talk, tools))
        except UsageLimitExceeded as error:
            raise WorkerFailed(f"The model {self.name} came to no end: {self._spent(talk)}.") from error
        except AgentRunError as error:
            raise WorkerFailed(f"The model {self.name} gave no usable answer: {_reason(error)}.") from error

    async def _think(
        self, agent: Agent[None, Ending], desk: Workbench, talk: Conversation, tools: ModelTools
    ) -> Ending:
        while (refused := refused_whole(result := await self._run(agent, desk, talk, tools))) is not None:
            await talk.tell(refused)
        return result.output

    def _spent(self, talk: Conversation) -> str:
        used, most = talk.usage, self._limits
        return (
            f"it was asked {used.requests} times and used {used.total_tokens} tokens; allowed are "
            f"{most.request_limit} times, {most.total_tokens_limit} tokens and {_CALLS} calls in one stretch"
        )

    async def _run(
        self, agent: Agent[None, Ending], desk: Workbench, talk: Conversation, tools: ModelTools
    ) -> AgentRunResult[Ending]:
        """On from what is stored, and each message is stored before the next thing happens."""
        async with agent.iter(message_history=talk.messages, usage=talk.usage, usage_limits=self._limits) as run:
            node = run.next_node
            while not Agent.is_end_node(node):
                if Agent.is_model_request_node(node):
                    if not talk.ends_with(ModelRequest):
                        await talk.tell(node.request)
                    self._stop_if_hopeless(talk)
                elif Agent.is_call_tools_node(node) and not talk.ends_with(ModelResponse):
                    answer = node.model_response
                    await talk.hear(answer, thought_of(answer, tools, worker=self.name, brief=desk.brief.label))
                node = await run.next(node)
        assert run.result is not None
        return run.result

    def _stop_if_hopeless(self, talk: Conversation) -> None:
        if (wrong := hopeless(talk.messages)) is not None:
            raise WorkerFailed(
                f"The model {self.name} gave no usable answer {PATIENCE} times in a row. Last: {shortened(wrong, 150)}"
            )


def _agent(model: Model, desk: Workbench, tools: ModelTools) -> Agent[None, Ending]:
    agent: Agent[None, Ending] = Agent(
        model,
        deps_type=type(None),
        name="worker",
        instructions=instructions(desk.brief, desk.customer),
        output_type=[
            ToolOutput(Concluded, name=CONCLUDE),
            ToolOutput(HandedOver, name=HAND_OFF),
            DeferredToolRequests,
        ],
        toolsets=[tools],
        retries={"tools": _UNBOUNDED, "output": _UNBOUNDED},
    )

    async def can_stand(ctx: RunContext[None], ending: Ending) -> Ending:
        if not isinstance(ending, DeferredToolRequests):
            answer = next(message for message in reversed(ctx.messages) if isinstance(message, ModelResponse))
            await check_end(ending, answer, desk, tools)
        return ending

    agent.output_validator(can_stand)
    return agent


def _reason(error: AgentRunError) -> str:
    match error:
        case ContentFilterError():
            return "the provider's filter stopped it"
        case OutputTokenLimitExceeded():
            return "it ran out of tokens in the middle of an answer"
        case _:
            return "its answer could not be understood"
