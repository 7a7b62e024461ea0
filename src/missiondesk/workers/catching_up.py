"""At the beginning of a turn: what the model does not know yet, and whether it has to be asked at all."""

from pydantic_ai import ModelRequest, ModelRequestPart, ModelResponse, RetryFeedbackPart, UserPromptPart
from pydantic_ai.messages import RetryFeedbackCause, RetryInfo

from missiondesk.cases import Message
from missiondesk.workers.answers import answers_to
from missiondesk.workers.conversation import Conversation
from missiondesk.workers.ending import Concluded
from missiondesk.workers.instructions import quoted
from missiondesk.workers.moves import Conclude
from missiondesk.workers.toolset import CONCLUDE, ModelTools
from missiondesk.workers.workbench import Workbench


async def catch_up(desk: Workbench, talk: Conversation, tools: ModelTools) -> None:
    """Tell the model what is new, so that the conversation can go on from its last message. Raises `SystemAway`."""
    last = talk.last
    parts: list[ModelRequestPart] = []
    if last is not None and isinstance(last.message, ModelResponse):
        news = desk.last if last.past < len(desk.past) else None
        if last.message.tool_calls and last.turn == desk.turn and news is None:
            return  # the turn runs again, and these calls are not carried out yet
        parts += await answers_to(last.message, tools, news)
    if messages := _unheard(desk, talk):
        parts.append(UserPromptPart(quoted(messages)))
    if not parts and not talk.ends_with(ModelRequest):
        without_a_call = RetryInfo[RetryFeedbackCause](cause="no_output")
        parts.append(RetryFeedbackPart("Go on with a call of one of your tools.", retry=without_a_call))
    if parts:
        heard = max((message.number for message in desk.messages), default=0)
        await talk.tell(ModelRequest(parts), heard=heard, past=len(desk.past))


def let_through(desk: Workbench, talk: Conversation) -> Conclude | None:
    """The model's own conclusion, if a person was asked about its message and let it go out: it is told by now."""
    last, news = talk.last, desk.last
    if last is None or news is None or last.past >= len(desk.past) or not isinstance(last.message, ModelResponse):
        return None
    calls = last.message.tool_calls
    if news.closed != "approved" or news.receipts or [call.tool_name for call in calls] != [CONCLUDE]:
        return None
    if _unheard(desk, talk):
        return None
    found = Concluded.model_validate(calls[0].args_as_dict())
    return Conclude(found.outcome, found.summary, None, tuple(found.evidence))


def _unheard(desk: Workbench, talk: Conversation) -> list[Message]:
    """All messages at first; later those of others: what we told the customer ourselves, the model knows."""
    new = [message for message in desk.messages if message.number > talk.heard]
    return new if talk.last is None else [message for message in new if message.author != "assistant"]
