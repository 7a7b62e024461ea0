"""Many like proposals at once: what that would come to, and approving them all."""

from typing import Any

from fastapi import APIRouter

from missiondesk.decisions import AlreadyDecided, Changed
from missiondesk.ids import ProposalId
from missiondesk.insights import seeded_among
from missiondesk.kit.crashpoint import crashpoint
from missiondesk.kit.database import Transaction
from missiondesk.kit.text import visible
from missiondesk.missions import Batch, DoesNotFit, Problem, Seen, approve_all, look_at
from missiondesk.people import Staff
from missiondesk.surfaces.desk_shapes import BatchProblem, BatchResult, BatchView, NewBatch
from missiondesk.surfaces.doors import AStaff, AStaffSession, Here
from missiondesk.surfaces.installation import Installation
from missiondesk.surfaces.shapes import MoneyShape

router = APIRouter(prefix="/api/desk/batches", tags=["desk"])
_BY_ITSELF = "It stands out from the rest: look at it by itself."


@router.post("/preview", operation_id="preview_batch")
async def preview(body: NewBatch, who: AStaff, here: Here) -> BatchView:
    """What approving them together would come to, and what speaks against it. Nothing is written."""
    async with here.parts.database.transaction() as tx:
        return _view(await _looked_at(tx, here, who, _seen(body)))


@router.post("", status_code=201, operation_id="approve_batch")
async def approve(body: NewBatch, session: AStaffSession, here: Here) -> BatchResult:
    """Approve all of them. Each runs for itself afterwards, and its card tells what became of it.

    409 with what does not fit: nothing was decided.
    """
    seen, who = _seen(body), session.who
    try:
        async with here.parts.database.transaction() as tx:
            if await seeded_among(tx, [one.id for one in seen]):
                raise DoesNotFit(await _looked_at(tx, here, who, seen))
            given: dict[str, Any] = {"reason": body.reason, "undo": body.undo, "stepped_up_at": session.stepped_up_at}
            await approve_all(tx, here.parts, seen, count=body.count, by=who, **given)
        crashpoint("decisions.decided.after_commit")
    except DoesNotFit as unfit:
        unfit.current = _view(unfit.batch).model_dump(mode="json")
        raise
    except (AlreadyDecided, Changed) as conflict:
        async with here.parts.database.transaction() as tx:
            now = _view(await _looked_at(tx, here, who, seen))
        raise type(conflict)(
            f"{conflict} Nothing of it was decided.", current=now.model_dump(mode="json")
        ) from conflict
    return BatchResult(approved=[one.id for one in seen])


async def _looked_at(tx: Transaction, here: Installation, who: Staff, seen: list[Seen]) -> Batch:
    """A test proposal is never part of a batch: like what stands out, it is looked at by itself."""
    tests = await seeded_among(tx, [one.id for one in seen])
    rest = [one for one in seen if one.id not in tests]
    of_rest = await look_at(tx, here.parts, rest, by=who) if rest or not tests else Batch(0, [])
    out = [Problem(one.id, one.proposed.title, _BY_ITSELF) for one in tests.values()]
    return Batch(len(seen), of_rest.sums, [*of_rest.outliers, *out], of_rest.problems)


def _seen(body: NewBatch) -> list[Seen]:
    return [Seen(ProposalId(one.id), one.digest) for one in body.items]


def _view(batch: Batch) -> BatchView:
    return BatchView(
        items=batch.items,
        sums=[MoneyShape(**one.json()) for one in batch.sums],
        outliers=[_problem(one) for one in batch.outliers],
        problems=[_problem(one) for one in batch.problems],
    )


def _problem(one: Problem) -> BatchProblem:
    return BatchProblem(id=one.id, title=visible(one.title), why=visible(one.why))
