"""After many approvals in a short time the next ones wait a moment: nobody reads a card in two seconds.

It is worked out from the decisions in the database, so it is the same in every process. To reject is never slowed.
"""

from dataclasses import dataclass
from math import ceil

from sqlalchemy import text

from missiondesk.kit.database import Transaction, lock
from missiondesk.kit.errors import Refused
from missiondesk.people import Staff

_LATELY = """select count(*), extract(epoch from max(at) + make_interval(secs => :pause) - clock_timestamp())
    from (select by_id, kind, at from decisions where batch is null
        union all select by_id, kind, at from test_decisions) made
    where by_id = :who and kind = 'approve' and at > clock_timestamp() - make_interval(secs => :within)"""


@dataclass(frozen=True, slots=True)
class Pace:
    """After `approvals` by one person within so many seconds, each next one comes `pause` seconds after the last.

    0 approvals: never. Approving a batch is one act that was looked at as a whole, and is no part of it.
    """

    approvals: int = 20
    within: int = 60
    pause: int = 15


class SlowDown(Refused):
    """You approve very quickly just now. Nothing was decided; please look again in a moment."""


async def keep_pace(tx: Transaction, pace: Pace, by: Staff) -> None:
    """Raises `SlowDown`, with the seconds that are left as `current`, while this person approves too quickly."""
    if not pace.approvals:
        return
    await lock(tx, f"pace:{by.id}")  # two tabs are one person
    values = {"who": by.id, "within": pace.within, "pause": pace.pause}
    count, left = (await tx.execute(text(_LATELY), values)).one()
    if count >= pace.approvals and left > 0:
        seconds = ceil(left)
        raise SlowDown(
            f"You approved {count} within {pace.within} seconds, faster than anybody reads. The next approval can be "
            f"given in {seconds} {'second' if seconds == 1 else 'seconds'}. Nothing was decided; you can reject at "
            "any time.",
            current={"seconds": seconds},
        )
