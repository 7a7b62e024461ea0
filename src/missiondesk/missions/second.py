"""Asking a second model what speaks against what waits: beside the turns, and nothing ever waits for it."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from missiondesk.decisions import MOST_OPINIONS, Proposal, Said, Unreadable, opened, store_opinion, take_unasked
from missiondesk.kit.database import Database
from missiondesk.kit.json_values import UNREADABLE
from missiondesk.kit.money import shown
from missiondesk.kit.text import shortened, visible
from missiondesk.trace import Observation, observed
from missiondesk.workers import WorkerFailed

ASK_EVERY = 2.0  # seconds
_LONGEST = 4_000  # characters of one observation
_LONGEST_SENTENCE = 300
log = logging.getLogger(__name__)


class Objected(Protocol):
    """One thing that a model says."""

    @property
    def says(self) -> str: ...
    @property
    def observation(self) -> int | None: ...
    @property
    def argument(self) -> str | None: ...


class Second(Protocol):
    """A second model, under its name."""

    @property
    def name(self) -> str: ...

    async def objections(self, told: Mapping[str, Any]) -> Sequence[Objected]: ...


async def ask_second(database: Database, model: Second) -> None:
    """About the newest proposal that nobody asked about. No transaction is open while the model speaks."""
    async with database.transaction() as tx:
        found = await take_unasked(tx, model.name)
        trace = await observed(tx, found.mission_id) if found is not None else []
    if found is None:
        return
    said: list[Said] | None = None
    if not isinstance(found.proposed, Unreadable):
        try:
            said = grounded(await model.objections(_told(found, trace)), found)
        except WorkerFailed as failed:
            log.info("%s: %s", found.id, failed)
    async with database.transaction() as tx:
        await store_opinion(tx, found, said)


def grounded(said: Sequence[Objected], found: Proposal) -> list[Said]:
    """Only what names an observation that it rests on or an argument that it has, five at most."""
    names = {name for one in found.proposed.actions for name in opened(one.sealed).arguments}
    kept: list[Said] = []
    for one in said:
        observation = one.observation if one.observation in found.proposed.evidence else None
        argument = one.argument if one.argument in names else None
        if one.says.strip() and (observation is not None or argument is not None):
            kept.append(Said(visible(shortened(one.says, _LONGEST_SENTENCE)), observation, argument))
    return kept[:MOST_OPINIONS]


def _told(found: Proposal, trace: Sequence[Observation]) -> dict[str, Any]:
    """What the model reads: what was proposed, and what it rests on; all of it was read for this mission before."""
    actions = [opened(one.sealed) for one in found.proposed.actions]
    return {
        "actions": [
            {
                "does": sealed.sentence,
                "arguments": {
                    name: {"value": shown(value), "comes_from": action.lineage[name].label}
                    for name, value in action.arguments.items()
                },
            }
            for sealed, action in zip(found.proposed.actions, actions, strict=True)
        ],
        "message_to_customer": found.proposed.message,
        "reasons_for_it": found.proposed.reasons,
        "observations": [_seen(one) for one in trace if one.n in found.proposed.evidence],
        "customer_said": [shortened(str(one.told.get("text")), 1_000) for one in trace if one.kind == "received"],
    }


def _seen(one: Observation) -> dict[str, Any]:
    try:
        read = one.told["value"] if one.kind == "seen" else one.told
        return {"observation": one.n, "what": one.kind, "read": json.dumps(read, ensure_ascii=False)[:_LONGEST]}
    except UNREADABLE:
        return {"observation": one.n, "what": "it cannot be read any more"}
