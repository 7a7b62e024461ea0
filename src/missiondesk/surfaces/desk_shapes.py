"""What staff see: the Decision Queue, the card, the Explain rail, the case."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from missiondesk.decisions import Risk
from missiondesk.surfaces.shapes import MoneyShape, Shape, Values, Words

ItemKind = Literal["proposal", "unknown_effect", "handoff", "changed_tools"]
CardState = Literal["open", "approved", "rejected", "responded", "edited", "superseded", "withdrawn", "done", "test"]
Can = Literal[
    "approve",
    "edit",
    "reject",
    "respond",
    "take_over",
    "ask",
    "happened",
    "not_happened",
    "check_again",
    "take_back",
    "reply",
    "close",
]


class StaffView(Shape):
    id: str
    name: str
    email: str
    role: Literal["agent", "supervisor", "admin", "auditor"]


class FreezeView(Shape):
    """A freeze in force. `scope` is `all`, `connection:ID`, `tool:ID.TOOL` or `brief:NAME`; `says` is it in words."""

    id: int
    scope: str
    says: str
    why: str
    by: str
    since: datetime


class FreezePage(Shape):
    items: list[FreezeView]
    can_freeze: bool
    can_lift: bool


class NewFreeze(Shape):
    scope: Words = "all"
    why: Words


class InFlight(Shape):
    """Something that had been sent when the freeze began."""

    proposal_id: str
    title: str


class Acknowledged(Shape):
    """From now on nothing of this scope is sent. `in_flight` had been sent before, and may still be carried out."""

    freeze: FreezeView
    in_flight: list[InFlight]


class HeldView(Shape):
    """An answer that its person can still take back: it counts `until` then, in so many `seconds` from now."""

    by: str
    kind: Literal["approve", "reject", "respond"]
    until: datetime
    seconds: float


class AttentionView(Shape):
    """Who looks at it: `claimed_by` reads it now, it was `given_to` somebody, or put aside until later."""

    claimed_by: str | None
    claimed_until: datetime | None
    mine: bool
    given_to: str | None
    given_by: str | None
    note: str | None
    aside_until: datetime | None
    aside_by: str | None


class QueueItem(Shape):
    """One row of the Decision Queue. `title` is made by our code from the sealed bytes: verb, object, amount.

    Of kind `changed_tools`, `id` is the connection's, whose tools wait for a review in the Studio; it has no case.
    `digest` is a proposal's, for approving it in a batch.
    """

    id: str
    kind: ItemKind
    title: str
    amount: MoneyShape | None = None
    risk: Risk
    customer: str = ""
    brief: str | None = None
    case_id: str = ""
    mission_id: str = ""
    since: datetime
    due_at: datetime | None = None
    late: bool = False
    attention: AttentionView | None = None
    digest: str | None = None
    signed: int = 0
    needed: int = 1
    held: list[HeldView] = []
    changed: bool = False
    edited: str | None = None
    decided: str | None = None
    decided_at: datetime | None = None


class QueuePage(Shape):
    """`waiting` is how much waits in all, whatever was looked for; `next` goes into `after` for the page after this.

    `changes`: how many changes of the configuration wait besides.
    """

    items: list[QueueItem]
    waiting: int
    mine: int
    late: int
    aside: int
    briefs: list[str]
    next: str | None
    changes: int


class Claim(Shape):
    """`although`: somebody else reads it, and it is known that they left."""

    although: bool = False


class Give(Shape):
    """`to`: a colleague's id, `supervisor` for all of them, or nothing for everybody again."""

    to: Words | None = None
    note: Words | None = None


class PutAside(Shape):
    """Nothing: it is shown again."""

    until: datetime | None = None


class ColleaguePage(Shape):
    """Who decides, so that something can be given to them."""

    items: list[StaffView]


class BatchItem(Shape):
    id: Words
    digest: Words


class NewBatch(Shape):
    """Like items, each with the digest that was seen. `count` is how many, typed by hand."""

    items: Annotated[list[BatchItem], Field(min_length=1, max_length=200)]
    count: int = 0
    reason: Words | None = None
    undo: int = 0


class BatchProblem(Shape):
    """Why this one cannot be approved in this batch."""

    id: str
    title: str
    why: str


class BatchView(Shape):
    """What approving them all would come to. `outliers` are much larger than the rest: look at each by itself."""

    items: int
    sums: list[MoneyShape]
    outliers: list[BatchProblem]
    problems: list[BatchProblem]


class BatchResult(Shape):
    """Each runs for itself: its own card tells what became of it."""

    approved: list[str]


class SourceView(Shape):
    """One field of a record, its value in words."""

    observation: int
    path: str
    shown: str


class MadeView(Shape):
    """Of which fields our own code has made a value again: their sum, the first less the others, the smallest."""

    op: Literal["sum", "difference", "min"]
    of: list[SourceView]


