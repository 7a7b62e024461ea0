"""What became of a mission's proposals, gathered for the worker and for the verdict."""

from collections.abc import Sequence

from missiondesk.decisions import LOST, Change, Proposal, decisions_on, grants_of, proposals_of
from missiondesk.effects import Effect, effects_of
from missiondesk.ids import GrantId, MissionId
from missiondesk.kit.database import Transaction
from missiondesk.kit.money import shown
from missiondesk.missions.verdict import Proof
from missiondesk.workers import Past, Receipt


async def past_of(tx: Transaction, mission_id: MissionId) -> list[Past]:
    """The answered proposals, oldest first. One that was edited counts for nothing: the edit took its place."""
    made = await proposals_of(tx, mission_id)
    return [
        await _past(tx, one, [each for each in made if each.turn == one.turn])
        for one in made
        if one.closed not in (None, "edited")
    ]


async def proof_of(tx: Transaction, mission_id: MissionId) -> list[Proof]:
    """Everything read back in the systems of record after this mission's effects."""
    return [
        Proof(says=says, held=held)
        for one in await proposals_of(tx, mission_id)
        for effect in (await effects_of(tx, one.id)).values()
        for says, held in effect.checks
    ]


async def _past(tx: Transaction, one: Proposal, versions: Sequence[Proposal]) -> Past:
    """`versions`: what the worker had proposed, and each edit of it, oldest first."""
    found = await effects_of(tx, one.id)
    grants = await grants_of(tx, one.id)
    reasons = [decision.reason for decision in await decisions_on(tx, one.id) if decision.kind in ("reject", "respond")]
    assert one.closed is not None
    return Past(
        one.closed,
        one.closed_by or "",
        reasons[-1] if reasons else None,
        tuple(_receipt(one, grant.position, found.get(GrantId(grant.id))) for grant in grants),
        tuple(
            Change(label=label, before=before, after=after)
            for effect in found.values()
            for label, before, after in effect.changes
        ),
        tuple(
            Change(label=it.argument, before=shown(it.before), after=shown(it.after))
            for version in versions
            if version.proposed.edited
            for it in version.proposed.edited.changes
        ),
    )


def _receipt(one: Proposal, position: int, effect: Effect | None) -> Receipt:
    stored = one.proposed.action(position)
    tool, sentence = (stored.key, stored.sentence) if stored else ("", LOST)
    if effect is None:
        return Receipt(tool, sentence, "intent", None, None, None)
    return Receipt(tool, sentence, effect.state, effect.reference, effect.why, effect.proved)
