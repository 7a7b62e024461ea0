"""How a step of a model can end the turn: what it wants to be done or asked, or the end of the mission."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_ai import DeferredToolRequests, ModelResponse, ModelRetry

from missiondesk.cases import checked_text
from missiondesk.decisions import Derived
from missiondesk.kit.errors import Invalid
from missiondesk.workers.evidence import Evidence, in_words
from missiondesk.workers.moves import Ask, Conclude, HandOff, Move, Propose, Wanted
from missiondesk.workers.past import Past
from missiondesk.workers.toolset import ModelTools
from missiondesk.workers.workbench import Workbench


class Concluded(BaseModel):
    """End the mission: the matter is settled. Call it alone."""

    model_config = ConfigDict(extra="forbid")

    outcome: Literal["resolved", "explained", "declined"] = Field(
        description="resolved: something was changed and is done. explained: nothing is owed, and you say why. "
        "declined: a person said no, or a rule that you cite does."
    )
    summary: str = Field(min_length=1, max_length=200, description="What was found and done, in a few words, for us.")
    message_to_customer: str | None = Field(description="null only if the customer has been told everything already.")
    evidence: list[int] = Field(
        default=[],
        description="The numbers of the observations that this rests on. Needed for explained once anything was read.",
    )


class HandedOver(BaseModel):
    """Give the case to a person of the team. Call it alone."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=1000, description="For the team: why, and what you found so far.")
    message_to_customer: str | None = Field(description="What the customer is told, or null for our usual words.")


Ending = Concluded | HandedOver | DeferredToolRequests


async def check_end(end: Concluded | HandedOver, answer: ModelResponse, desk: Workbench, tools: ModelTools) -> None:
    """Raises `ModelRetry` for an end that cannot stand: beside other calls, or against what really happened."""
    if len(answer.tool_calls) > 1:  # a write beside it would be dropped without a word
        raise ModelRetry("Do not end in the same step as other calls. Wait for their results, then end alone.")
    try:
        if end.message_to_customer is not None:
            checked_text(end.message_to_customer)
    except Invalid as no:
        raise ModelRetry(f"message_to_customer: {no}") from no
    if not isinstance(end, Concluded):
        return
    try:
        _check_ground(end, await tools.evidence(), desk.past)
    except Invalid as no:
        raise ModelRetry(str(no)) from no
    if end.message_to_customer is None and not any(past.done for past in desk.past):
        raise ModelRetry("The customer has not been told anything yet: write message_to_customer.")


def _check_ground(end: Concluded, evidence: Evidence, past: Sequence[Past]) -> None:
    """Raises `Invalid` for an outcome that rests on nothing."""
    evidence.check(end.evidence)
    match end.outcome:
        case "resolved" if not any(one.changed_something for one in past):
            raise Invalid(
                "Nothing has been changed in this mission, so it is not resolved. Say explained or declined, or first "
                "propose the change, or hand off."
            )
        case "explained" if evidence.turned_down and not set(evidence.fresh) & set(end.evidence):
            raise Invalid(
                "A change of this mission was rejected, failed or went stale. Cite what you read since then "
                f"(there are: {in_words(evidence.fresh)}), or hand off. If a person said no, that is declined."
            )
        case "explained" if evidence.read and not end.evidence:
            raise Invalid(f"Cite the observations that this rests on. There are: {in_words(evidence.counts)}.")
        case "declined" if not (any(one.closed == "rejected" for one in past) or evidence.rules & set(end.evidence)):
            raise Invalid(
                "Declined needs a person's rejection, or the article that says no, cited as evidence. Nothing owed is "
                "explained; anything else is for hand_off."
            )
        case _:
            pass


def move_of(ending: Ending) -> Move:
    """A question beside writes wins: they wait for its answer."""
    match ending:
        case Concluded(outcome=outcome, summary=summary, message_to_customer=message, evidence=evidence):
            return Conclude(outcome, summary, message, tuple(evidence))
        case HandedOver(reason=reason, message_to_customer=message):
            return HandOff(reason, message)
        case DeferredToolRequests():
            wanted = [ending.metadata[call.tool_call_id] for call in ending.calls]
            questions = [one["question"] for one in wanted if "question" in one]
            return Ask("\n\n".join(questions)) if questions else _proposal(wanted)


def _derived(one: Mapping[str, Any]) -> dict[str, Derived]:
    said: Mapping[str, Any] = one.get("derived", {})
    return {name: Derived.model_validate(of) for name, of in said.items()}


def _proposal(wanted: Sequence[Mapping[str, Any]]) -> Propose:
    return Propose(
        tuple(Wanted(one["tool"], one["arguments"], _derived(one)) for one in wanted),
        "\n\n".join(dict.fromkeys(one["message_to_customer"] for one in wanted if one["message_to_customer"])),
        tuple(dict.fromkeys(one["why"] for one in wanted)),
        tuple(sorted({number for one in wanted for number in one["evidence"] or ()})),
    )
