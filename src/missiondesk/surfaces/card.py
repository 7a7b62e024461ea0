"""The decision card: drawn by our code from the sealed bytes and the record, never from a model's prose."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from missiondesk.cases import Message, case, messages_of
from missiondesk.decisions import (
    Attention,
    Barred,
    ByItself,
    Decision,
    Deny,
    Difference,
    Edited,
    Hands,
    NeedsApprovals,
    NotAsApproved,
    Objection,
    Opinion,
    Ruling,
    SealedAction,
    Shown,
    barred,
    check_intact,
    decisions_made,
    grants_of,
    hands_in,
    key_of,
    may_decide,
    opened,
    opinion_on,
    proposal,
)
from missiondesk.effects import Effect, effects_of, told_of
from missiondesk.ids import ProposalId
from missiondesk.insights import Seeded, messages_seen, seeded, trace_of
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.json_values import UNREADABLE, is_list, is_object
from missiondesk.kit.money import Money, shown
from missiondesk.kit.text import visible
from missiondesk.missions import Parts, freeze_on, one_in_queue, ruling_today, speaks_against
from missiondesk.people import Staff, may
from missiondesk.surfaces.desk_shapes import (
    ActionView,
    AgainstView,
    ArgumentView,
    AttentionView,
    Can,
    Card,
    CardState,
    ChangeView,
    CheckView,
    CustomerMessageView,
    DecisionView,
    EditedView,
    EffectView,
    EvidenceView,
    ExcludedView,
    HeldView,
    OpinionView,
    OriginView,
    RulingView,
    SaidView,
    StaleView,
    TestView,
)
from missiondesk.surfaces.lost import lost_action, lost_evidence
from missiondesk.trace import Observation, observed

_LAST_MESSAGES = 3
_KINDS: tuple[Literal["approve", "edit", "reject", "respond"], ...] = ("approve", "edit", "reject", "respond")
_BESIDE: tuple[Can, ...] = ("ask", "take_over")


async def card(tx: Transaction, parts: Parts, who: Staff, proposal_id: ProposalId) -> Card:
    """All that a person needs to decide. Raises `NotFound`."""
    test = await seeded(tx, proposal_id)
    if test is not None:
        return await _card_of_test(tx, parts, who, test)
    found = await proposal(tx, proposal_id)
    trace = {one.n: one for one in await observed(tx, found.mission_id)}
    messages = (await messages_of(tx, found.case_id))[-_LAST_MESSAGES:]
    return await _card(tx, parts, who, found, trace, messages)


async def _card_of_test(tx: Transaction, parts: Parts, who: Staff, test: Seeded) -> Card:
    """A card like any other, until it is answered; then it says what it was."""
    trace = {one.n: one for one in await trace_of(tx, test)}
    messages = (await messages_seen(tx, test))[-_LAST_MESSAGES:]
    drawn = await _card(tx, parts, who, test, trace, messages, besides=test.source)
    shown: dict[str, Any] = {"case_id": test.shown_case, "mission_id": test.shown_mission}
    if test.answer is not None:
        shown |= {"state": "test", "test": test_view(test, who)}
    return drawn.model_copy(update=shown)


def test_view(test: Seeded, who: Staff) -> TestView:
    """What is said of a test that was answered."""
    made = test.answer
    assert made is not None, "it is revealed by its answer"
    sentence = visible(test.sentence(who.id))
    return TestView(
        sentence=sentence, caught=made.caught, kind=made.kind, by=made.by_name, at=made.at, source=test.source
    )


async def _card(
    tx: Transaction,
    parts: Parts,
    who: Staff,
    found: Shown,
    trace: Mapping[int, Observation],
    messages: Sequence[Message],
    *,
    besides: ProposalId | None = None,
) -> Card:
    of = await case(tx, found.case_id)
    effects = await effects_of(tx, found.id)
    granted = await grants_of(tx, found.id)
    grants = {grant.position: effects.get(grant.id) for grant in granted}
    made, at = await decisions_made(tx, found.id), await now(tx)
    policy = await parts.policy.now(tx)
    today = found.proposed.ruling if found.closed else await ruling_today(tx, policy, found)
    hands = await hands_in(tx, found)
    can, cannot = _can(found, today, who, made, hands)
    if "approve" in can and (held := await freeze_on(tx, found)) is not None:
        can.remove("approve")
        cannot = told_of(held)
    excluded = _barred(today, found, hands)
    out = {one.person for one in excluded}
    queued = await one_in_queue(tx, found.id)
    unknown = any(effect and effect.state == "unknown" for effect in grants.values())
    return Card(
        id=found.id,
        kind="unknown_effect" if unknown else "proposal",
        digest=found.digest,
        title=found.proposed.title,
        risk=found.proposed.risk,
        state=_state(found, list(grants.values())),
        case_id=of.id,
        mission_id=found.mission_id,
        brief=found.proposed.brief,
        worker=found.proposed.worker,
        customer=found.proposed.customer,
        identity=f"signed in at {portal.name if (portal := parts.portals.get(of.portal_id)) else 'an unknown portal'}",
        since=found.opened_at,
        actions=[
            *(_action(one, grants.get(i), who) for i, one in enumerate(found.proposed.actions)),
            *(
                lost_action(one, _effect(effect, who) if (effect := effects.get(one.id)) else None, trace.values())
                for one in granted
                if found.proposed.action(one.position) is None
            ),
        ],
        message=visible(found.proposed.message) if found.proposed.message else None,
        reasons=[visible(reason) for reason in found.proposed.reasons],
        evidence=[
            view for n in found.proposed.evidence if n in trace for view in _evidence(trace[n], found.proposed.reasons)
        ],
        ruling=ruling_view(today, found.proposed.policy if found.closed else policy.version, excluded),
        against=[
            _against(one) for one in await speaks_against(tx, parts, found, of.customer_id, trace, besides=besides)
        ],
        opinion=_opinion(await opinion_on(tx, found)),
        stale=StaleView.model_validate(found.proposed.stale.model_dump()) if found.proposed.stale else None,
        edited=_edited(found.proposed.edited, found.proposed.actions),
        messages=[
            CustomerMessageView(author=one.author, name=one.name, text=visible(one.text), at=one.at) for one in messages
        ],
        decisions=[_decision(one, found, who, at) for one in made],
        signed=len(
            {hands.person(one.by_id) for one in made if (one.kind, one.standing) == ("approve", "counts")} - out
        ),
        due_at=queued.due_at if queued else None,
        attention=attention_view(queued.attention, who) if queued else None,
        can=can,
        cannot=cannot,
    )


def _against(one: Objection) -> AgainstView:
    return AgainstView(
        weight=one.weight, sentence=visible(one.sentence), observation=one.observation, proposal=one.proposal
    )


def _opinion(of: Opinion | None) -> OpinionView | None:
    if of is None:
        return None
    said = [
        SaidView(says=visible(one.says), observation=one.observation, argument=one.argument) for one in of.objections
    ]
    return OpinionView(model=of.model, state=of.state, objections=said, at=of.at)


def attention_view(of: Attention, who: Staff) -> AttentionView | None:
    """`None`: nobody looks at it yet."""
    if of == Attention(of.item):
        return None
    return AttentionView(
        claimed_by=of.claimed_name,
        claimed_until=of.claimed_until,
        mine=who.id in (of.claimed_by, of.given_to),
        given_to=of.given_name,
        given_by=of.given_by,
        note=visible(of.note) if of.note else None,
        aside_until=of.aside_until,
        aside_by=of.aside_by,
    )


def _state(found: Shown, effects: Sequence[Effect | None]) -> CardState:
    if found.closed != "approved":
        return found.closed or "open"
    return "done" if all(effect and effect.state == "done" for effect in effects) else "approved"


def _can(found: Shown, ruling: Ruling, who: Staff, made: list[Decision], hands: Hands) -> tuple[list[Can], str | None]:
    if found.closed:
        return [], None
    needs = ruling if isinstance(ruling, NeedsApprovals) else found.proposed.needs
    why = {kind: may_decide(found, needs, who, made, kind, hands) for kind in _KINDS}
    if isinstance(ruling, Deny):
        why["approve"] = ruling.sentence
    try:
        check_intact(found)
    except NotAsApproved as changed:
        why |= dict.fromkeys(("approve", "edit", "respond"), str(changed))
    beside = _BESIDE if may(who, "decide") else ()
    return [*(kind for kind in _KINDS if why[kind] is None), *beside], why["approve"]


def _action(one: SealedAction, effect: Effect | None, who: Staff) -> ActionView:
    action = opened(one.sealed)
    return ActionView.model_validate(
        {
            "digest": one.digest,
            "sentence": visible(one.sentence),
            "connection": one.connection_title,
            "tool": action.key,
            "reversible": one.reversible,
            "effect_class": one.effect_class,
            "arguments": [
                ArgumentView(
                    name=name,
                    value=value,
                    shown=visible(shown(value)),
                    origin=OriginView(**action.lineage[name].json()),
                )
                for name, value in action.arguments.items()
            ],
            "changes": [ChangeView(label=label, before=before, after=after) for label, before, after in one.changes],
            "canonical": one.sealed,
            "effect": _effect(effect, who) if effect else None,
        }
    )


def _effect(effect: Effect, who: Staff) -> EffectView:
    unknown = effect.state == "unknown" and may(who, "decide")
    return EffectView(
        grant_id=effect.grant_id,
        digest=effect.digest,
        key=key_of(effect.digest),
        sent_at=effect.first_sent_at,
        state="sent" if effect.state == "checking" else effect.state,
        reference=effect.reference,
        why=effect.why,
        proved=effect.proved,
        checks=[CheckView(says=says, held=held) for says, held in effect.checks],
        at=effect.at,
        can=["check_again", "happened", "not_happened"] if unknown else [],
    )


def _evidence(one: Observation, reasons: Sequence[str]) -> list[EvidenceView]:
    try:
        return _read_evidence(one, reasons)
    except UNREADABLE:
        return [lost_evidence(one)]


def _read_evidence(one: Observation, reasons: Sequence[str]) -> list[EvidenceView]:
    told = one.told
    if one.kind == "seen":
        return [
            EvidenceView(
                observation=one.n,
                label=told["title"],
                kind="record",
                quote=visible(_summary(told["value"])),
                source=told["source"],
                read_at=one.at,
            )
        ]
    if one.kind == "consulted":
        return [
            EvidenceView(
                observation=one.n,
                label=f"{passage['label']} {passage['heading']}",
                kind="article",
                quote=visible(passage["text"]),
                source=f"{passage['title']}, version {passage['version']}",
                read_at=one.at,
            )
            for passage in _cited(told["passages"], reasons)
        ]
    return []


def _cited(passages: Sequence[Mapping[str, Any]], reasons: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    """The clauses that the reasons name; if they name none, the best that was found."""
    named = [one for one in passages if re.search(rf"{re.escape(one['label'])}\b", "\n".join(reasons))]
    return named or passages[:1]


def _summary(value: Any, name: str = "") -> str:
    """A record in one line a person can read: money as money, lists one after the other."""
    if (money := Money.of(value)) is not None:
        return f"{name} {money}".strip()
    if is_object(value):
        return ", ".join(_summary(inner, str(key)) for key, inner in value.items() if inner is not None)
    if is_list(value):
        return " · ".join(_summary(inner) for inner in value)
    return f"{name.replace('_', ' ')} {value}".strip()


def ruling_view(ruling: Ruling, policy: str, out: Sequence[Barred] = ()) -> RulingView:
    """The policy's answer, the version that gave it, and who may not approve."""
    match ruling:
        case NeedsApprovals(needed, role):
            kind = ruling.kind
        case ByItself():
            kind, needed, role = ruling.kind, 0, None
        case Deny():
            kind, needed, role = "deny", 0, None
    return RulingView.model_validate(
        {
            "kind": kind,
            "sentence": ruling.sentence,
            "rules": list(ruling.rules),
            "policy": policy,
            "needed": needed,
            "role": role,
            "step_up": isinstance(ruling, NeedsApprovals) and ruling.step_up is not None,
            "excluded": [ExcludedView(name=one.name, why=one.why) for one in out],
        }
    )


