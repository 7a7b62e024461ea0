"""The Studio's policy: the one in force and its history, a draft looked at, and a change of it asked for."""

import re

from fastapi import APIRouter

from missiondesk.changes import (
    SUBJECT,
    Standing,
    change,
    changes_open,
    differences,
    in_setup,
    policy_findings,
    policy_text,
    propose_change,
    standing_of,
)
from missiondesk.decisions import Adopted, Policy, Row, adopted_policies, rule_asks, table
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Invalid
from missiondesk.kit.text import visible
from missiondesk.people import may
from missiondesk.surfaces.change_shapes import (
    ChangeCard,
    NewPolicy,
    OutcomeView,
    PolicyCheck,
    PolicyError,
    PolicyReplay,
    PolicyText,
    PolicyVersion,
    PolicyView,
    Replayed,
    RuleView,
    ThresholdView,
)
from missiondesk.surfaces.change_view import change_card, change_row, finding_view, place_view, replay_view
from missiondesk.surfaces.doors import AProposer, AReader, AStaff, Here

router = APIRouter(prefix="/api/studio/policy", tags=["studio"])
_PLACED = re.compile(r"policy\.toml(?:, rule (?P<rule>[\w-]+)(?:, (?P<place>[^:]+))?)?: (?P<says>.*)", re.DOTALL)


@router.get("", operation_id="policy")
async def policy(who: AReader, here: Here) -> PolicyView:
    """What is in force, since when and by whom, what was, and what waits."""
    async with here.parts.database.transaction() as tx:
        found = await adopted_policies(tx)
        history = [await _version(tx, one) for one in found]
        newest = history[0] if history else None
        now = await here.parts.policy.now(tx)
        return PolicyView(
            version=now.version,
            base=(await standing_of(tx, "policy", SUBJECT)).version,
            text=found[0].text if found else None,
            since=newest.since if newest else None,
            by=newest.by if newest else None,
            rules=_rules(now),
            history=history,
            one_handed=[one for one in history if one.one_hand],
            waiting=[await change_row(tx, who, one) for one in await changes_open(tx, "policy")],
            may_propose=may(who, "set_boundary"),
            setup=await in_setup(tx, "set_boundary"),
        )


@router.post("/checks", operation_id="check_policy")
async def check(body: PolicyText, who: AProposer, here: Here) -> PolicyCheck:
    """Look at a draft: whether it can be read, what is found in it, where it turns, the difference. Writes nothing."""
    try:
        draft = policy_text(body.text)
    except Invalid as unreadable:
        return PolicyCheck(version=None, errors=[_error(str(unreadable))], findings=[], table=[], difference=[])
    async with here.parts.database.transaction() as tx:
        stands = await standing_of(tx, "policy", SUBJECT)
        findings = [finding_view(one) for one in await policy_findings(tx, draft)]
    return PolicyCheck(
        version=draft.version,
        errors=[],
        findings=findings,
        table=[_threshold(one) for one in table(draft)],
        difference=[place_view(one) for one in differences(_text_of(stands), body.text)],
    )


@router.post("/replays", operation_id="replay_policy")
async def replay(body: PolicyReplay, who: AProposer, here: Here) -> Replayed:
    """What a draft would have said to the proposals of the last days. 422: it cannot be read. Writes nothing."""
    draft: Policy = policy_text(body.text)
    async with here.parts.database.transaction() as tx:
        return await replay_view(tx, draft, body.days)


@router.post("/changes", status_code=201, operation_id="propose_policy")
async def propose(body: NewPolicy, who: AStaff, here: Here) -> ChangeCard:
    """Ask for another policy. 422 with `findings`: it would not do what somebody means. 409: another is in force."""
    async with here.parts.database.transaction() as tx:
        made = await propose_change(
            tx,
            kind="policy",
            subject=SUBJECT,
            content={"text": body.text},
            why=body.why,
            asked_by=who,
            base=body.base,
        )
        return await change_card(tx, who, made.id)


def _rules(of: Policy) -> list[RuleView]:
    return [
        RuleView(
            name=name,
            actions=list(rule.action),
            when=[visible(str(one)) for one in rule.when],
            asks=visible(rule_asks(rule)),
            says=visible(rule.deny or rule.says),
        )
        for name, rule in of.rule.items()
    ]


async def _version(tx: Transaction, one: Adopted) -> PolicyVersion:
    by = await change(tx, one.change_id)
    return PolicyVersion(
        number=one.number,
        version=one.version,
        since=one.adopted_at,
        by=by.closed_by or by.asked_by,
        why=visible(by.why),
        change_id=by.id,
        one_hand=by.one_hand,
    )


def _text_of(stands: Standing) -> str | None:
    return stands.content["text"] if stands.content else None


def _error(told: str) -> PolicyError:
    placed = _PLACED.fullmatch(told)
    if placed is None:
        return PolicyError(rule=None, place=None, sentence=visible(told))
    return PolicyError(rule=placed["rule"], place=placed["place"], sentence=visible(placed["says"]))


def _threshold(one: Row) -> ThresholdView:
    outcomes = [OutcomeView(value=visible(value), outcome=outcome) for value, outcome in one.outcomes]
    return ThresholdView(action=one.action, rule=one.rule, when=visible(one.when), outcomes=outcomes, looser=one.looser)
