"""Each fault over HTTP ends at our client as what is promised, and the ledger tells the truth about it."""

import asyncio
import itertools
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from missiondesk.integrations.mcp_client import AnswerKind, Channel
from missiondesk.proving.chaos import Fault, Plan, ToAddress, Wrapped, WrappedAway
from tests.proving.chaos_before import HERE, chaos_before, every
from tests.support.loopback import Loopback
from tests.support.tickets import Tickets, tickets

TICKET = {"customer_id": "c-1", "ticket_id": "t-1"}
NONE = Plan(1, {})
SLOW = next(
    seed  # with which the first call is delayed by about half of the longest delay
    for seed in itertools.count()
    if (one := every("latency", seed).injection("close_ticket", 1)) and 0.4 < one.luck < 0.6
)
ENDS: list[tuple[Fault, AnswerKind, str, int]] = [
    ("latency", "ok", "", 1),
    ("cut-before", "unknown", "", 0),
    ("cut-after", "unknown", "", 1),
    ("garbage", "unknown", "parse", 1),
    ("huge", "unknown", "larger than 2,000,000 bytes", 1),
    ("duplicate", "ok", "", 2),
    ("input-required", "unknown", "more input", 1),
    ("foreign-record", "ok", "", 1),
    ("broken-schema", "unknown", "does not fit its own schema", 1),
    ("redirect", "unknown", "redirects (307) to http://169.254.169.254/", 0),
]


@pytest.fixture
def system() -> Generator[Tickets]:
    with tickets() as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


@pytest.mark.parametrize(("fault", "kind", "why", "delivered"), ENDS)
async def test_each_fault_ends_as_what_it_is_and_the_ledger_says_how_often_it_was_carried_out(
    fault: Fault, kind: AnswerKind, why: str, delivered: int, system: Tickets, file: Path
) -> None:
    async with chaos_before(system.url, every(fault, latency=0.1), file) as before:
        answer = await before.call("close_ticket", TICKET, key="effect-1")
        assert answer.kind == kind
        assert why in (answer.why or ""), answer.why
        [call] = before.ledger
        assert (call.planned, call.injected, call.key) == (fault, fault, "effect-1")
        assert (call.delivered, len(system.closed)) == (delivered, delivered)
        assert [one.end for one in call.answers] == ["ok"] * delivered
        before.chaos.plan = NONE
        assert (await before.call("close_ticket", TICKET)).kind == "ok"


@pytest.mark.parametrize("fault", ["hang", "server-error"])
async def test_what_may_have_been_carried_out_was_so_as_often_as_the_ledger_says(
    fault: Fault, system: Tickets, file: Path
) -> None:
    async with chaos_before(system.url, every(fault), file, patience=1.5) as before:
        answers = await asyncio.gather(*(before.call("close_ticket", TICKET) for _ in range(12)))
        assert {answer.kind for answer in answers} == {"unknown"}
        delivered = [call.delivered for call in before.ledger]
        assert set(delivered) == {0, 1}
        assert sum(one or 0 for one in delivered) == len(system.closed)


async def test_an_answer_that_trickles_takes_as_long_as_the_plan_says(system: Tickets, file: Path) -> None:
    async with chaos_before(system.url, every("drip", drip=30), file, patience=1.5) as before:
        answer = await before.call("close_ticket", TICKET)
        assert (answer.kind, len(system.closed)) == ("unknown", 1)
        before.chaos.plan = every("drip", drip=0.3)
        assert (await before.call("close_ticket", TICKET)).kind == "ok"


async def test_a_drifted_definition_is_gone_before_the_call_and_stays_drifted(system: Tickets, file: Path) -> None:
    async with chaos_before(system.url, every("drift"), file) as before:
        answer = await before.call("close_ticket", TICKET)
        assert (answer.kind, system.closed, before.ledger) == ("changed", [], [])
        assert answer.live is not None
        reviewed = before.reviewed.tools["close_ticket"].told
        assert answer.live.told["description"] == reviewed["description"] + "."  # one byte
        pin = answer.live.pin("sys", before.reviewed.server)  # somebody reviews it
        assert (await before.channel.call("sys", "close_ticket", TICKET, pin=pin)).kind == "ok"
        assert (await before.channel.call("sys", "close_ticket", TICKET, pin=pin)).kind == "changed"
        assert [(call.injected, call.delivered) for call in before.ledger] == [("drift", 1)]
        before.chaos.plan = NONE
        assert (await before.call("close_ticket", TICKET)).kind == "ok"


async def test_a_foreign_record_bears_the_id_of_another_customer(system: Tickets, file: Path) -> None:
    async with chaos_before(system.url, every("foreign-record"), file) as before:
        answer = await before.call("get_ticket", TICKET)
        assert answer.value == {"customer_id": "c-2", "ticket_id": "t-1", "subject": "The lamp flickers"}
        before.chaos.plan = every("foreign-record", customers=("c-0", "c-1", "c-7"))
        assert (await before.call("get_ticket", TICKET)).value["customer_id"] == "c-7"