class OriginView(Shape):
    """Where a value came from. `observation` and `path` lead to the very field; `quote` is the customer's words.

    `made`: it is derived from several fields, and no single one is it.
    """

    kind: Literal["record", "customer", "bound", "rule", "person", "model"]
    label: str
    observation: int | None
    path: str | None
    quote: str | None
    made: MadeView | None


class ArgumentView(Shape):
    """`value` is exactly what will be sent; `shown` is the same for a person (money, dates)."""

    name: str
    value: Any
    shown: str
    origin: OriginView


class ActionView(Shape):
    """One sealed action. `before`/`after` come from real reads, not from the model; empty when unknown."""

    digest: str
    sentence: str
    connection: str
    tool: str
    reversible: str
    effect_class: Literal["keyed", "queryable", "neither"]
    arguments: list[ArgumentView]
    changes: list["ChangeView"]
    canonical: str
    effect: "EffectView | None"


class ChangeView(Shape):
    """One fact before and after."""

    label: str
    before: str
    after: str


class CheckView(Shape):
    """One thing read back in the system of record, and whether it held."""

    says: str
    held: bool


class EffectView(Shape):
    """What became of an approved action. `reference` is the system of record's own, `key` ours, which it was sent with.

    `at`: since when it stands so, and for one of unknown outcome, when the system was asked last.
    """

    grant_id: str
    digest: str
    key: str
    sent_at: datetime | None
    state: Literal["intent", "sent", "done", "failed", "unknown", "stale", "skipped"]
    reference: str | None
    why: str | None
    proved: bool | None
    checks: list[CheckView]
    at: datetime
    can: list[Can]


class EvidenceView(Shape):
    """One read or passage that the proposal rests on."""

    observation: int
    label: str
    kind: Literal["record", "article"]
    quote: str
    source: str
    read_at: datetime


class DecisionView(Shape):
    """Only what `counts` counts. `why` says what stopped it; `unused`: the proposal was closed while it was held.

    `policy`: the version that it was ruled by. `stepped_up`: they had given their password again.
    """

    id: str
    kind: Literal["approve", "edit", "reject", "respond"]
    by: str
    role: str
    reason: str | None
    at: datetime
    standing: Literal["held", "counts", "taken_back", "stopped", "unused"]
    held: HeldView | None
    why: str | None
    stepped_up: bool
    can: list[Can]
    policy: str | None


class ExcludedView(Shape):
    """Somebody whom the policy lets not approve this; `why` goes on after the name: `asked for it, …`."""

    name: str
    why: str


class RulingView(Shape):
    """The policy's answer in sentences, with the rules that gave it, and who may not approve.

    `step_up`: whoever approves must have given their password again within the last five minutes.
    """

    kind: Literal["deny", "needs_approvals", "by_itself"]
    sentence: str
    rules: list[str]
    policy: str
    needed: int
    role: str | None
    excluded: list[ExcludedView] = []
    step_up: bool = False


class StaleView(Shape):
    """Why an approved action was not sent: what had changed since it was proposed."""

    sentence: str
    changes: list[ChangeView]
    approvals_void: list[str]
    at: datetime


class EditedView(Shape):
    """Who made this of the proposal `of`, and what they changed. Somebody else must approve it."""

    of: str
    by: str
    role: str
    reason: str | None
    at: datetime
    changes: list[ChangeView]


class CustomerMessageView(Shape):
    author: Literal["customer", "assistant", "person"]
    name: str
    text: str
    at: datetime


class AgainstView(Shape):
    """One thing that speaks against it. `observation` of its mission's trace, or another `proposal`, shows it."""

    weight: Literal["look", "serious"]
    sentence: str
    observation: int | None
    proposal: str | None


class SaidView(Shape):
    """One objection of a model, and the observation or argument that it rests on; code has checked that it is there."""

    says: str
    observation: int | None
    argument: str | None


class OpinionView(Shape):
    """What a second model says against it: an opinion, that nobody need wait for. `failed`: there is none."""

    model: str
    state: Literal["asked", "given", "failed"]
    objections: list[SaidView]
    at: datetime


class TestView(Shape):
    """What is said once a test proposal is answered. `source`: the past proposal that it was made of."""

    sentence: str
    caught: bool
    kind: Literal["approve", "edit", "reject", "respond", "ask", "take_over"]
    by: str
    at: datetime
    source: str


class Card(Shape):
    """All a person needs to decide on one item of the queue. `digest` is what a decision must carry as `digest`.

    `signed`: how many people have approved it so that it counts, whoever has however many accounts.
    """

    id: str
    kind: ItemKind
    digest: str
    title: str
    risk: Risk
    state: CardState
    case_id: str
    mission_id: str
    brief: str | None
    worker: str
    customer: str
    identity: str
    since: datetime
    actions: list[ActionView]
    message: str | None
    reasons: list[str]
    evidence: list[EvidenceView]
    ruling: RulingView | None
    against: list[AgainstView]
    opinion: OpinionView | None
    stale: StaleView | None
    edited: EditedView | None
    messages: list[CustomerMessageView]
    decisions: list[DecisionView]
    signed: int
    due_at: datetime | None
    attention: AttentionView | None
    can: list[Can]
    cannot: str | None
    test: TestView | None = None


