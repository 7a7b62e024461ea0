"""How people decide, for those who answer for it, and for each of themselves."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query

from missiondesk.insights import Health, Measures, Reviewer, Suggestion, Tested, health, suggested_rules
from missiondesk.kit.errors import NotAllowed
from missiondesk.kit.money import Money
from missiondesk.kit.text import visible
from missiondesk.people import Staff
from missiondesk.surfaces.doors import AReader, Here
from missiondesk.surfaces.reviewer_shapes import (
    KindCount,
    MeasuresView,
    ReplayView,
    ReviewersPage,
    ReviewerView,
    SuggestionPage,
    SuggestionView,
    TestedView,
)
from missiondesk.surfaces.shapes import MoneyShape

router = APIRouter(prefix="/api/desk", tags=["desk"])
Days = Annotated[int, Query(ge=1, le=366)]
_MOST = 50  # tests, the newest


@router.get("/reviewers", operation_id="reviewers")
async def reviewers(who: AReader, here: Here, days: Days = 30) -> ReviewersPage:
    """How everybody decided in the last days; an agent sees themselves alone.

    Where the installation says that nobody's own measures are shown, others than oneself stand in the sums only.
    """
    async with here.parts.database.transaction() as tx:
        found = await health(tx, days)
    return _page(found, who, by_person=here.insights.reviewers.by_person)


@router.get("/suggestions", operation_id="suggestions")
async def suggested(who: AReader, here: Here, days: Days = 30) -> SuggestionPage:
    """Rules that the decisions of the last days suggest, each with its replay on the same days. Nothing is written."""
    if who.role == "agent":
        raise NotAllowed("Supervisors, admins and auditors see what the decisions of all suggest.")
    at_least = here.insights.suggestions.at_least
    async with here.parts.database.transaction() as tx:
        found = await suggested_rules(tx, here.parts, days, at_least=at_least)
    return SuggestionPage(days=days, at_least=at_least, items=[_suggestion(one) for one in found])


def _suggestion(one: Suggestion) -> SuggestionView:
    return SuggestionView(
        name=one.name,
        sentence=one.sentence,
        tool=one.tool,
        limit=_money(one.limit),
        approvals=one.approvals,
        per_day=_money(one.per_day),
        per_customer=_money(one.per_customer),
        rule=one.rule,
        policy=one.policy,
        replay=_replay(one),
    )


def _replay(one: Suggestion) -> ReplayView:
    alone = [flip for flip in one.flips if flip.how == "by itself"]
    sums = Counter[str]()
    for flip in alone:
        for money in flip.of.money:
            sums[money.currency] += money.minor
    return ReplayView(
        proposals=one.proposals,
        by_itself=len(alone),
        money=[MoneyShape(minor=minor, currency=currency) for currency, minor in sorted(sums.items())],
        otherwise=len(one.flips) - len(alone),
    )


def _money(of: Money) -> MoneyShape:
    return MoneyShape(minor=of.minor, currency=of.currency)


def _page(found: Health, who: Staff, *, by_person: bool) -> ReviewersPage:
    everybody = who.role != "agent"

    def shown(id_: str) -> bool:
        return id_ == who.id or (everybody and by_person)

    return ReviewersPage(
        days=found.days,
        all=_measures(found.all) if everybody else None,
        people=[_reviewer(one, who) for one in found.people if shown(one.id)],
        tests=[_tested(one) for one in found.tests if shown(one.by_id)][:_MOST],
    )


def _reviewer(one: Reviewer, who: Staff) -> ReviewerView:
    return ReviewerView(id=one.id, name=one.name, you=one.id == who.id, measures=_measures(one.measures))


def _measures(of: Measures) -> MeasuresView:
    kinds = [KindCount(kind=kind, count=count) for kind, count in sorted(of.kinds.items())]
    return MeasuresView(
        kinds=kinds,
        single=of.single,
        batched=of.batched,
        median=of.median,
        p90=of.p90,
        opened=of.opened,
        looked=of.looked,
        agreed=of.agreed,
        compared=of.compared,
        reversed=of.reversed,
        caught=of.caught,
        missed=of.missed,
        by_day=list(of.by_day),
    )


def _tested(one: Tested) -> TestedView:
    return TestedView(
        id=one.id,
        title=visible(one.title),
        reveals=visible(one.reveals),
        kind=one.kind,
        by=one.by,
        at=one.at,
        caught=one.caught,
        reason=visible(one.reason) if one.reason else None,
    )
