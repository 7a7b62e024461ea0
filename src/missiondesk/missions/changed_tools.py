"""A tool that is no longer what was reviewed: proposals that would use it may not be answered any more."""

from missiondesk.decisions import Proposal, close_proposal, opened, proposals_waiting
from missiondesk.integrations import Changed, tools_changed, voided
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce
from missiondesk.missions.durable import wake
from missiondesk.missions.parts import Parts
from missiondesk.missions.store import mission
from missiondesk.trace import observe


async def take_back_changed(parts: Parts) -> None:
    """Take back every waiting proposal that names a tool which was taken away; its worker looks again.

    Approvals it already has are void with it. Safe to call at any time, in every process.
    """
    async with parts.database.transaction() as tx:
        gone = await tools_changed(tx, to_void=True)
        if not gone:
            return
        for waiting in await proposals_waiting(tx, limit=None):
            if (changed := _names(waiting, gone)) is not None:
                await _take_back(tx, waiting, changed)
        for one in gone:
            await voided(tx, one)
        crashpoint("missions.tools_changed.before_commit")
    crashpoint("missions.tools_changed.after_commit")


def _names(waiting: Proposal, gone: list[Changed]) -> Changed | None:
    used = {(action.key, action.definition) for one in waiting.proposed.actions for action in [opened(one.sealed)]}
    return next((one for one in gone if (one.key, one.pin) in used), None)


async def _take_back(tx: Transaction, waiting: Proposal, changed: Changed) -> None:
    this = await mission(tx, waiting.mission_id, lock=True)
    why = f"{changed.key} is not the tool that was reviewed any more"
    if not await close_proposal(tx, waiting.id, "withdrawn", why):
        return
    await observe(tx, this.id, "taken_back", proposal=waiting.id, title=waiting.proposed.title, why=f"{why}.")
    await wake(tx, this.id)
    await announce(tx, "queue")
