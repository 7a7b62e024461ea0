"""The story of a mission: message → reads → knowledge → proposal → decision → effect → verdict. Read this first.

A customer writes (`receive.py`), and a turn begins. The worker reads and consults through the gate until it has a move:
ask, propose, hand off or conclude. A proposal waits for a person (`deciding.py`); the approved actions are carried out
by the executor alone; then the worker sees what really happened, and concludes.
"""

from missiondesk.cases import add_message
from missiondesk.decisions import Deny
from missiondesk.effects import KEPT, around, effects_open
from missiondesk.integrations import ConnectionPaused
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import now
from missiondesk.kit.errors import Invalid, Misconfigured, Refused
from missiondesk.missions.by_itself import let_go, reserved
from missiondesk.missions.carry_out import carry_out
from missiondesk.missions.draw_up import draw_up, put_in_the_queue
from missiondesk.missions.durable import Turn
from missiondesk.missions.ending import conclude, end_with_person, unheard
from missiondesk.missions.parts import Parts
from missiondesk.missions.past import past_of
from missiondesk.missions.routing import Courtesy, Fits, NothingFits, TooLittle, route
from missiondesk.missions.scene import Scene, set_scene
from missiondesk.missions.store import set_mission
from missiondesk.missions.undoing import waits_for_decision
from missiondesk.missions.waiting import LONGEST, wait_for
from missiondesk.trace import observe, observed
from missiondesk.workers import (
    Ask,
    Conclude,
    HandOff,
    Propose,
    SystemAway,
    Workbench,
    Worker,
    WorkerFailed,
    in_plain_sight,
)

SAY_MORE = "Could you tell me a little more about what happened, and which order it is about?"
SETTLED = frozenset({"done", "failed", "stale", "skipped"})


async def take_turn(turn: Turn, parts: Parts) -> None:
    """As far as the mission can go now. Afterwards it waits, is done, or its next turn has been called."""
    if turn.lane == "effects":
        return await carry_out(turn, parts)
    if await waits_for_decision(turn, parts):
        return None
    scene = await set_scene(turn, parts)
    if scene.brief is None:
        return await _route(turn, parts, scene)
    if await _effects_are_open(turn):
        return None
    try:
        worker = parts.worker_for(scene.brief)
        async with turn.tx() as tx:
            await set_mission(tx, turn.mission_id, worker=worker.name)
        await _next_move(turn, parts, scene, worker, scene.workbench(turn, parts, scene.brief))
    except ConnectionPaused as paused:
        if not await wait_for(turn, paused):
            minutes = round(LONGEST.total_seconds() / 60)
            await end_with_person(turn, scene, HandOff(f"I waited for {minutes} minutes, but {paused}"))
    except SystemAway as away:
        await end_with_person(turn, scene, HandOff(f"I could not look into this: {away}"))
    except (WorkerFailed, Misconfigured, Invalid, Refused) as failed:
        await end_with_person(turn, scene, HandOff(f"The worker could not go on: {failed}"))


async def _route(turn: Turn, parts: Parts, scene: Scene) -> None:
    """Choose the brief, ask for more, or find that this is for a person."""
    allowed = [brief for brief in parts.briefs if brief.name in scene.portal.briefs]
    match route(scene.words, allowed):
        case Fits(brief, signal, likeness):
            crashpoint("missions.routed.before")
            async with turn.tx() as tx:
                told = {"signal": signal, "likeness": f"{likeness:.2f}"}
                await observe(tx, turn.mission_id, "routed", brief=brief.label, title=brief.head.title, **told)
                await set_mission(tx, turn.mission_id, brief=brief.label)
                await turn.go_on(tx, "turns")
            crashpoint("missions.routed.after_commit")
        case TooLittle() if not scene.asked:
            await _ask(turn, scene, Ask(SAY_MORE))
        case Courtesy():
            await conclude(turn, scene, Conclude("explained", "the customer said thanks"))
        case TooLittle() | NothingFits():
            nothing = {"brief": None, "title": "No brief fits", "signal": None}
            wish = HandOff("No brief covers what the customer wrote.")
            await end_with_person(turn, scene, wish, because=("routed", nothing))


