"""What stands in a place of which the row cannot be read any more: the page goes on, and says so."""

from collections.abc import Iterable

from missiondesk.decisions import LOST, Grant
from missiondesk.kit.json_values import UNREADABLE
from missiondesk.kit.text import visible
from missiondesk.surfaces.desk_shapes import ActionView, EffectView, EvidenceView, ObservationView
from missiondesk.trace import Observation

CHANGED = "This cannot be read any more: its row was changed or damaged after it was written"


def lost_action(grant: Grant, effect: EffectView | None, trace: Iterable[Observation]) -> ActionView:
    """A granted action that its proposal does not hold any more, in the words that the trace tells of it."""
    told = [sentence for one in trace if (sentence := _sentence(one, grant.digest)) is not None]
    return ActionView(
        digest=grant.digest,
        sentence=visible(f"{told[0]} (as the trace tells it)" if told else LOST),
        connection="",
        tool="",
        reversible="",
        effect_class="neither",
        arguments=[],
        changes=[],
        canonical="",
        effect=effect,
    )


def lost_evidence(one: Observation) -> EvidenceView:
    return EvidenceView(
        observation=one.n, label=f"Observation #{one.n}", kind="record", quote=f"{CHANGED}.", source="", read_at=one.at
    )


def lost_observation(one: Observation) -> ObservationView:
    return ObservationView(
        mission_id=one.mission_id,
        n=one.n,
        kind=one.kind,
        at=one.at,
        line=f"{CHANGED}.",
        source=None,
        took_ms=None,
        status="failed",
        detail={},
        hash=one.hash,
    )


def _sentence(one: Observation, digest: str) -> str | None:
    if one.kind != "proposed":
        return None
    try:
        return next((str(it["sentence"]) for it in one.told["actions"] if it["digest"] == digest), None)
    except UNREADABLE:
        return None
