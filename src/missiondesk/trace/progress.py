"""How far a running read is. It is told to those who watch just then, and never stored: it is no observation."""

import json
import math
from dataclasses import asdict, dataclass

from sqlalchemy import text

from missiondesk.ids import MissionId
from missiondesk.kit.database import Transaction
from missiondesk.kit.text import shortened, visible

PROGRESS = "missiondesk_progress"  # a channel of its own: what is announced on the other carries no data
_WORDS = 200  # characters; PostgreSQL takes 8000 bytes in all


@dataclass(frozen=True, slots=True)
class Progress:
    """Of one read of `tool`: `done` of `total`, if the system says of how much; `over`: it is not running any more."""

    mission_id: MissionId
    tool: str
    title: str
    source: str
    done: float = 0
    total: float | None = None
    message: str | None = None
    over: bool = False


async def tell_progress(tx: Transaction, told: Progress) -> None:
    """Tell who watches the mission, when this transaction commits."""
    fields = asdict(told) | {
        "title": _words(told.title),
        "source": _words(told.source),
        "done": _number(told.done) or 0,
        "total": _number(told.total),
        "message": _words(told.message) if told.message else None,
    }
    payload = json.dumps(fields, ensure_ascii=False)
    await tx.execute(text("select pg_notify(:channel, :payload)"), {"channel": PROGRESS, "payload": payload})


def progress_in(payload: str) -> Progress:
    """What `tell_progress` told."""
    return Progress(**json.loads(payload))


def _words(said: str) -> str:
    return shortened(visible(said), _WORDS)


def _number(value: float | None) -> float | None:
    """JSON has no infinity."""
    return value if value is not None and math.isfinite(value) else None