async def _next_move(turn: Turn, parts: Parts, scene: Scene, worker: Worker, desk: Workbench) -> None:
    match in_plain_sight(await worker.next_move(desk)):
        case Ask() as question:
            await _ask(turn, scene, question)
        case Propose() as wish:
            await _propose(turn, parts, scene, worker, desk, wish)
        case HandOff() as wish:
            await end_with_person(turn, scene, wish)
        case Conclude(summary=summary) if scene.disproved:
            await end_with_person(
                turn, scene, HandOff(f"What was done could not be proved. The worker says: {summary}")
            )
        case Conclude(message=message) as found if message and scene.unanswered_stale:
            # a person approved something that was then not done: what the customer hears goes by that person
            again = Propose((), message, (found.summary,), found.evidence)
            await _propose(turn, parts, scene, worker, desk, again)
        case Conclude() as found:
            await conclude(turn, scene, found)


async def _ask(turn: Turn, scene: Scene, question: Ask) -> None:
    crashpoint("missions.asked.before")
    async with turn.tx() as tx:
        await add_message(tx, scene.case.id, "assistant", scene.portal.assistant, question.question)
        await observe(tx, turn.mission_id, "asked", question=question.question)
        await turn.end(tx, "customer")
    crashpoint("missions.asked.after_commit")


async def _propose(turn: Turn, parts: Parts, scene: Scene, worker: Worker, desk: Workbench, wish: Propose) -> None:
    """Put the wish before the policy and then, if it is allowed at all and not to go by itself, before a person."""
    async with turn.tx() as tx:
        trace, at = await observed(tx, turn.mission_id), await now(tx)
        policy = await parts.policy.now(tx)
        about = await around(tx, policy, scene.case.id, desk.brief.label, also=KEPT)
    try:
        drawn = draw_up(
            wish,
            desk,
            trace=trace,
            customer=scene.customer,
            parts=parts,
            policy=policy,
            worker=worker.name,
            stale=scene.unanswered_stale,
            at=at,
            about=about,
        )
    except (Invalid, Refused) as unfit:
        if scene.waiting is not None:  # what was read before it waited may be too old: look at all of it once more
            crashpoint("missions.proposed.before")
            async with turn.tx() as tx:
                await turn.go_on(tx, "turns")
            crashpoint("missions.proposed.after_commit")
            return
        await end_with_person(turn, scene, HandOff(f"The worker proposed what cannot be done: {unfit}"))
        return
    if isinstance(drawn, Deny):
        wanted = [{"tool": one.tool, "arguments": dict(one.arguments)} for one in wish.actions]
        told = {"ruling": "deny", "sentence": drawn.sentence, "rules": list(drawn.rules), "wanted": wanted}
        told |= {"policy": policy.version, "known": dict(about.known)}
        denied = HandOff(f"The policy does not allow it: {drawn.sentence}")
        await end_with_person(turn, scene, denied, because=("ruled", told))
        return
    crashpoint("missions.proposed.before")
    async with turn.tx() as tx:
        overtaken = (await parts.policy.now(tx)).version != drawn.policy  # another policy rules by now
        # first hear what came meanwhile; else two proposals of one mission would wait
        if overtaken or await unheard(tx, scene):
            await turn.go_on(tx, "turns")
        else:
            drawn = await reserved(tx, parts, scene, drawn)
            made = await put_in_the_queue(tx, turn.mission_id, scene.case.id, turn.number, drawn)
            if await let_go(tx, made):
                await turn.go_on(tx, "effects")
            else:
                await turn.end(tx, "decision")
    crashpoint("missions.proposed.after_commit")


async def _effects_are_open(turn: Turn) -> bool:
    """An approved proposal comes before anything new: carry it out first, or wait for what is known of it."""
    async with turn.tx() as tx:
        past = await past_of(tx, turn.mission_id)
        approved = past[-1].receipts if past and past[-1].closed == "approved" else ()
        states = {receipt.state for receipt in approved}
        states |= {one.state for one in await effects_open(tx, turn.mission_id) if one.state != "done"}
        if states <= SETTLED:
            return False
        if "unknown" in states:
            await turn.end(tx, "unknown_effect")
        else:
            await turn.go_on(tx, "effects")
        crashpoint("missions.lane_changed.before_commit")
    crashpoint("missions.lane_changed.after_commit")
    return True
