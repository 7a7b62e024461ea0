"""A worker's wish becomes a proposal: arguments completed and traced to origins, sealed, ruled on, put in words."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from missiondesk.briefs import Brief, published
from missiondesk.cases import customer_spoke_at
from missiondesk.decisions import (
    Action,
    Around,
    ByItself,
    Deny,
    EvidenceSeal,
    NeedsApprovals,
    Origin,
    Policy,
    Proposal,
    Proposed,
    Ruling,
    SealedAction,
    Stale,
    Words,
    add_proposal,
    facts_of,
    origins_of,
    rule_on,
    seal_action,
)
from missiondesk.ids import CaseId, ConnectionId, MissionId
from missiondesk.integrations import Gate, Known, values_at
from missiondesk.kit.canonical import digest
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.money import shown
from missiondesk.missions.age import good_until
from missiondesk.missions.destinations import with_destinations
from missiondesk.missions.parts import Parts
from missiondesk.people import Customer
from missiondesk.trace import Observation, observe
from missiondesk.workers import Propose, Wanted, Workbench


def draw_up(
    wish: Propose,
    desk: Workbench,
    *,
    trace: Sequence[Observation],
    customer: Customer,
    parts: Parts,
    policy: Policy,
    worker: str,
    stale: Stale | None,
    at: datetime,
    about: Around,
) -> Proposed | Deny:
    """The proposal, or the policy's no. Raises `NotOffered`, `Invalid` and `Unsealable` for what cannot be proposed."""
    drawn = [
        action_of(
            one,
            wish.evidence,
            gate=desk.gate,
            brief=desk.brief,
            trace=trace,
            customer=customer,
            parts=parts,
            policy=policy.version,
            at=at,
        )
        for one in wish.actions
    ]
    ruling = ruling_on([action for _, action in drawn], policy, about)
    if isinstance(ruling, Deny):
        return ruling
    rests_on = {one.observation for _, action in drawn for one in action.evidence} | set(wish.evidence)
    return Proposed(
        actions=[sealed(known, action, trace) for known, action in drawn],
        message=wish.message,
        reasons=list(wish.reasons),
        evidence=sorted(rests_on),
        ruling=ruling,
        policy=policy.version,
        worker=worker,
        brief=desk.brief.label,
        customer=customer.name,
        stale=stale,
        known=dict(about.known),
    )


def action_of(
    wanted: Wanted,
    evidence: Sequence[int],
    *,
    gate: Gate,
    brief: Brief,
    trace: Sequence[Observation],
    customer: Customer,
    parts: Parts,
    policy: str,
    at: datetime,
) -> tuple[Known, Action]:
    """The tool and the complete action. Raises `NotOffered`, and `Invalid` or `Refused` for what cannot be proposed."""
    known, arguments = gate.wanted(wanted.tool, wanted.arguments)
    lineage = origins_of(
        arguments,
        bound=list(known.tool.bind),
        seen=trace,
        constants=brief.head.constants,
        brief=brief.label,
        derived=wanted.derived,
    )
    lineage = with_destinations(lineage, known, arguments, trace, parts.connections)
    numbers = set(evidence).union(*(origin.observations for origin in lineage.values()))
    rests_on = [one for one in trace if one.n in numbers and one.kind in ("seen", "consulted")]
    action = Action(
        ConnectionId(known.connection.id),
        known.name,
        arguments,
        known.pin,
        parts.connections.terms(known, {one.told["tool"] for one in rests_on if one.kind == "seen"}),
        customer.id,
        tuple(EvidenceSeal(one.n, digest(one.told["value"] if one.kind == "seen" else one.told)) for one in rests_on),
        policy,
        good_until(rests_on, parts.connections, at),
        lineage,
    )
    return known, action


def ruling_on(actions: Sequence[Action], policy: Policy, about: Around) -> Ruling:
    """What a policy says about these actions together."""
    return rule_on(policy, facts_of(actions, about))


def sealed(known: Known, action: Action, trace: Sequence[Observation]) -> SealedAction:
    """The action under its digest, and in words. Raises `Unsealable`."""
    words = Words(
        in_words(known.tool.card or known.key, action.arguments),
        in_words(known.tool.remedy or known.tool.title, action.arguments),
        known.connection.title,
        known.tool.reversible,
        known.tool.effect_class or "neither",
        tuple(
            (in_words(line.label, action.arguments), shown(before), in_words(line.becomes, action.arguments))
            for line in known.tool.changes
            if (record := _record(action.lineage.get(line.of), trace)) is not None
            for before in values_at(line.path, record)
        ),
    )
    return seal_action(action, words)


async def put_in_the_queue(
    tx: Transaction, mission_id: MissionId, case_id: CaseId, turn: int, drawn: Proposed, *, revision: int = 0
) -> Proposal:
    """From now on it is in the record with its ruling, and waits for people; the caller says that its mission does."""
    since = await customer_spoke_at(tx, case_id) or await now(tx)
    due = since + (await published(tx, drawn.brief)).service_level
    made = await add_proposal(tx, mission_id, case_id, turn, drawn, due=due, revision=revision)
    told: dict[str, Any] = {
        "title": drawn.title,
        "digest": made.digest,
        "message": drawn.message,
        "reasons": drawn.reasons,
    }
    if drawn.edited is not None:
        told |= {"edited_from": drawn.edited.of, "edited_by": drawn.edited.by}
    actions = [{"sentence": one.sentence, "digest": one.digest} for one in drawn.actions]
    await observe(tx, mission_id, "proposed", proposal=made.id, **told, actions=actions, worker=drawn.worker)
    await observe(tx, mission_id, "ruled", policy=drawn.policy, known=drawn.known, **_told(drawn.ruling))
    return made


def _told(ruling: NeedsApprovals | ByItself) -> dict[str, Any]:
    told: dict[str, Any] = {"ruling": ruling.kind, "sentence": ruling.sentence, "rules": list(ruling.rules)}
    if isinstance(ruling, ByItself):
        return {**told, "reserved": [{"pool": one.pool, "amount": one.amount} for one in ruling.reservations]}
    return {
        **told,
        "needed": ruling.count,
        "role": ruling.role,
        "exclude": list(ruling.exclude),
        "delay": ruling.delay,
        "step_up": ruling.step_up,
    }


def in_words(template: str, arguments: Mapping[str, Any]) -> str:
    """`Refund {amount}` with each `{argument}` shown for people. Nothing else in a template means anything."""

    def put_in(found: re.Match[str]) -> str:
        name = found[1]
        return shown(arguments[name]) if name in arguments else found[0]

    return re.sub(r"\{([^{}]+)\}", put_in, template)  # one pass: braces in a value are only text


def _record(origin: Origin | None, trace: Sequence[Observation]) -> Any:
    """The record that an argument came from: what its field stands in."""
    if origin is None or origin.path is None:
        return None
    seen = next(one for one in trace if one.n == origin.observation)
    found = values_at(origin.path.rpartition(".")[0], seen.told["value"])
    return found[0] if found else None
