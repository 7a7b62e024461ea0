"""A person edits a proposal: it is closed, and a new one takes its place, sealed and ruled on like any other.

Whoever edits becomes an author, so somebody else must approve. What was answered before counts for nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from missiondesk.cases import checked_text
from missiondesk.decisions import (
    Action,
    AlreadyDecided,
    Changed,
    Deny,
    Difference,
    Edited,
    MayNotDecide,
    NeedsApprovals,
    Origin,
    Policy,
    Proposal,
    SealedAction,
    Shown,
    by_people,
    check_intact,
    close_proposal,
    decisions_made,
    hands_in,
    make_all_void,
    may_decide,
    opened,
    proposal,
    reads_of,
    record_decision,
)
from missiondesk.effects import around
from missiondesk.ids import ConnectionId, ProposalId
from missiondesk.integrations import Known, wanted
from missiondesk.kit.canonical import canonical
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce, now
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.kit.text import visible
from missiondesk.missions.deciding import PolicyForbids, asked_today, by_whom, tell_decided, wake_when_over
from missiondesk.missions.draw_up import put_in_the_queue, ruling_on, sealed
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import mission
from missiondesk.people import Staff, records_of
from missiondesk.trace import Observation, observed

Arguments = Mapping[int, Mapping[str, Any]]  # by position of the action: all of them, but for those that we bind


@dataclass(frozen=True, slots=True)
class Draft:
    """What an edit would make of a proposal, and what today's policy says to that."""

    actions: Sequence[SealedAction]
    message: str | None
    changes: Sequence[Difference]
    ruling: Deny | NeedsApprovals
    policy: str


async def edit(
    tx: Transaction,
    parts: Parts,
    proposal_id: ProposalId,
    changes: Arguments,
    *,
    by: Staff,
    seen: str,
    message: str | None = None,
    reason: str | None = None,
    key: str | None = None,
) -> Proposal:
    """Put the edited proposal in the place of the one with the digest `seen`. It sends nothing, so it may be frozen.

    An action that `changes` does not name stays as it is; without `message` the customer reads what they would have.
    Raises what `preview` raises, and `PolicyForbids`.
    """
    await mission(tx, (await proposal(tx, proposal_id)).mission_id, lock=True)  # always the mission first
    found = _open(await proposal(tx, proposal_id, lock=True))
    draft = await draft_of(tx, parts, found, changes, by=by, seen=seen, message=message)
    if isinstance(draft.ruling, Deny):
        raise PolicyForbids(f"The policy does not allow this: {draft.ruling.sentence} Nothing was changed.")
    void = await make_all_void(tx, found.id, why=f"{by.name} has edited what was answered.")
    reason = (reason or "").strip() or None
    made = await record_decision(tx, found, "edit", by=by, seen=seen, reason=reason, policy=draft.policy, key=key)
    await close_proposal(tx, found.id, "edited", by.name)
    told = [one.model_dump(mode="json") for one in draft.changes]
    await tell_decided(tx, found, made, "edit", reason=reason, seen=seen, changes=told, void=void, policy=draft.policy)
    edited = Edited(
        of=found.id, by_id=by.id, by=by.name, role=by.role, reason=reason, at=made.at, changes=list(draft.changes)
    )
    again = found.proposed.model_copy(
        update={
            "actions": list(draft.actions),
            "message": draft.message,
            "ruling": draft.ruling,
            "policy": draft.policy,
            "edited": edited,
        }
    )
    new = await put_in_the_queue(tx, found.mission_id, found.case_id, found.turn, again, revision=found.revision + 1)
    await wake_when_over(tx, new)  # nothing is held any more
    await announce(tx, f"case:{found.case_id}")
    crashpoint("decisions.edited.before_commit")
    return new


async def preview(
    tx: Transaction,
    parts: Parts,
    proposal_id: ProposalId,
    changes: Arguments,
    *,
    by: Staff,
    seen: str,
    message: str | None = None,
) -> Draft:
    """What `edit` would do now. Writes nothing.

    Raises `AlreadyDecided`, `Changed`, `MayNotDecide`, `NotFound`, `NotOffered`, `Unsealable`, `Refused` where a tool
    is not the reviewed one any more or the evidence too old, and `Invalid` for arguments that do not fit, that are
    not a person's to change, or that change nothing.
    """
    found = _open(await proposal(tx, proposal_id))
    return await draft_of(tx, parts, found, changes, by=by, seen=seen, message=message)


