"""A person's answer to a test proposal: kept, and revealed at once. Nothing comes of it but what they see."""

from collections.abc import Collection

from sqlalchemy import insert

from missiondesk.decisions import AlreadyDecided, Changed, MayNotDecide, hands_in, leave, may_decide
from missiondesk.ids import ProposalId, random_id
from missiondesk.insights.record import AnswerKind, Seeded, seeded, test_decisions
from missiondesk.kit.database import Transaction, announce, now
from missiondesk.kit.errors import NotFound
from missiondesk.missions import Parts, check_reason, keep_pace
from missiondesk.people import Staff, may


async def answer_test(
    tx: Transaction,
    parts: Parts,
    test_id: ProposalId,
    kind: AnswerKind,
    *,
    by: Staff,
    seen: str | None = None,
    reason: str | None = None,
    changed: Collection[str] = (),
) -> Seeded:
    """Keep the answer, and return the test as it is revealed by it. The same answer again changes nothing.

    `seen`: the digest that was shown, where the answer carries one. `changed`: the arguments that an edit changed.
    Raises what `decide` raises for a proposal.
    """
    found = await seeded(tx, test_id, lock=True)
    if found is None:
        raise NotFound("There is no such proposal.")
    if found.answer is not None:
        if (found.answer.by_id, found.answer.kind) == (by.id, kind):
            return found
        raise AlreadyDecided(found.sentence(by.id))
    await _check(tx, parts, found, kind, by, seen, reason)
    row = {
        "id": random_id("decision"),
        "test_id": found.id,
        "kind": kind,
        "by_id": by.id,
        "by_name": by.name,
        "by_role": by.role,
        "seen": found.digest if seen is None else seen,
        "reason": (reason or "").strip() or None,
        "caught": found.argument in changed if kind == "edit" else kind != "approve",
        "at": await now(tx),
    }
    await tx.execute(insert(test_decisions).values(row))
    await leave(tx, found.id)
    await announce(tx, "queue")
    revealed = await seeded(tx, test_id)
    assert revealed is not None, "it was there a moment ago, and is locked"
    return revealed


async def _check(
    tx: Transaction, parts: Parts, found: Seeded, kind: AnswerKind, by: Staff, seen: str | None, reason: str | None
) -> None:
    """The same as for a proposal, in the same words."""
    if kind in ("approve", "reject", "respond"):
        check_reason(kind, reason)
    if kind in ("ask", "take_over"):
        why = None if may(by, "decide") else str(MayNotDecide())
    else:
        why = may_decide(found, found.proposed.needs, by, [], kind, await hands_in(tx, found))
    if why is not None:
        raise MayNotDecide(why)
    if kind == "approve":
        await keep_pace(tx, parts.pace, by)
    if seen not in (None, found.digest):
        raise Changed
