"""The facts of this moment around the actions of a proposal: what the record holds, and only what is asked for."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from missiondesk.cases import case, count_cases, written_by_customer
from missiondesk.decisions import SIGNED_IN, Around, Done, Policy, opened
from missiondesk.ids import CaseId, ProposalId
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.json_values import UNREADABLE
from missiondesk.people import customer_since

KEPT = ("case.messages", "customer.age", "customer.cases")  # with each proposal, for policies to come
NO_MORE = ("failed", "stale", "skipped")  # what was granted and came to nothing
_GRANTED = """select g.position, g.at, p.body from grants g join proposals p on p.id = g.proposal_id
    join cases c on c.id = p.case_id left join effects e on e.grant_id = g.id
    where c.customer_id = :customer and g.at >= :since and p.id is distinct from :besides
    and coalesce(e.state, 'intent') <> all(:no_more) order by g.at"""


async def around(
    tx: Transaction,
    policy: Policy,
    case_id: CaseId,
    brief: str,
    *,
    besides: ProposalId | None = None,
    also: Iterable[str] = (),
) -> Around:
    """What is known of case, customer and past. `brief` is its label; `besides`: the proposal that is no past yet.

    Only what the policy asks about is looked up, and what `also` names.
    """
    at, of = await now(tx), await case(tx, case_id)
    wanted = policy.asks | {*also}
    known: dict[str, int | str] = {"identity": SIGNED_IN, "case.portal": of.portal_id, "brief": brief.partition("@")[0]}
    known["case.age"] = _seconds(at - of.opened_at)
    if "case.messages" in wanted:
        known["case.messages"] = await written_by_customer(tx, of.id)
    if "customer.age" in wanted:
        known["customer.age"] = _seconds(at - await customer_since(tx, of.customer_id))
    if "customer.cases" in wanted:
        known["customer.cases"] = await count_cases(tx, of.customer_id)
    past: list[Done] | None = None
    if policy.looks_back:
        since = at - timedelta(days=policy.looks_back)
        values = {"customer": of.customer_id, "since": since, "besides": besides, "no_more": list(NO_MORE)}
        past = _past((await tx.execute(text(_GRANTED), values)).all())
    return Around(at, of.customer_id, known, past)


def _past(rows: Iterable[Any]) -> list[Done] | None:
    """`None`: of one of them nobody can read any more what it was, so nothing is known of what went before."""
    try:
        return [_done(*row) for row in rows]
    except UNREADABLE:
        return None


def _done(position: int, at: datetime, body: str) -> Done:
    action = opened(json.loads(body)["actions"][position]["sealed"])
    return Done(action.key, at, action.arguments)


def _seconds(time: timedelta) -> int:
    return max(0, int(time.total_seconds()))
