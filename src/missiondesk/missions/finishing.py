"""The last thing that is written of a mission: its verdict, in the row and in the trace."""

from missiondesk.cases import Case
from missiondesk.ids import MissionId
from missiondesk.kit.database import Transaction, announce, now
from missiondesk.missions.store import set_mission
from missiondesk.missions.verdict import Verdict
from missiondesk.trace import observe


async def finish(tx: Transaction, mission_id: MissionId, case: Case, verdict: Verdict) -> None:
    """The mission is done."""
    await observe(tx, mission_id, "concluded", **verdict.model_dump(mode="json"))
    await end_mission(tx, mission_id, verdict)
    await announce(tx, f"case:{case.id}")
    await announce(tx, f"customer:{case.customer_id}")


async def end_mission(tx: Transaction, mission_id: MissionId, verdict: Verdict) -> None:
    """The same in the row alone."""
    nothing = dict.fromkeys(("waits_for", "waits_on", "waits_since", "wake_at"))
    ended = {"state": "done", "ended_at": await now(tx)}
    await set_mission(tx, mission_id, **nothing, **ended, outcome=verdict.outcome, verdict=verdict.model_dump_json())
