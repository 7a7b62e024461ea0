"""A customer asks for a person: the mission ends, what waits is not done any more, and a person takes the case over."""

from missiondesk.cases import add_message, lock_case
from missiondesk.decisions import close_proposal, open_proposal
from missiondesk.ids import CaseId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Refused
from missiondesk.missions.finishing import finish
from missiondesk.missions.past import past_of
from missiondesk.missions.receive import begin_mission
from missiondesk.missions.store import add_handoff, handoff_of, open_mission
from missiondesk.missions.verdict import Verdict
from missiondesk.people import Customer
from missiondesk.portals import Portal
from missiondesk.trace import observe

_REASON = "The customer asked for a person."
_OPEN = ("intent", "sent", "checking", "unknown")


class BeingCarriedOut(Refused):
    """What was decided is being carried out or checked just now. Please ask again when that is done."""


async def ask_for_person(tx: Transaction, who: Customer, portal: Portal, case_id: CaseId) -> None:
    """End the case's mission and hand it to a person, unless an approved action is under way (`BeingCarriedOut`)."""
    case = await lock_case(tx, case_id, customer=who.id)
    if case.held_by is not None or await handoff_of(tx, case_id):
        return
    mission = await open_mission(tx, case_id)
    mission_id = mission.id if mission else await begin_mission(tx, case_id)
    if mission and any(receipt.state in _OPEN for past in await past_of(tx, mission_id) for receipt in past.receipts):
        raise BeingCarriedOut
    if (waiting := await open_proposal(tx, mission_id)) is not None:
        await close_proposal(tx, waiting.id, "withdrawn", who.name)
        await observe(tx, mission_id, "taken_back", proposal=waiting.id, title=waiting.proposed.title, why=_REASON)
    await observe(tx, mission_id, "handed_off", reason=_REASON)
    message = f"I am passing this on to {portal.team}. A person will look into it and answer you here."
    await add_message(tx, case_id, "assistant", portal.assistant, message)
    await observe(tx, mission_id, "told", message=message, proposal=None)
    await add_handoff(tx, mission_id, case_id, _REASON)
    verdict = Verdict(outcome="handed_off", text=f"handed to a person: {_REASON}", customer_told=True)
    await finish(tx, mission_id, case, verdict)
    crashpoint("missions.person_asked.before_commit")
