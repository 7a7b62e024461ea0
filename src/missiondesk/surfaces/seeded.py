"""A test proposal's case and trace: those of the past one that it was made of, as they were when that one waited."""

from missiondesk.cases import case
from missiondesk.insights import Seeded, messages_seen, trace_of
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import NotFound
from missiondesk.kit.text import visible
from missiondesk.missions import mission
from missiondesk.people import customer
from missiondesk.surfaces.desk_shapes import CustomerMessageView, DeskCase, MissionSummary, ObservationPage
from missiondesk.surfaces.rail import observation_view
from missiondesk.trace import verify


async def case_of_test(tx: Transaction, test: Seeded) -> DeskCase:
    """Its mission waits for a decision; nobody can answer in it."""
    of, said = await case(tx, test.case_id), await messages_seen(tx, test)
    try:
        whose = await customer(tx, of.customer_id)
        name, email = whose.name, whose.email
    except NotFound:
        name, email = "an unknown customer", ""
    return DeskCase(
        id=test.shown_case,
        subject=visible(of.subject),
        customer=name,
        customer_email=email,
        portal=of.portal_id,
        opened_at=of.opened_at + test.later,
        updated_at=said[-1].at if said else of.opened_at + test.later,
        with_person=False,
        missions=[await _mission(tx, test)],
        messages=[
            CustomerMessageView(author=one.author, name=one.name, text=visible(one.text), at=one.at) for one in said
        ],
        can=[],
    )


async def _mission(tx: Transaction, test: Seeded) -> MissionSummary:
    of = await mission(tx, test.mission_id)
    return MissionSummary(
        id=test.shown_mission,
        state="waiting",
        waits_for="decision",
        away=None,
        brief=of.brief,
        worker=of.worker,
        outcome=None,
        verdict=None,
        proof=[],
        began_at=of.began_at + test.later,
        ended_at=None,
    )


async def trace_of_test(tx: Transaction, test: Seeded, after: int) -> ObservationPage:
    """What its trace shows, and whether what it was made of is as it was written."""
    found, whole = await trace_of(tx, test), await verify(tx, test.mission_id)
    return ObservationPage(
        items=[observation_view(one) for one in found if one.n > after],
        verified=whole.broken is None,
        verified_to=min(whole.to, test.last_n),
        broken=whole.broken,
    )
