"""What a customer says comes in here: case, message, observation and waking are one transaction."""

from missiondesk.cases import Case, Message, add_message, checked_text, lock_case, open_case, sent_before
from missiondesk.decisions import close_proposal, open_proposal
from missiondesk.ids import CaseId, MissionId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce
from missiondesk.missions.durable import nudge, wake
from missiondesk.missions.store import Mission, add_mission, handoff_of, open_mission
from missiondesk.people import Customer
from missiondesk.trace import observe


async def open_with(tx: Transaction, who: Customer, text: str, *, key: str | None = None) -> CaseId:
    """A customer opens a case. The same `key` again is the same case.

    Raises `Invalid` for a text nobody could read, and `KeyUsed` for a key that came with another text.
    """
    text = checked_text(text)
    if key and (earlier := await sent_before(tx, f"{who.id}:{key}", text)):
        return earlier.case_id
    case = await open_case(tx, who.portal_id, who.id, text)
    await _said(tx, case, who, text, key)
    crashpoint("missions.received.before_commit")
    return case.id


async def hear(tx: Transaction, who: Customer, case_id: CaseId, text: str, *, key: str | None = None) -> None:
    """A customer writes in their case. A proposal that waits is taken back: the worker looks again.

    Raises `NotFound` for a case that is not theirs, `Invalid`, and `KeyUsed` for a key that came with another message.
    """
    text = checked_text(text)
    case = await lock_case(tx, case_id, customer=who.id)
    if key and await sent_before(tx, f"{who.id}:{key}", text, case_id=case.id):
        return
    await _said(tx, case, who, text, key)
    crashpoint("missions.heard.before_commit")


async def begin_mission(tx: Transaction, case_id: CaseId, *messages: Message) -> MissionId:
    """A mission for what was said; it wakes when this transaction commits."""
    mission_id = await add_mission(tx, case_id)
    for message in messages:
        await observe(tx, mission_id, "received", message=message.id, name=message.name, text=message.text)
    await nudge(tx, mission_id, 1, "turns")
    return mission_id


async def _said(tx: Transaction, case: Case, who: Customer, text: str, key: str | None) -> None:
    message = await add_message(tx, case.id, "customer", who.name, text, key=f"{who.id}:{key}" if key else None)
    await announce(tx, f"customer:{who.id}")
    mission = await open_mission(tx, case.id)
    if mission is not None:
        await _tell(tx, mission, message)
    elif case.held_by is None and await handoff_of(tx, case.id) is None:
        await begin_mission(tx, case.id, message)
    else:
        await announce(tx, "queue")  # it is with a person, and stays there until that person closes it


async def _tell(tx: Transaction, mission: Mission, message: Message) -> None:
    await observe(tx, mission.id, "received", message=message.id, name=message.name, text=message.text)
    if (waiting := await open_proposal(tx, mission.id)) is not None:
        await close_proposal(tx, waiting.id, "superseded", message.name)
        told = {"proposal": waiting.id, "title": waiting.proposed.title, "why": "The customer wrote again."}
        await observe(tx, mission.id, "taken_back", **told)
    await wake(tx, mission.id)
