"""How a mission ends: with a verdict, or with a person. What the customer said meanwhile begins the next mission."""

from collections.abc import Sequence
from typing import Any

from missiondesk.cases import Message, add_message, messages_of
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.missions.durable import Turn
from missiondesk.missions.finishing import finish
from missiondesk.missions.past import past_of, proof_of
from missiondesk.missions.receive import begin_mission
from missiondesk.missions.scene import Scene
from missiondesk.missions.store import add_handoff
from missiondesk.missions.verdict import Verdict, verdict_on
from missiondesk.trace import Kind, Observation, observe, observed
from missiondesk.workers import Conclude, HandOff


async def conclude(turn: Turn, scene: Scene, found: Conclude) -> None:
    """The verdict, with its proof; the customer hears what they have not heard yet."""
    crashpoint("missions.concluded.before")
    async with turn.tx() as tx:
        trace = await observed(tx, turn.mission_id)
        told = [one.told["message"] for one in trace if one.kind == "told"]
        news = found.message if found.message and found.message not in told else None
        if news:
            await _tell(tx, turn, scene, news)
        past, proof = await past_of(tx, turn.mission_id), await proof_of(tx, turn.mission_id)
        await finish(tx, turn.mission_id, scene.case, verdict_on(found, past, proof, told=bool(told or news)))
        new = await unheard(tx, scene)
        if open_ := [*([] if news else _passed_over(trace, scene)), *new]:
            await begin_mission(tx, scene.case.id, *open_)
    crashpoint("missions.concluded.after_commit")


async def end_with_person(
    turn: Turn, scene: Scene, wish: HandOff, *, because: tuple[Kind, dict[str, Any]] | None = None
) -> None:
    """A person takes the case over: it stands in the Decision Queue, and the customer knows.

    `because` is an observation that tells why, in the same transaction.
    """
    team = scene.portal.team
    message = wish.message or f"I am passing this on to {team}. A person will look into it and answer you here."
    crashpoint("missions.handed_off.before")
    async with turn.tx() as tx:
        if because:
            await observe(tx, turn.mission_id, because[0], **because[1])
        await _tell(tx, turn, scene, message)
        await add_handoff(tx, turn.mission_id, scene.case.id, wish.reason)
        await observe(tx, turn.mission_id, "handed_off", reason=wish.reason)
        verdict = Verdict(
            outcome="handed_off",
            text=f"handed to a person: {wish.reason}",
            proof=await proof_of(tx, turn.mission_id),
            customer_told=True,
        )
        await finish(tx, turn.mission_id, scene.case, verdict)
    crashpoint("missions.handed_off.after_commit")


async def unheard(tx: Transaction, scene: Scene) -> list[Message]:
    """What the customer has said since this turn began."""
    heard = scene.messages[-1].number
    said = await messages_of(tx, scene.case.id)
    return [message for message in said if message.author == "customer" and message.number > heard]


def _passed_over(trace: Sequence[Observation], scene: Scene) -> list[Message]:
    """What the customer wrote after the last proposal, while it was carried out: nothing has answered it yet."""
    proposed = max((one.n for one in trace if one.kind == "proposed"), default=None)
    if proposed is None:
        return []
    later = {one.told["message"] for one in trace if one.kind == "received" and one.n > proposed}
    return [message for message in scene.messages if message.id in later]


async def _tell(tx: Transaction, turn: Turn, scene: Scene, message: str) -> None:
    await add_message(tx, scene.case.id, "assistant", scene.portal.assistant, message)
    await observe(tx, turn.mission_id, "told", message=message, proposal=None)
