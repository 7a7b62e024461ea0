"""The model worker: any language model, in pydantic-ai's own loop, at the same workbench as a procedure.

A model stops where a worker stops. `ask_customer` and every write end the turn; all writes of one step are one
proposal, and only if nothing else in that step failed. `conclude` and `hand_off` end the mission, each
alone in its step.
"""

from collections.abc import Sequence

from pydantic_ai import (
    Agent,
    AgentRunResult,
    DeferredToolRequests,
    ModelRequest,
    ModelResponse,
    RunContext,
    ToolOutput,
    ToolReturnPart,
    UsageLimits,
)
from pydantic_ai.exceptions import AgentRunError, UsageLimitExceeded
from pydantic_ai.models import Model

from missiondesk.kit.text import shortened, visible
from missiondesk.workers.answers import failed
from missiondesk.workers.catching_up import catch_up, let_through
from missiondesk.workers.conversation import Conversation
from missiondesk.workers.ending import Concluded, Ending, HandedOver, check_end, move_of
from missiondesk.workers.instructions import instructions
from missiondesk.workers.language_model import PatientModel, configured_model
from missiondesk.workers.moves import Move
from missiondesk.workers.thought import thought_of
from missiondesk.workers.toolset import CONCLUDE, HAND_OFF, ModelTools
from missiondesk.workers.workbench import Workbench
from missiondesk.workers.worker import WorkerFailed

_CALLS = 60  # tool calls without a pause


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
        self._model = PatientModel(wrapped, patience=patience, pauses=pauses)
        self._limits = UsageLimits(request_limit=requests, total_tokens_limit=tokens, tool_calls_limit=_CALLS)

    async def next_move(self, desk: Workbench) -> Move:
        talk = await Conversation.load(desk)
        if (said := let_through(desk, talk)) is not None:
            return said
        tools = ModelTools(desk)
        await catch_up(desk, talk, tools)
        try:
            async with self._model:  # its connections live as long as somebody here thinks
                return move_of(await self._think(desk, talk, tools))
        except UsageLimitExceeded as error:
            raise WorkerFailed(f"The model {self.name} came to no end: {error.message}") from error
        except AgentRunError as error:
            sentence = visible(shortened(error.message, 200))
            raise WorkerFailed(f"The model {self.name} gave no usable answer: {sentence}") from error

    async def _think(self, desk: Workbench, talk: Conversation, tools: ModelTools) -> Ending:
        agent = _agent(self._model, desk, tools)
        while (torn := _torn(result := await self._run(agent, desk, talk, tools))) is not None:
            await talk.tell(torn)
        return result.output

    async def _run(
        self, agent: Agent[None, Ending], desk: Workbench, talk: Conversation, tools: ModelTools
    ) -> AgentRunResult[Ending]:
        """On from what is stored, and each message is stored before the next thing happens."""
        async with agent.iter(message_history=talk.messages, usage=talk.usage, usage_limits=self._limits) as run:
            node = run.next_node
            while not Agent.is_end_node(node):
                if Agent.is_model_request_node(node) and not talk.ends_with(ModelRequest):
                    await talk.tell(node.request)
                elif Agent.is_call_tools_node(node) and not talk.ends_with(ModelResponse):
                    answer = node.model_response
                    await talk.hear(answer, thought_of(answer, tools, worker=self.name, brief=desk.brief.label))
                node = await run.next(node)
        assert run.result is not None
        return run.result


def _agent(model: Model, desk: Workbench, tools: ModelTools) -> Agent[None, Ending]:
    agent: Agent[None, Ending] = Agent(
        model,
        deps_type=type(None),
        name="worker",
        instructions=instructions(desk.brief, desk.customer),
        output_type=[
            ToolOutput(Concluded, name=CONCLUDE, description="End the mission: the matter is settled. Call it alone."),
            ToolOutput(HandedOver, name=HAND_OFF, description="Give the case to a person of the team. Call it alone."),
            DeferredToolRequests,
        ],
        toolsets=[tools],
        retries={"tools": 2, "output": 3},
    )

    async def can_stand(ctx: RunContext[None], ending: Ending) -> Ending:
        if not isinstance(ending, DeferredToolRequests):
            answer = next(message for message in reversed(ctx.messages) if isinstance(message, ModelResponse))
            await check_end(ending, answer, desk, tools)
        return ending

    agent.output_validator(can_stand)
    return agent


def _torn(result: AgentRunResult[Ending]) -> ModelRequest | None:
    """What the model hears when a step wanted something and failed in part, so that it asks for the whole again."""
    last = result.all_messages()[-1]
    if not isinstance(result.output, DeferredToolRequests) or not isinstance(last, ModelRequest):
        return None
    returned = {part.tool_call_id: part for part in last.parts if isinstance(part, ToolReturnPart)}
    if all(part.outcome == "success" for part in returned.values()):
        return None
    no = "Not done: another call of this step failed. Put that right, and ask for the whole again."
    answer = next(message for message in reversed(result.all_messages()) if isinstance(message, ModelResponse))
    return ModelRequest([returned.get(call.tool_call_id) or failed(call, no) for call in answer.tool_calls])
