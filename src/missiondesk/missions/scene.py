"""The scene of a turn: whose case it is, what was said, what became of earlier proposals, and the workbench."""

from collections.abc import Sequence
from dataclasses import dataclass

from missiondesk.briefs import Brief, published
from missiondesk.cases import Case, Message, case, messages_of
from missiondesk.decisions import Stale, decisions_on, proposals_of
from missiondesk.ids import CaseId, MissionId
from missiondesk.integrations import Gate, Scope
from missiondesk.kit.database import Transaction, now
from missiondesk.missions.draw_up import action_of
from missiondesk.missions.durable import Turn
from missiondesk.missions.onlooker import TurnOnlooker
from missiondesk.missions.parts import Parts
from missiondesk.missions.past import past_of
from missiondesk.missions.store import mission
from missiondesk.missions.waiting import Waiting, waiting_of
from missiondesk.people import Customer, customer, records_of
from missiondesk.portals import Portal
from missiondesk.trace import Observation, observed
from missiondesk.workers import Past, Wanted, Workbench


@dataclass(frozen=True, slots=True)
class Scene:
    """`unanswered_stale`: why the last approval was not carried out, if no person has answered since.

    `asked`: whether this mission has asked the customer before. `waiting`: the system that it waited for until now.
    """

    case: Case
    portal: Portal
    customer: Customer
    messages: tuple[Message, ...]
    brief: Brief | None
    past: tuple[Past, ...]
    unanswered_stale: Stale | None
    asked: bool
    scope: Scope
    waiting: Waiting | None
    trace: Sequence[Observation]

    @property
    def disproved(self) -> bool:
        """Something was done, and reading it back did not show it."""
        return any(receipt.proved is False for one in self.past for receipt in one.receipts if receipt.state == "done")

    @property
    def words(self) -> str:
        return "\n".join(message.text for message in self.messages if message.author == "customer")

    def workbench(self, turn: Turn, parts: Parts, brief: Brief) -> Workbench:
        """What the worker gets: the brief's own tools, within this customer's world."""
        onlooker = TurnOnlooker(turn, self.waiting)
        gate = Gate(
            parts.connections,
            self.scope,
            tools=(*brief.head.reads, *brief.head.writes),
            turn=turn.number,
            trace=self.trace,
            open_=turn.tx,
            heard=onlooker.heard,
        )

        async def vet(wanted: Wanted, evidence: Sequence[int]) -> None:
            async with turn.tx() as tx:
                seen, at = await observed(tx, turn.mission_id), await now(tx)
                policy = (await parts.policy.now(tx)).version
            action_of(
                wanted,
                evidence,
                parts=parts,
                policy=policy,
                gate=gate,
                brief=brief,
                trace=seen,
                customer=self.customer,
                at=at,
            )

        return Workbench(
            mission_id=turn.mission_id,
            turn=turn.number,
            brief=brief,
            customer=self.customer.name,
            messages=self.messages,
            past=self.past,
            gate=gate,
            open_=turn.tx,
            onlooker=onlooker,
            vet=vet,
        )


async def set_scene(turn: Turn, parts: Parts) -> Scene:
    """Load what a turn needs, in one transaction that still owns the mission. Raises `Fenced`."""
    await parts.connections.refresh()
    async with turn.tx() as tx:
        this = await mission(tx, turn.mission_id)
        of = await case(tx, this.case_id)
        who = await customer(tx, of.customer_id)
        past = await past_of(tx, turn.mission_id)
        trace = await observed(tx, turn.mission_id)
        return Scene(
            of,
            parts.portals[of.portal_id],
            who,
            tuple(await _messages(tx, of.id, {one.told["message"] for one in trace if one.kind == "received"})),
            await published(tx, this.brief) if this.brief else None,
            tuple(past),
            await _stale(tx, turn.mission_id, past),
            any(one.kind == "asked" for one in trace),
            Scope(turn.mission_id, who.id, await records_of(tx, who.id)),
            await waiting_of(tx, this),
            trace,
        )


async def _messages(tx: Transaction, case_id: CaseId, mine: set[str]) -> list[Message]:
    """From the first message that this mission was begun with: what was settled before is not asked again."""
    said = await messages_of(tx, case_id)
    first = min((message.number for message in said if message.id in mine), default=0)
    return [message for message in said if message.number >= first]


async def _stale(tx: Transaction, mission_id: MissionId, past: list[Past]) -> Stale | None:
    if not past or not past[-1].stale:
        return None
    newest = [one for one in await proposals_of(tx, mission_id) if one.closed][-1]
    receipt = next(receipt for receipt in past[-1].receipts if receipt.state == "stale")
    return Stale(
        sentence=f"Nothing was sent for “{receipt.sentence}”. {receipt.why or ''}".strip(),
        changes=list(past[-1].changes),
        approvals_void=[decision.by_name for decision in await decisions_on(tx, newest.id)],
        at=newest.closed_at or newest.opened_at,
    )
