"""Reading what we recorded and what the trace tells, mission by mission."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from missiondesk.decisions import Grant, Proposal, decisions_on, granted, grants_of, opened, proposals_of
from missiondesk.effects import effects_of
from missiondesk.ids import CaseId, GrantId
from missiondesk.kit.database import Transaction
from missiondesk.missions import Mission as Row
from missiondesk.missions import missions_of
from missiondesk.proving.prove.judging import Granted, Mission
from missiondesk.proving.sandbox import TWO_PEOPLE_ABOVE
from missiondesk.trace import Observation, observed, verify

PATIENCE = 3.0  # seconds for one call of the ledger
_OPEN = """select count(*) from missions where state <> 'done' and waits_for is distinct from 'unknown_effect'"""
_CALLS = "select count(*) from observations where kind = 'effect' and payload::json ->> 'state' = 'sent'"
_IN_DOUBT = "select grant_id from effects where state = 'sent'"
_ANSWERED = {"happened": "done", "not_happened": "failed"}


async def still_open(tx: Transaction) -> int:
    """How many missions neither ended nor wait for a person to say what happened."""
    return (await tx.execute(text(_OPEN))).scalar_one()


async def how_far(tx: Transaction) -> int:
    """A number that grows while anything happens."""
    return (await tx.execute(text("select coalesce(sum(n), 0) from trace_heads"))).scalar_one()


async def in_doubt(tx: Transaction) -> set[str]:
    """The grants of which something was sent that has no certain answer yet."""
    return set((await tx.execute(text(_IN_DOUBT))).scalars())


async def calls_told(tx: Transaction) -> int:
    """How often the trace tells that something was sent."""
    return (await tx.execute(text(_CALLS))).scalar_one()


async def sent_to(tx: Transaction) -> set[str]:
    """The accounts of all effects of which something was ever sent."""
    ever = (await tx.execute(text("select grant_id from effects where first_sent_at is not null"))).scalars()
    return {await pays(tx, GrantId(one)) for one in ever}


async def pays(tx: Transaction, grant_id: GrantId) -> str:
    """The account that an effect pays."""
    grant, proposal = await granted(tx, grant_id)
    return opened(proposal.proposed.actions[grant.position].sealed).arguments["account_id"]


def needs_two(one: Proposal) -> bool:
    """Whether two people must approve it, by the sandbox's policy."""
    amounts = [opened(it.sealed).arguments["amount"]["minor"] for it in one.proposed.actions]
    return max(amounts) > TWO_PEOPLE_ABOVE


async def read_mission(tx: Transaction, case_id: CaseId) -> Mission:
    """The one mission of a case, as the database and the trace have it."""
    rows = await missions_of(tx, case_id)
    traces = {row.id: await observed(tx, row.id) for row in rows}
    grants = [it for row in rows for it in await _grants(tx, row, traces[row.id])]
    return Mission(
        ended=all(one.state == "done" or one.waits_for == "unknown_effect" for one in rows),
        done=all(one.state == "done" for one in rows),
        handed_off=any(one.outcome == "handed_off" for one in rows),
        whole=all([(await verify(tx, row.id)).broken is None and _once(traces[row.id]) for row in rows]),
        grants=grants,
    )


async def told_of_effects(tx: Transaction, case_id: CaseId) -> list[tuple[datetime, str]]:
    """What the trace tells of the effects of a case, and of people's answers."""
    traces = [await observed(tx, row.id) for row in await missions_of(tx, case_id)]
    told = [one for trace in traces for one in trace if one.kind in _ABOUT_EFFECTS]
    return [
        (one.at, " ".join(map(str, (one.kind, *(one.told[it] for it in _MATTERS if one.told.get(it) is not None)))))
        for one in told
    ]


def _once(trace: Sequence[Observation]) -> bool:
    """What may happen once is told once: an end, a proof, and what a customer is told of a proposal."""
    told = Counter((one.kind, one.told.get("grant"), one.told.get("proposal")) for one in trace if one.kind in _ONLY)
    return all(count == 1 for count in told.values())


_ABOUT_EFFECTS = ("granted", "effect", "decided", "proved", "handed_off", "failed")
_MATTERS = ("state", "grant", "attempt", "answer", "by", "why")
_ONLY = ("concluded", "handed_off", "proved", "told", "proposed")


async def _grants(tx: Transaction, row: Row, trace: Sequence[Observation]) -> list[Granted]:
    found: list[Granted] = []
    for one in await proposals_of(tx, row.id):
        people = {it.by_id for it in await decisions_on(tx, one.id) if it.kind == "approve" and it.seen == one.digest}
        approved = len(people) > needs_two(one) and one.closed == "approved"
        states = await effects_of(tx, one.id)
        grants = await grants_of(tx, one.id)
        for grant in grants:
            effect = states.get(grant.id)
            follows = [it.id for it in grants if it.position < grant.position]
            found.append(_granted(one, grant, trace, approved=approved, effect=effect, follows=follows))
    return found


def _granted(
    one: Proposal, grant: Grant, trace: Sequence[Observation], *, approved: bool, effect: Any, follows: Sequence[str]
) -> Granted:
    sealed = one.proposed.actions[grant.position].sealed
    action = opened(sealed)
    seen = {it.n: it.told for it in trace if it.kind == "seen"}
    accounts = [seen[it.observation]["value"]["account"] for it in action.evidence]
    about = [it for it in trace if it.told.get("grant") == grant.id]
    effects = [it for it in about if it.kind == "effect"]
    answers = [_ANSWERED[it.told["answer"]] for it in about if it.kind == "decided" and it.told["answer"] in _ANSWERED]
    return Granted(
        grant.id,
        grant.digest,
        sealed,
        action.arguments,
        approved and any(it.kind == "granted" for it in about),
        max((it["revision"] for it in accounts if it["account_id"] == action.arguments["account_id"]), default=0),
        grant.key,
        effect.state if effect else None,
        Counter([*(it.told["state"] for it in effects), *answers]),
        follows,
        effect.proved if effect else None,
        _is_hasty(effects),
    )


def _is_hasty(effects: Sequence[Observation]) -> bool:
    """Whether a person was asked after a crash while the call that was sent could still be answered."""
    for sent, then in zip(effects, effects[1:], strict=False):
        if (
            sent.told["state"] == "sent"
            and then.told["state"] == "unknown"
            and "no answer came" in str(then.told["why"])
        ):
            return then.at - sent.at < timedelta(seconds=PATIENCE)
    return False
