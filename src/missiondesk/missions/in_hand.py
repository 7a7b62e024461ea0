"""What a person does with a waiting proposal instead of answering it: ask the customer first, or take the case over."""

from missiondesk.cases import Case, add_message, checked_text, hold, lock_case
from missiondesk.decisions import (
    AlreadyDecided,
    MayNotDecide,
    Proposal,
    close_proposal,
    make_all_void,
    proposal,
)
from missiondesk.ids import ProposalId
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce
from missiondesk.missions.deciding import by_whom
from missiondesk.missions.finishing import finish
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import mission, set_mission
from missiondesk.missions.verdict import Verdict
from missiondesk.people import Staff, may
from missiondesk.trace import observe


async def ask_customer(tx: Transaction, proposal_id: ProposalId, question: str, *, by: Staff) -> None:
    """Ask the customer, in a person's name. The proposal is taken back, and the worker goes on from the answer.

    Raises `AlreadyDecided`, `MayNotDecide`, `NotFound`, and `Invalid` for a question nobody could read.
    """
    question = checked_text(question)
    case, found = await _locked(tx, proposal_id, by)
    await _take_back(tx, found, by, f"{by.name} asks the customer first")
    await add_message(tx, case.id, "person", by.name, question)
    await observe(tx, found.mission_id, "asked", question=question, by=by.name)
    await set_mission(tx, found.mission_id, waits_for="customer", wake_at=None)
    crashpoint("decisions.in_hand.before_commit")


async def take_over(tx: Transaction, parts: Parts, proposal_id: ProposalId, *, by: Staff) -> None:
    """The person answers the customer from now on. The proposal is taken back, and the mission ends.

    Raises `AlreadyDecided`, `MayNotDecide`, `NotFound`.
    """
    case, found = await _locked(tx, proposal_id, by)
    reason = f"{by.name} took the case over."
    await _take_back(tx, found, by, f"{by.name} took the case over")
    message = f"You are now talking with {by.name}."
    portal = parts.portals.get(case.portal_id)
    await add_message(tx, case.id, "assistant", portal.assistant if portal else "Assistant", message)
    await observe(tx, found.mission_id, "told", message=message, proposal=None)
    await observe(tx, found.mission_id, "handed_off", reason=reason)
    verdict = Verdict(outcome="handed_off", text=f"handed to a person: {reason}", customer_told=True)
    await finish(tx, found.mission_id, case, verdict)
    await hold(tx, case.id, by.id)
    crashpoint("decisions.in_hand.before_commit")


async def _locked(tx: Transaction, proposal_id: ProposalId, by: Staff) -> tuple[Case, Proposal]:
    """The case before its mission, and that before its proposal: always in this order."""
    if not may(by, "decide"):
        raise MayNotDecide
    case_id = (await proposal(tx, proposal_id)).case_id
    case = await lock_case(tx, case_id)
    await mission(tx, (await proposal(tx, proposal_id)).mission_id, lock=True)
    found = await proposal(tx, proposal_id, lock=True)
    if found.closed:
        raise AlreadyDecided(by_whom(found))
    return case, found


async def _take_back(tx: Transaction, found: Proposal, by: Staff, why: str) -> None:
    await make_all_void(tx, found.id, why=why)
    await close_proposal(tx, found.id, "withdrawn", by.name)
    await observe(tx, found.mission_id, "taken_back", proposal=found.id, title=found.proposed.title, why=f"{why}.")
    await announce(tx, f"case:{found.case_id}")
