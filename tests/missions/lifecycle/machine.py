"""The state machine: what people, systems, processes and time do to one case, in any order; and what must stay true."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, TypeVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text

from missiondesk.cases import hold
from missiondesk.decisions import Answer, Decision, Proposal
from missiondesk.effects import Effect, UnknownAnswer, freeze, lift
from missiondesk.ids import CaseId, ProposalId
from missiondesk.integrations import Connections
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.errors import Trouble
from missiondesk.missions import (
    Fenced,
    answer_effect,
    ask_for_person,
    close_handoffs,
    decide,
    edit,
    handoff_of,
    hear,
    open_with,
    take_back,
    take_back_changed,
    take_turn,
)
from missiondesk.people import Staff
from missiondesk.proving.sandbox import CONNECTION, PORTAL
from tests.missions.lifecycle.books import (
    SETTLED,
    Book,
    Facts,
    Shown,
    Stop,
    books_of,
    shown_of,
    wrong_in,
    wrong_pools,
)
from tests.missions.lifecycle.clock import put_forward
from tests.missions.lifecycle.system import PAYS, Mood
from tests.missions.lifecycle.tampering import change_a_byte
from tests.missions.lifecycle.turns import Died, End, Fate, take, wake_the_due
from tests.missions.lifecycle.world import Installation, accounts_in
from tests.support.reviewed import review

T = TypeVar("T")
WHO = st.sampled_from(("Ana", "Ben"))
KINDS: st.SearchStrategy[Answer] = st.sampled_from(("approve", "reject", "respond"))
TIMES = st.sampled_from((timedelta(seconds=11), timedelta(minutes=3), timedelta(minutes=40), timedelta(hours=25)))
SCOPES = ("all", "connection:ledger", "tool:ledger.{tool}", "brief:{brief}")
NOT_YET = {"erase"}
_QUIET = 60  # turns, at most, until everything has ended or waits for a person


@dataclass
class Zombie:
    """A process that stands still in the middle of a turn."""

    work: "asyncio.Task[None]"
    fate: Fate


@dataclass
class Outside:
    """What happened beside the record, as whoever did it knows."""

    accounts: list[str] = field(default_factory=list[str])
    changed: dict[str, list[datetime]] = field(default_factory=dict[str, list[datetime]])
    shown: dict[ProposalId, Shown] = field(default_factory=dict[ProposalId, Shown])
    frozen: list[int] = field(default_factory=list[int])
    arrivals: int = 0  # calls to pay, when the tools changed


class Lifecycle(RuleBasedStateMachine):
    """Each step is something that somebody does; after each, all books agree. `here` and `runner` are given by a test.

    Not driven yet: `NOT_YET`. The rule of `erase` (the payloads of a trace) belongs beside `tampers`: the trace must
    still verify.
    """

    here: ClassVar[Installation]
    runner: ClassVar[asyncio.Runner]

    def __init__(self) -> None:
        super().__init__()
        self.case_id: CaseId | None = None
        self.tool = ""
        self.outside = Outside()
        self.books: Sequence[Book] = ()
        self.handed_off = False
        self.zombies: list[Zombie] = []
        self.gone: list[Connections] = []

    # --- the customer

    @initialize(
        tool=st.sampled_from(PAYS),
        two=st.booleans(),
        until=st.sampled_from(("written", "proposed", "approved", "approved")),
    )
    def begins(self, tool: str, two: bool, until: str) -> None:
        """A case is opened, and nothing goes wrong until then."""
        self.tool = tool
        words = self._words(two=two)
        self.case_id = self._run(lambda tx: open_with(tx, self.here.mira, words))
        if until != "written":
            self.turns()
        if until == "approved":
            self._look()
            if self._open:  # else it went by itself
                self.both_approve(at_once=False)

    @precondition(lambda self: self.books and not self._runnable and not self.handed_off)
    @rule(two=st.booleans())
    def writes(self, two: bool) -> None:
        words = self._words(two=two)
        self._run(lambda tx: hear(tx, self.here.mira, self._case, words))

    @precondition(lambda self: self._mission.effects if self.books else False)
    @rule()
    def asks_for_person(self) -> None:
        portal = self.here.parts.portals[PORTAL]
        self._try(lambda tx: ask_for_person(tx, self.here.mira, portal, self._case))

    # --- whoever works

    @precondition(lambda self: self._runnable)
    @rule()
    def turn(self) -> None:
        self._take_turn(Fate())

    @precondition(lambda self: self._runnable)
    @rule()
    def turns(self) -> None:
        """As many as there are to run now."""
        for _ in range(_QUIET):
            self._look()
            if not self._runnable:
                return
            self._take_turn(Fate())
        raise AssertionError("it runs for ever")

    @precondition(lambda self: self._runnable)
    @rule(commit=st.integers(1, 12), end=st.sampled_from(("dies before", "dies after")))
    def dies(self, commit: int, end: End) -> None:
        """The process dies at a commit of its turn. Whoever takes the next turn is another one."""
        self._take_turn(Fate(commit, end))

    @precondition(lambda self: self._runnable and not self.zombies)
    @rule(commit=st.integers(1, 12))
    def stands_still(self, commit: int) -> None:
        """The process stops after a commit of its turn; others may take over, or nobody does."""
        self._take_turn(Fate(commit, "stands still after"))

    @precondition(lambda self: self.zombies)
    @rule()
    def goes_on(self) -> None:
        """A process that stood still goes on, whatever happened meanwhile."""
        zombie = self.zombies.pop()
        zombie.fate.goes_on.set()
        self.runner.run(_over(zombie.work))

    # --- people who decide

    @precondition(lambda self: self._open)
    @rule(who=WHO, undo=st.sampled_from((0, 0, 10)))
    def approves(self, who: str, undo: int) -> None:
        self._decide(self._newest, "approve", who, undo=undo)

    @precondition(lambda self: self._open)
    @rule(at_once=st.booleans())
    def both_approve(self, at_once: bool) -> None:
        one, other = [self._deciding(self._newest, "approve", who) for who in ("Ana", "Ben")]
        if at_once:
            self.runner.run(_together(one, other))
        else:
            self.runner.run(_one(one))
            self.runner.run(_one(other))

    @precondition(lambda self: self._open)
    @rule(who=WHO)
    def rejects(self, who: str) -> None:
        self._decide(self._newest, "reject", who)

    @precondition(lambda self: self._open)
    @rule(who=WHO)
    def sends_back(self, who: str) -> None:
        self._decide(self._newest, "respond", who)

    @precondition(lambda self: self._open)
    @rule(who=WHO, minor=st.sampled_from((1, 99, 3900)))
    def edits(self, who: str, minor: int) -> None:
        """Another amount in the first action; all else is what was shown, and nothing that was answered counts."""
        on, amount = self._newest, {"minor": minor, "currency": "EUR"}
        first, *others = self.outside.shown[on.id].actions
        given = {name: value for name, value in first.arguments.items() if name != "customer_id"} | {"amount": amount}
        by, seen = self._staff(who), self.outside.shown[on.id].digest
        made = self._try(lambda tx: edit(tx, self.here.parts, on.id, {0: given}, by=by, seen=seen))
        self._look()
        if isinstance(made, Trouble):
            assert self._newest.id == on.id, "it was refused, and something was written"
            return
        actions = self.outside.shown[made.id].actions
        assert [one.arguments for one in actions] == [
            {**first.arguments, "amount": amount},
            *(one.arguments for one in others),
        ]
        old = next(one for one in self._proposals if one.id == on.id)
        assert (old.closed, self._mission.grants[old.id], self._mission.decisions[made.id]) == ("edited", [], [])
        assert [one.kind for one in self._mission.decisions[old.id] if one.standing in ("held", "counts")] == ["edit"]

    @precondition(lambda self: self._open)
    @rule(who=WHO, kind=KINDS)
    def clicks_twice(self, who: str, kind: Answer) -> None:
        answer = self._deciding(self._newest, kind, who)
        answers = self.runner.run(_together(answer, answer))
        assert sum(one is None for one in answers) <= 1, "one click of two counts"

    @precondition(lambda self: self._proposals)
    @rule(who=WHO, kind=KINDS, data=st.data())
    def decides_on_what_is_not_there_any_more(self, who: str, kind: Answer, data: st.DataObject) -> None:
        """From an old page: another digest than the one that stands there, or a proposal that was closed."""
        at = data.draw(st.integers(0, len(self._proposals) - 1))
        other = self._proposals[at]
        if other.closed is not None:
            assert self._decide(other, kind, who) is not None, "it was closed"
        assert self._decide(self._newest, kind, who, seen=f"{int(other.digest, 16) ^ 1:064x}") is not None

    @precondition(lambda self: self._held)
    @rule()
    def takes_back(self) -> None:
        held = self._held[-1]
        answer = self._try(lambda tx: take_back(tx, held.id, by=self._staff(held.by_name)))
        assert not (self._open and isinstance(answer, Trouble)), f"it is held, and cannot be taken back: {answer}"

    @precondition(lambda self: self._unknown)
    @rule(who=WHO, said=st.sampled_from(("happened", "not_happened", "check_again")))
    def answers(self, who: str, said: UnknownAnswer) -> None:
        grant_id = self._unknown[0].grant_id
        self._run(lambda tx: answer_effect(tx, grant_id, said, by=self._staff(who)))

    @precondition(lambda self: self.handed_off)
    @rule()
    def person_closes_the_case(self) -> None:
        async def close(tx: Transaction) -> None:
            await hold(tx, self._case, None)
            await close_handoffs(tx, self._case, "Ana")

        self._run(close)

    @precondition(lambda self: self._under_way and not self.outside.frozen)
    @rule(scope=st.sampled_from(SCOPES))
    def freezes(self, scope: str) -> None:
        scope = scope.format(tool=self.tool, brief=self.tool.replace("_", "-"))

        async def stop(tx: Transaction) -> int:
            return (await freeze(tx, scope, why="Something is wrong", by_id="staff-ana", by="Ana")).id

        self.outside.frozen.append(self._run(stop))

    @precondition(lambda self: self.outside.frozen)
    @rule()
    def lifts(self) -> None:
        one = self.outside.frozen.pop()
        self._run(lambda tx: lift(tx, one, by="Ben"))

    # --- time, and what changes with it

    @precondition(lambda self: self._under_way or self.zombies)
    @rule(by=TIMES)
    def time_passes(self, by: timedelta) -> None:
        """Also past the undo window, the time of a call, the age of evidence, the life of an approval and of a key."""
        self._run(lambda tx: put_forward(tx, by))
        self.runner.run(wake_the_due(self.here.database))

    @precondition(lambda self: self._under_way)
    @rule()
    def evidence_changes(self) -> None:
        account = self.outside.accounts[-1]
        self.here.ledger.book.change(account)
        self.outside.changed.setdefault(account, []).append(self._run(now))

    @precondition(lambda self: self._under_way and not self.here.ledger.changed_tools)
    @rule()
    def tools_change(self) -> None:
        self.outside.arrivals = self.here.ledger.book.arrivals()
        self.here.ledger.changes_tools()

    @precondition(lambda self: self.here.ledger.changed_tools)
    @rule()
    def tools_are_looked_at(self) -> None:
        """What every process does by the minute, and by the second."""
        self.runner.run(self.here.parts.connections.look_again())
        self.runner.run(take_back_changed(self.here.parts))

    @precondition(lambda self: self.here.ledger.changed_tools)
    @rule()
    def tools_are_as_before_and_reviewed(self) -> None:
        self.here.ledger.changes_tools(changed=False)
        self.runner.run(review(self.here.parts.connections, CONNECTION, by="Adele"))

    @precondition(lambda self: self._runnable and self._granted)
    @rule(mood=st.sampled_from(("hears nothing", "answers nothing", "away")), commit=st.sampled_from((0, 0, 8, 9)))
    def turn_while_the_system_fails(self, mood: Mood, commit: int) -> None:
        """It does not hear a payment, or does not answer once it was made, or lets nobody in. Who asks may die, too."""
        self.here.ledger.is_now(mood)
        self._take_turn(Fate(commit, "dies before"))
        self.here.ledger.is_now("well")

    @precondition(lambda self: self._runnable and self._granted)
    @rule(commit=st.sampled_from((8, 9)), end=st.sampled_from(("dies before", "dies after", "stands still after")))
    def something_befalls_who_sends(self, commit: int, end: End) -> None:
        """Around the call: as it is written that it will be made, and as the answer is written."""
        if end != "stands still after" or not self.zombies:
            self._take_turn(Fate(commit, end))

    @precondition(lambda self: self._granted)
    @rule()
    def tampers(self) -> None:
        """Somebody with the database's password changes the amount in what was proposed last."""
        change_a_byte(self.here.record, self._newest.id)

    # --- what must be true after every step

    @invariant()
    def books_agree(self) -> None:
        if self.case_id is None:
            return
        self._look()
        wrong = [*wrong_in(self.books, self._facts()), *self._run(wrong_pools)]
        assert not wrong, "; ".join(wrong)
        if self.here.ledger.changed_tools:
            assert self.here.ledger.book.arrivals() == self.outside.arrivals, "called although the tool has changed"

    def teardown(self) -> None:
        """Everybody lets go: then everything ends, or waits for a person."""
        while self.zombies:
            self.goes_on()
        if self.here.ledger.changed_tools:
            self.tools_are_as_before_and_reviewed()
        while self.outside.frozen:
            self.lifts()
        if self.case_id is not None:
            self._until_quiet()
            self._look(anew=True)
        for old in self.gone:
            self.runner.run(old.close())
        self.books_agree()

    def _until_quiet(self) -> None:
        for _ in range(_QUIET):
            self._look()
            if self._runnable:
                self._take_turn(Fate())
            elif self._mission.wakes:
                self.time_passes(timedelta(minutes=1))
            else:
                break
        row = self._mission.row
        assert row.state == "done" or row.waits_for in ("customer", "decision", "unknown_effect"), f"stuck: {row}"

    # --- how

    def _words(self, *, two: bool) -> str:
        words = " and ".join(f"acct-{next(self.here.numbers):06d}" for _ in range(1 + two))
        self.outside.accounts += accounts_in(words)
        return f"Please pay account {words} by {self.tool}."

    def _take_turn(self, fate: Fate) -> None:
        turn = self.runner.run(take(self.here.database, self._mission.row.id, fate))
        assert turn is not None, "it is runnable"
        parts = self.here.parts

        async def work() -> None:
            try:
                await take_turn(turn, parts)
            except Fenced:
                pass  # another process has taken it over
            except Died:
                self.gone.append(await self.here.another_process())

        async def until_still() -> Zombie | None:
            working, still = asyncio.create_task(work()), asyncio.create_task(fate.still.wait())
            await asyncio.wait((working, still), return_when=asyncio.FIRST_COMPLETED)
            still.cancel()
            if not working.done():
                return Zombie(working, fate)
            return await working

        if (zombie := self.runner.run(until_still())) is not None:
            self.zombies.append(zombie)

    def _deciding(
        self, on: Proposal, kind: Answer, who: str, *, seen: str | None = None, undo: int = 0
    ) -> Callable[[], Awaitable[Trouble | None]]:
        async def answer(tx: Transaction) -> None:
            by, reason = self._staff(who), None if kind == "approve" else "No"
            seen_ = self.outside.shown[on.id].digest if seen is None else seen
            await decide(tx, self.here.parts, on.id, kind, by=by, seen=seen_, reason=reason, undo=undo)

        async def said() -> Trouble | None:
            try:
                async with self.here.database.transaction() as tx:
                    await answer(tx)
            except Trouble as refused:
                return refused
            return None

        return said

    def _decide(
        self, on: Proposal, kind: Answer, who: str, *, seen: str | None = None, undo: int = 0
    ) -> Trouble | None:
        """`None`, or why it does not count."""
        return self.runner.run(_one(self._deciding(on, kind, who, seen=seen, undo=undo)))

    def _run(self, do: Callable[[Transaction], Awaitable[T]]) -> T:
        async def done() -> T:
            async with self.here.database.transaction() as tx:
                return await do(tx)

        return self.runner.run(done())

    def _try(self, do: Callable[[Transaction], Awaitable[T]]) -> T | Trouble:
        """What it gives, or why it was refused."""
        try:
            return self._run(do)
        except Trouble as refused:
            note(f"refused: {refused}")
            return refused

    def _staff(self, name: str) -> Staff:
        return self.here.ana if name == "Ana" else self.here.ben

    def _look(self, *, anew: bool = False) -> None:
        async def read(tx: Transaction) -> None:
            ended = [] if anew else [one for one in self.books if one.row.state == "done"]
            self.books = await books_of(tx, self._case, read=ended)
            self.handed_off = await handoff_of(tx, self._case) is not None

        self._run(read)
        for book in self.books:
            for one in book.proposals:
                if one.id not in self.outside.shown:
                    self.outside.shown[one.id] = shown_of(one, book.trace)

    def _facts(self) -> Facts:
        async def stops(tx: Transaction) -> list[Stop]:
            return [Stop(*row) for row in await tx.execute(text("select scope, since, lifted_at from freezes"))]

        mine = {*self.outside.accounts}
        payments = [one for one in self.here.ledger.book.payments() if one.account_id in mine]
        return Facts(payments, self.outside.changed, self._run(stops), self.outside.shown)

    @property
    def _case(self) -> CaseId:
        assert self.case_id is not None
        return self.case_id

    @property
    def _mission(self) -> Book:
        return self.books[-1]

    @property
    def _runnable(self) -> bool:
        return bool(self.books) and self._mission.row.state == "runnable"

    @property
    def _proposals(self) -> Sequence[Proposal]:
        return self._mission.proposals if self.books else ()

    @property
    def _newest(self) -> Proposal:
        return self._proposals[-1]

    @property
    def _open(self) -> bool:
        return bool(self._proposals) and self._newest.closed is None

    @property
    def _granted(self) -> bool:
        """Something was approved, and is not carried out yet."""
        grants = self._mission.grants[self._newest.id] if self._proposals else ()
        states = [self._mission.effects.get(one.id) for one in grants]
        return any(one is None or one.state not in SETTLED for one in states)

    @property
    def _under_way(self) -> bool:
        """Something is proposed, or approved and not carried out yet."""
        return self._open or self._granted

    @property
    def _held(self) -> Sequence[Decision]:
        made = self._mission.decisions[self._newest.id] if self._proposals else ()
        return [one for one in made if one.standing == "held"]

    @property
    def _unknown(self) -> Sequence[Effect]:
        return [one for one in self._mission.effects.values() if one.state == "unknown"] if self.books else ()


async def _one(do: Callable[[], Awaitable[T]]) -> T:
    return await do()


async def _over(work: "asyncio.Task[None]") -> None:
    await work


async def _together(one: Callable[[], Awaitable[T]], other: Callable[[], Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(one(), other()))