def _open(found: Proposal) -> Proposal:
    if found.closed:
        raise AlreadyDecided(by_whom(found))
    return found


async def draft_of(
    tx: Transaction, parts: Parts, found: Shown, changes: Arguments, *, by: Staff, seen: str, message: str | None
) -> Draft:
    """What an edit of what was found would come to. Raises what `preview` raises."""
    policy = await parts.policy.now(tx)
    needs = await asked_today(tx, policy, found, "edit")
    made, hands = await decisions_made(tx, found.id), await hands_in(tx, found)
    if (why := may_decide(found, needs, by, made, "edit", hands)) is not None:
        raise MayNotDecide(why)
    if seen != found.digest:
        raise Changed
    stored = found.proposed.actions
    check_intact(found)
    if unknown := sorted(set(changes) - set(range(len(stored)))):
        raise Invalid(f"There is no action {unknown[0] + 1}: this proposal has {len(stored)}.")
    before = [opened(one.sealed) for one in stored]
    at = await now(tx)
    if any(at > one.expires for one in before):
        raise Refused("What this rests on is too old by now. Reject it, and the worker looks again.")
    records = await records_of(tx, before[0].customer) if before else {}
    trace = await observed(tx, found.mission_id)
    drawn = [
        _edited(one, _reviewed(one, parts, trace), changes.get(place), policy, records, by)
        for place, one in enumerate(before)
    ]
    message = found.proposed.message if message is None else visible(checked_text(message))
    differences = [
        Difference(position=place, argument=name, before=one.arguments.get(name), after=new.arguments.get(name))
        for place, (one, (_, new)) in enumerate(zip(before, drawn, strict=True))
        for name in _changed(one.arguments, new.arguments)
    ]
    if message != found.proposed.message:
        differences.append(Difference(position=None, argument="message", before=found.proposed.message, after=message))
    if not differences:
        raise Invalid("Nothing was changed: approve it as it is, or change something.")
    actions = [sealed(known, action, trace) for known, action in drawn]
    about = await around(tx, policy, found.case_id, found.proposed.brief, besides=found.id)
    ruling = by_people(ruling_on([action for _, action in drawn], policy, about))  # what a person wrote, a person reads
    return Draft(actions, message, differences, ruling, policy.version)


def _reviewed(before: Action, parts: Parts, trace: Sequence[Observation]) -> Known:
    """Its tool, if that and what was decided about its connections is what it was proposed with. Raises `Refused`."""
    known = parts.connections.known(before.key)
    if known is None or known.pin != before.definition:
        raise Refused(f"{before.key} is not the tool that was reviewed any more. Nothing was changed.")
    if parts.connections.terms(known, reads_of(before, {one.n: one for one in trace})) != before.terms:
        raise Refused(f"What was decided about {known.connection.title} has changed since. Nothing was changed.")
    return known


def _edited(
    before: Action,
    known: Known,
    given: Mapping[str, Any] | None,
    policy: Policy,
    records: Mapping[ConnectionId, str],
    by: Staff,
) -> tuple[Known, Action]:
    """The same action with the arguments that a person gave. What they changed came from them."""
    own = {name: value for name, value in before.arguments.items() if name not in known.tool.bind}
    _, complete = wanted(known, before.key, own if given is None else given, records)
    arguments = {name: complete[name] for name in dict.fromkeys([*before.arguments, *complete]) if name in complete}
    changed = _changed(before.arguments, arguments)
    for name in changed:
        if name in known.tool.bind:
            raise Refused(f"{name} is bound to the case's customer, and is not the same any more. Nothing was changed.")
        if name in known.tool.destinations:
            raise Invalid(f"{before.key}/{name} says where something goes to: it comes from a record, not from a form.")
    person = Origin("person", f"edited by {by.name}")
    lineage = {name: person if name in changed else before.lineage[name] for name in arguments}
    return known, Action(
        before.connection,
        before.tool,
        arguments,
        known.pin,
        before.terms,
        before.customer,
        before.evidence,
        policy.version,
        before.expires,  # the evidence gets no younger by an edit
        lineage,
    )


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of the arguments that are not the same in both, byte for byte."""

    def spelt(arguments: Mapping[str, Any], name: str) -> bytes | None:
        return canonical(arguments[name]) if name in arguments else None

    return [name for name in dict.fromkeys([*before, *after]) if spelt(before, name) != spelt(after, name)]