class Question(Shape):
    """What a person asks the customer before they decide."""

    question: Words


class NewDecision(Shape):
    """`digest` is the one shown on the card; another one is a 409 with the current card.

    The answer is held for `undo` seconds, 0 to 30: until then it can be taken back, and nothing is sent for it.
    """

    kind: Literal["approve", "reject", "respond"]
    digest: Words
    reason: Words | None = None
    undo: int = 0


class FieldView(Shape):
    """One argument as a form shows it. `locked` says why a person cannot change it; it has its `value` or is absent.

    `money` has its `choices` of currencies; a `choice` those of values; `raw` is JSON that no form fits.
    """

    name: str
    kind: Literal["money", "integer", "number", "text", "choice", "boolean", "raw"]
    help: str | None
    required: bool
    given: bool
    value: Any
    shown: str
    choices: list[Any]
    minimum: float | None
    maximum: float | None
    longest: int | None
    locked: str | None
    bound: bool


class EditableAction(Shape):
    sentence: str
    connection: str
    tool: str
    fields: list[FieldView]


class EditForm(Shape):
    """What a person can change in a proposal. `digest` is what an edit must carry."""

    digest: str
    actions: list[EditableAction]
    message: str | None


class NewArguments(Shape):
    """All arguments of the action at `position` (0 is the first), but for the bound ones."""

    position: int
    arguments: Values


class NewEdit(Shape):
    """What is not named stays as it is, the message too. `reason` is for whoever approves."""

    digest: Words
    actions: list[NewArguments] = []
    message: Words | None = None
    reason: Words | None = None


class EditPreview(Shape):
    """What an edit would make of the proposal, and what today's policy would say to that."""

    title: str
    changes: list[ChangeView]
    ruling: RulingView


class NewAnswer(Shape):
    """A person's answer about an effect of unknown outcome. None of these sends anything."""

    answer: Literal["happened", "not_happened", "check_again"]
    note: Words = ""


class ObservationView(Shape):
    """One line of the Explain rail. `line` is plain words; `detail` is what opens below it."""

    mission_id: str
    n: int
    kind: str
    at: datetime
    line: str
    source: str | None
    took_ms: int | None
    status: Literal["ok", "failed", "waiting"]
    detail: dict[str, Any]
    hash: str


class ObservationPage(Shape):
    items: list[ObservationView]
    verified: bool
    verified_to: int
    broken: str | None


class AwayView(Shape):
    """A connected system that does not answer, as a mission met it."""

    system: str
    since: datetime
    why: str


class MissionSummary(Shape):
    """`away`: the system that the mission waits for, also while it tries again."""

    id: str
    state: Literal["runnable", "waiting", "done"]
    waits_for: str | None
    away: AwayView | None
    brief: str | None
    worker: str | None
    outcome: str | None
    verdict: str | None
    proof: list[CheckView]
    began_at: datetime
    ended_at: datetime | None


class DeskCase(Shape):
    id: str
    subject: str
    customer: str
    customer_email: str
    portal: str
    opened_at: datetime
    updated_at: datetime
    with_person: bool
    missions: list[MissionSummary]
    messages: list[CustomerMessageView]
    can: list[Can]


class DeskCaseRow(Shape):
    id: str
    subject: str
    customer: str
    state: str
    outcome: str | None
    updated_at: datetime


class DeskCasePage(Shape):
    items: list[DeskCaseRow]
    next: str | None


class NoticeView(Shape):
    """A notice that was given up: what it says, where on the Desk that is, and why the last attempt failed."""

    id: str
    route: str
    title: str
    path: str
    attempts: int
    error: str | None
    made_at: datetime


class NoticePage(Shape):
    items: list[NoticeView]


class Reply(Shape):
    text: Words


class ProgressView(Shape):
    """How far a running read of the mission is; `over`: it runs no more. It is told live and never stored."""

    mission_id: str
    tool: str
    title: str
    source: str
    done: float
    total: float | None
    message: str | None
    over: bool


class DeskEvent(Shape):
    """One event of the Desk's stream.

    `hello` opens it, `queue` says that the queue changed (`waiting` is its new length, `changes` how many changes of
    the configuration wait besides) and what changed in it,
    `observation` carries the next line of the mission asked for, `progress` how far a read of it is, `case` says that
    some case changed, `connections` that one of them, its tools or its health did, `freeze` that
    something was frozen or set free, `bye` that the session ended.
    """

    type: Literal["hello", "queue", "observation", "progress", "case", "connections", "freeze", "bye"]
    waiting: int | None = None
    changes: int | None = None
    changed: list[str] = []
    observation: ObservationView | None = None
    progress: ProgressView | None = None
    case_id: str | None = None
