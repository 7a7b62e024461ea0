"""The switch that stops effects: for all of them, or those of one connection, tool or brief."""

from fastapi import APIRouter

from missiondesk.decisions import proposal
from missiondesk.effects import Freeze, check_scope, effects_in_flight, freeze, in_force, lift, told_of
from missiondesk.kit.errors import Invalid, NotAllowed
from missiondesk.kit.text import visible
from missiondesk.missions import Parts
from missiondesk.people import may
from missiondesk.surfaces.desk_shapes import Acknowledged, FreezePage, FreezeView, InFlight, NewFreeze
from missiondesk.surfaces.doors import AReader, AStaff, Here

router = APIRouter(prefix="/api/desk", tags=["desk"])


@router.get("/freezes", operation_id="freezes")
async def freezes(who: AReader, here: Here) -> FreezePage:
    """What is frozen now."""
    async with here.parts.database.transaction() as tx:
        items = [_view(one) for one in await in_force(tx)]
    return FreezePage(items=items, can_freeze=may(who, "freeze"), can_lift=may(who, "lift"))


@router.post("/freezes", status_code=201, operation_id="freeze")
async def begin(body: NewFreeze, who: AStaff, here: Here) -> Acknowledged:
    """Stop effects. Once this is answered, nothing of the scope is sent; what had been sent before is listed."""
    if not may(who, "freeze"):
        raise NotAllowed
    _check_name(body.scope, here.parts)
    async with here.parts.database.transaction() as tx:
        made = await freeze(tx, body.scope, why=body.why, by_id=who.id, by=who.name)
        sent = [
            InFlight(proposal_id=one.proposal_id, title=(await proposal(tx, one.proposal_id)).proposed.title)
            for one in await effects_in_flight(tx)
        ]
    return Acknowledged(freeze=_view(made), in_flight=sent)


@router.delete("/freezes/{freeze_id}", status_code=204, operation_id="lift_freeze")
async def end(freeze_id: int, who: AStaff, here: Here) -> None:
    """Let effects go on. Before each, what it rests on is read again."""
    if not may(who, "lift"):
        raise NotAllowed("Your role can freeze, and not lift a freeze: ask a supervisor or an admin.")
    async with here.parts.database.transaction() as tx:
        await lift(tx, freeze_id, by=who.name)


def _check_name(scope: str, parts: Parts) -> None:
    """What nothing is called cannot be frozen: it would be acknowledged, and stop nothing. Raises `Invalid`."""
    check_scope(scope)
    kind, _, name = scope.partition(":")
    names = {
        "connection": set(parts.connections.files),
        "tool": set(parts.connections.reviewed),
        "brief": {brief.name for brief in parts.briefs},
    }
    if name and name not in names[kind]:
        raise Invalid(f"There is no {kind} {visible(name)!r}. There are: {', '.join(sorted(names[kind])) or 'none'}.")


def _view(one: Freeze) -> FreezeView:
    return FreezeView(id=one.id, scope=one.scope, says=told_of(one), why=one.why, by=one.by, since=one.since)