def _barred(ruling: Ruling, found: Shown, hands: Hands) -> list[Barred]:
    match ruling:
        case NeedsApprovals():
            return barred(ruling, found, hands)
        case _:
            return []


def _edited(of: Edited | None, actions: Sequence[SealedAction]) -> EditedView | None:
    if of is None:
        return None
    changes = difference_views(of.changes, actions)
    return EditedView(of=of.of, by=of.by, role=of.role, reason=of.reason, at=of.at, changes=changes)


def difference_views(changes: Sequence[Difference], actions: Sequence[SealedAction]) -> list[ChangeView]:
    """What a person changed, in words. Where there are several actions, it says of which."""

    def label(one: Difference) -> str:
        if one.position is None:
            return "message to the customer"
        name = visible(one.argument).replace("_", " ")
        return f"action {one.position + 1}: {name}" if len(actions) > 1 else name

    return [
        ChangeView(label=label(one), before=visible(shown(one.before)), after=visible(shown(one.after)))
        for one in changes
    ]


def held_view(one: Decision, at: datetime) -> HeldView | None:
    """Until when it is held, and how much longer that is than `at`; `None`: it is not."""
    if one.held_until is None or one.kind == "edit":
        return None
    seconds = max(0.0, (one.held_until - at).total_seconds())
    return HeldView(by=one.by_name, kind=one.kind, until=one.held_until, seconds=seconds)


def _decision(one: Decision, found: Shown, who: Staff, at: datetime) -> DecisionView:
    held = None if found.closed else held_view(one, at)
    return DecisionView(
        id=one.id,
        kind=one.kind,
        by=one.by_name,
        role=one.by_role,
        reason=one.reason,
        at=one.at,
        standing="unused" if found.closed and one.standing == "held" else one.standing,
        held=held,
        why=one.void_why,
        stepped_up=one.stepped_up_at is not None,
        can=["take_back"] if held and one.by_id == who.id else [],
        policy=one.policy,
    )
