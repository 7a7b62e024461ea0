"""What waits for longer than its service level: it is given to the supervisors, and is put aside no longer."""

from sqlalchemy import text

from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Database, announce
from missiondesk.missions.store import mission
from missiondesk.trace import observe

LATE_EVERY = 10.0  # seconds
_LATE = """select w.item, w.kind, w.mission_id, w.due_at from waiting w left join attention a on a.item = w.item
    where w.due_at < clock_timestamp() and w.kind in ('proposal', 'handoff') and a.late_at is null
    order by w.due_at limit 100"""
_GIVE = """insert into attention as a (item, given_role, given_name, given_by, late_at)
    values (:item, 'supervisor', 'supervisors', 'its service level', clock_timestamp())
    on conflict (item) do update set late_at = clock_timestamp(), aside_until = null, aside_by = null,
    given_role = 'supervisor', given_to = null, given_name = 'supervisors', given_by = 'its service level'
    where a.late_at is null returning a.item"""


async def pass_on_late(database: Database) -> None:
    """Once for each thing that waits. Nothing is ever decided by it. Safe to call at any time, in every process."""
    async with database.transaction() as tx:
        late = (await tx.execute(text(_LATE))).all()
    for one in late:
        async with database.transaction() as tx:
            this = await mission(tx, one.mission_id, lock=True)
            if (await tx.execute(text(_GIVE), {"item": one.item})).first() is None:
                continue
            if this.state != "done":
                told = {"item": one.item, "to": "supervisors", "due": one.due_at.isoformat()}
                await observe(tx, one.mission_id, "late", **told)
            await announce(tx, "queue")
            crashpoint("decisions.late.before_commit")
        crashpoint("decisions.late.after_commit")
