"""The past under another policy: every proposal of the last days is read once, and ruled on again. Writes nothing."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import text

from missiondesk.decisions import Asked, ByItself, Earlier, Flipped, NeedsApprovals, Policy, replay
from missiondesk.effects import NO_MORE
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.json_values import UNREADABLE

_QUERY = """select p.id, p.body, p.opened_at, c.customer_id, (
        select json_object_agg(g.position, extract(epoch from g.at))
        from grants g left join effects e on e.grant_id = g.id
        where g.proposal_id = p.id and coalesce(e.state, 'intent') <> all(:no_more)) as granted
    from proposals p join cases c on c.id = p.case_id where p.opened_at >= :since order by p.opened_at, p.revision"""
_RULINGS: TypeAdapter[NeedsApprovals | ByItself] = TypeAdapter(NeedsApprovals | ByItself)


async def replay_past(tx: Transaction, draft: Policy, days: int) -> tuple[int, list[Flipped]]:
    """(how many proposals there were in the last `days`, those of which `draft` would have said something else)."""
    since = await now(tx) - timedelta(days=days)
    values = {"since": since - timedelta(days=draft.looks_back), "no_more": list(NO_MORE)}
    earlier = [_earlier(*row) for row in await tx.execute(text(_QUERY), values)]
    return replay(draft, [one for one in earlier if one is not None], since)


def _earlier(id_: str, body: str, at: datetime, customer_id: str, granted: dict[str, float] | None) -> Earlier | None:
    """`None`: nobody can read any more what was proposed."""
    try:
        return _read(id_, json.loads(body), at, customer_id, granted)
    except UNREADABLE:
        return None


def _read(id_: str, told: dict[str, Any], at: datetime, customer_id: str, granted: dict[str, float] | None) -> Earlier:
    actions = [_asked(json.loads(one["sealed"]), (granted or {}).get(str(n))) for n, one in enumerate(told["actions"])]
    return Earlier(
        id_,
        "; then ".join(one["sentence"] for one in told["actions"]),
        told["customer"],
        customer_id,
        at,
        actions,
        told.get("known", {}),
        _RULINGS.validate_python(told["ruling"]),
        bool(told.get("edited")),
    )


def _asked(said: dict[str, Any], granted: float | None) -> Asked:
    return Asked(
        f"{said['connection']}.{said['tool']}",
        said["arguments"],
        {name: origin["kind"] for name, origin in said["lineage"].items()},
        None if granted is None else datetime.fromtimestamp(granted, UTC),
    )
