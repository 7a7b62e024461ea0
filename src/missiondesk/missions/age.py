"""Evidence has an age: how long what was read may be relied on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from missiondesk.integrations import Connections
from missiondesk.kit.errors import Invalid
from missiondesk.kit.spans import in_words
from missiondesk.trace import Observation

EVIDENCE_LASTS = timedelta(hours=24)


def good_until(evidence: Sequence[Observation], connections: Connections, at: datetime) -> datetime:
    """When the first of the evidence is too old, a day from `at` at the latest.

    Raises `Invalid` for what is too old already: the manifest of the tool that read it says how old it may be.
    """
    until = at + EVIDENCE_LASTS
    for one in evidence:
        known = connections.known(one.told["tool"]) if one.kind == "seen" else None
        if known is None or known.tool.max_age is None:
            continue
        if one.at + known.tool.max_age <= at:
            raise Invalid(
                f"{one.told['title']} ({one.told['source']}), observation {one.n}, was read {in_words(at - one.at)} "
                f"ago and may be relied on for {in_words(known.tool.max_age)}: read {known.key} again."
            )
        until = min(until, one.at + known.tool.max_age)
    return until
