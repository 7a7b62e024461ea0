"""How a mission ends: with a verdict, or with a person. A message that came meanwhile begins the next mission."""

from missiondesk.cases import add_message, messages_of
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction, announce, now
from missiondesk.missions.durable import Turn
from missiondesk.missions.past import past_of, proof_of
from missiondesk.missions.receive import begin_mission
from missiondesk.missions.scene import Scene
from missiondesk.missions.store import add_handoff, set_mission
from missiondesk.missions.verdict import Verdict, verdict_on
from missiondesk.trace import observe, observed
from missiondesk.workers import Conclude, HandOff


async def conclude(turn: Turn, scene: Scene, found: Conclude) -> None:
    """The verdict, with its proof; the customer hears what they have not heard yet."""
    crashpoint("missions.concluded.before")
    async with turn.tx() as tx:
        told = any(one.kind == "told" for one in await observed(tx, turn.mission_id))
        if found.message and not told:
            await _tell(tx, turn, scene, found.message)
        verdict = verdict_on(
            found,
            await past_of(tx, turn.mission_id),
            await proof_of(tx, turn.mission_id),
            told=told or bool(found.message),
        )
        await _end(tx, turn, scene, verdict)
    crashpoint("missions.concluded.after_commit")


async def end_with_person(turn: Turn, scene: Scene, wish: HandOff) -> None:
    """A person takes the case over: it stands in the Decision Queue, and the customer knows."""
    team = scene.portal.team
    message = wish.message or f"I am passing this on to {team}. A person will look into it and answer you here."
    crashpoint("missions.handed_off.before")
    async with turn.tx() as tx:
        await _tell(tx, turn, scene, message)
        await add_handoff(tx, turn.mission_id, scene.case.id, wish.reason)
        await observe(tx, turn.mission_id, "handed_off", reason=wish.reason)
        verdict = Verdict(
            outcome="handed_off",
            text=f"handed to a person: {wish.reason}",
            proof=await proof_of(tx, turn.mission_id),
            customer_told=True,
        )
        await _end(tx, turn, scene, verdict)
    crashpoint("missions.handed_off.after_commit")


async def _tell(tx: Transaction, turn: Turn, scene: Scene, message: str) -> None:
    await add_message(tx, scene.case.id, "assistant", scene.portal.assistant, message)
    await observe(tx, turn.mission_id, "told", message=message, proposal=None)


async def _end(tx: Transaction, turn: Turn, scene: Scene, verdict: Verdict) -> None:
    await observe(tx, turn.mission_id, "concluded", **verdict.model_dump(mode="json"))
    ended = {"state": "done", "waits_for": None, "wake_at": None, "ended_at": await now(tx)}
    await set_mission(tx, turn.mission_id, **ended, outcome=verdict.outcome, verdict=verdict.model_dump_json())
    heard = scene.messages[-1].number
    said = await messages_of(tx, scene.case.id)
    unheard = [message for message in said if message.author == "customer" and message.number > heard]
    if unheard:
        await begin_mission(tx, scene.case.id, *unheard)
    await announce(tx, f"case:{scene.case.id}")
    await announce(tx, f"customer:{scene.customer.id}")
