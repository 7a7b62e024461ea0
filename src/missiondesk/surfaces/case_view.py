"""A case in a customer's words, from the rows of cases, missions, decisions and effects."""

from collections.abc import Sequence

from missiondesk.briefs import Brief, published
from missiondesk.cases import Case, Message, messages_of
from missiondesk.decisions import Proposal, grants_of, opened, proposals_of
from missiondesk.effects import Effect, effects_of
from missiondesk.kit.database import Transaction
from missiondesk.kit.money import Money
from missiondesk.kit.text import visible
from missiondesk.missions import Handoff, Mission, Parts, handoff_of, missions_of
from missiondesk.surfaces.customer_shapes import (
    CaseState,
    CaseSummary,
    CaseView,
    ClosingView,
    MessageView,
    RemedyView,
    StepView,
)
from missiondesk.surfaces.shapes import MoneyShape

_STEPS = ("We got your message", "We look into it", "You get an answer")
_CLOSING = {
    "resolved": "This is done.",
    "explained": "Answered: nothing had to change.",
    "declined": "We could not do this.",
    "handed_off": "A person has answered.",
    "withdrawn": "Taken back.",
    "failed": "This did not work; a person knows.",
}
_WAITING: dict[str, CaseState] = {
    "customer": "your_answer",
    "decision": "person_decides",
    "effect": "carrying_out",
    "unknown_effect": "being_checked",
    "connection": "system_away",
}


async def case_view(tx: Transaction, parts: Parts, case: Case) -> CaseView:
    """The whole case as its customer sees it."""
    missions = await missions_of(tx, case.id)
    newest = missions[-1] if missions else None
    said = await messages_of(tx, case.id)
    remedies = [view for mission in missions for view in await _remedies(tx, mission)]
    state = case_state(case, newest, await handoff_of(tx, case.id), remedies)
    brief = await published(tx, newest.brief) if newest and newest.brief else None
    return CaseView(
        id=case.id,
        subject=visible(case.subject),
        state=state,
        opened_at=case.opened_at,
        updated_at=said[-1].at,
        steps=_steps(
            state, brief, newest, portal.team if (portal := parts.portals.get(case.portal_id)) else "our team"
        ),
        messages=[_message(one) for one in said],
        remedies=remedies,
        closing=_closing(state, newest),
        can=["write"] if state == "with_person" else ["write", "ask_person"],
    )


async def case_summary(tx: Transaction, parts: Parts, case: Case) -> CaseSummary:
    whole = await case_view(tx, parts, case)
    return CaseSummary(**whole.model_dump(include=set(CaseSummary.model_fields)))


def case_state(
    case: Case, newest: Mission | None, handoff: Handoff | None, remedies: Sequence[RemedyView]
) -> CaseState:
    """What a customer may be told of where it stands: never that something is done while we do not know."""
    if case.held_by is not None or handoff is not None:
        return "with_person"
    states = [one.state for one in remedies]
    if "being_checked" in states:
        return "being_checked"
    if newest is None or newest.state == "done":
        return "closed"
    if "carrying_out" in states:
        return "carrying_out"
    if newest.waits_on is not None:  # also while it tries again
        return "system_away"
    if newest.state == "waiting" and newest.waits_for:
        return _WAITING[newest.waits_for]
    return "working"


def _steps(state: CaseState, brief: Brief | None, newest: Mission | None, team: str) -> list[StepView]:
    labels = list(brief.head.steps) if brief else list(_STEPS)
    if state == "with_person":
        return [_step(labels[0], "done"), _step(f"A person of {team} looks into it", "current")]
    if state == "closed" and (newest is None or newest.outcome != "resolved"):
        return [_step(labels[0], "done"), _step(labels[1], "done"), _step("Answered", "done")]
    last = len(labels) - 1
    current = {"person_decides": min(2, last), "carrying_out": last, "being_checked": last, "closed": last + 1}
    at = current.get(state, 1)
    return [_step(label, "done" if i < at else "current" if i == at else "ahead") for i, label in enumerate(labels)]


def _step(label: str, state: str) -> StepView:
    return StepView.model_validate({"label": label, "state": state})


def _message(one: Message) -> MessageView:
    return MessageView(id=one.id, author=one.author, name=one.name, text=visible(one.text), at=one.at)


def _closing(state: CaseState, newest: Mission | None) -> ClosingView | None:
    if state != "closed" or newest is None or newest.outcome is None or newest.ended_at is None:
        return None
    return ClosingView.model_validate(
        {"outcome": newest.outcome, "text": _CLOSING[newest.outcome], "at": newest.ended_at}
    )


async def _remedies(tx: Transaction, mission: Mission) -> list[RemedyView]:
    return [view for one in await proposals_of(tx, mission.id) for view in await _of(tx, one)]


async def _of(tx: Transaction, one: Proposal) -> list[RemedyView]:
    if one.closed in ("superseded", "withdrawn", "rejected", "responded", "edited"):
        return []
    effects = await effects_of(tx, one.id)
    grants = await grants_of(tx, one.id)
    views: list[RemedyView] = []
    for position, action in enumerate(one.proposed.actions):
        effect = effects.get(grants[position].id) if grants else None
        state = "waiting" if one.closed is None else _effect_state(effect)
        if state is None:
            continue
        amounts = [money for value in opened(action.sealed).arguments.values() if (money := Money.of(value))]
        views.append(
            RemedyView.model_validate(
                {
                    "state": state,
                    "title": action.remedy,
                    "amount": MoneyShape(**amounts[0].json()) if len(amounts) == 1 else None,
                    "reference": effect.reference if effect else None,
                    "at": effect.at if effect else one.closed_at or one.opened_at,
                }
            )
        )
    return views


def _effect_state(effect: Effect | None) -> str | None:
    """`None`: nothing was sent, and what comes next is another proposal or an answer."""
    match effect.state if effect else "intent":
        case "done":
            return "done"
        case "unknown":
            return "being_checked"
        case "failed":
            return "not_possible"
        case "stale" | "skipped":
            return None
        case _:
            return "carrying_out"