async def test_a_fault_that_cannot_be_done_is_not_in_the_ledger_as_if_it_were(system: Tickets, file: Path) -> None:
    async with chaos_before(system.url, every("foreign-record"), file) as before:
        before.chaos.plan = every("broken-schema")
        answer = await before.call("get_ticket", {"customer_id": "c-1", "ticket_id": "t-9"})
        assert (answer.kind, answer.value) == ("refused", "ticket_not_found: there is no such ticket")
        [call] = before.ledger
        assert (call.planned, call.injected) == ("broken-schema", None)
        assert [one.end for one in call.answers] == ["refused"]


async def test_without_faults_nothing_is_different(system: Tickets, file: Path) -> None:
    async with chaos_before(system.url, NONE, file) as before:
        listing = await before.channel.definitions()
        assert (listing.server, listing.tools, listing.twice) == (before.reviewed.server, before.reviewed.tools, ())
        pins = [definition.pin("sys", listing.server) for definition in listing.tools.values()]
        assert pins == [definition.pin("sys", "tickets") for definition in before.reviewed.tools.values()]
        assert (await before.call("get_ticket", TICKET)).value["subject"] == "The lamp flickers"


async def test_a_schedule_does_not_depend_on_which_calls_meet(system: Tickets, tmp_path: Path) -> None:
    plan = Plan(5, {"cut-before": 0.2, "cut-after": 0.2, "duplicate": 0.2, "garbage": 0.2})

    async def met(name: str, together: int) -> list[tuple[str, int, str | None]]:
        async with chaos_before(system.url, plan, tmp_path / name) as before:
            calls = [(tool, TICKET) for tool in ("get_ticket", "close_ticket") for _ in range(12)]
            for at in range(0, len(calls), together):
                await asyncio.gather(*(before.call(*call) for call in calls[at : at + together]))
            return sorted((call.tool, call.nth, call.injected) for call in before.ledger)

    one_by_one = await met("one", 1)
    assert one_by_one == await met("all", 24)
    assert len({fault for *_, fault in one_by_one}) == 5


async def test_only_calls_are_spoilt_and_neighbours_get_their_answers(system: Tickets, file: Path) -> None:
    plan = every("hang", only=frozenset({"close_ticket"}))
    async with chaos_before(system.url, plan, file, patience=1.5) as before:
        hanging = asyncio.create_task(before.call("close_ticket", TICKET))
        good = await asyncio.gather(*(before.call("get_ticket", TICKET) for _ in range(10)))
        assert {answer.kind for answer in good} == {"ok"}
        assert not hanging.done()
        assert (await hanging).kind == "unknown"


async def test_a_call_goes_on_when_nobody_waits_for_it_any_more(system: Tickets, file: Path) -> None:
    async with chaos_before(system.url, every("latency", seed=SLOW, latency=2), file, patience=0.2) as before:
        answer = await before.call("close_ticket", TICKET)
        assert (answer.kind, system.closed) == ("unknown", [])
        async with asyncio.timeout(5):
            while before.ledger[0].delivered is None:  # noqa: ASYNC110  it is carried out after we have gone
                await asyncio.sleep(0.01)
        assert (before.ledger[0].delivered, system.closed) == (1, ["t-1"])


async def test_the_callers_credential_reaches_the_wrapped_server(file: Path) -> None:
    with tickets(token="secret-1") as system:
        given = {"authorization": "Bearer secret-1"}
        async with chaos_before(system.url, NONE, file, headers=given) as before:
            assert (await before.call("close_ticket", TICKET)).kind == "ok"
            bad = Channel(url=before.url, headers={"authorization": "Bearer else"}, allow_private=HERE)
            pin = before.reviewed.tools["close_ticket"].pin("sys", before.reviewed.server)
            answer = await bad.call("sys", "close_ticket", TICKET, pin=pin)
            await bad.close()
        assert (answer.kind, system.closed) == ("gone", ["t-1"])
        assert "secret-1" not in str(before.ledger)


async def test_a_wrapped_server_that_goes_away_is_told_and_nothing_was_delivered(file: Path) -> None:
    with ExitStack() as running:
        system = running.enter_context(tickets())
        async with chaos_before(system.url, every("latency", seed=SLOW, latency=2), file) as before:
            call = asyncio.create_task(before.call("close_ticket", TICKET))
            async with asyncio.timeout(5):
                while not before.ledger:  # noqa: ASYNC110  it has come, and is not delivered yet
                    await asyncio.sleep(0.01)
            running.close()
            assert (await call).kind == "unknown"
            [told] = before.ledger
            assert (told.delivered, [one.end for one in told.answers]) == (0, ["not-reached"])


async def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    async def nothing(scope: object, receive: object, send: object) -> None:
        """Never asked."""

    with Loopback(nothing) as gone:
        url = f"{gone.url}/mcp"
    wrapped = Wrapped(ToAddress(url))
    with pytest.raises(WrappedAway, match=f"The wrapped server at {url} cannot be reached. "):
        await wrapped.about()
    await wrapped.close()
