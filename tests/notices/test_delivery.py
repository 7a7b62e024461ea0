"""A notice is told at least once, with the same id each time; what cannot be told is given up, and is seen."""

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from missiondesk.kit.database import Database
from missiondesk.kit.errors import NotFound, Refused
from missiondesk.notices import ATTEMPTS, Notice, Telling, notices_list, tell, try_again
from tests.notices.receiver import HANGS, KEY, SECRET, Clock, Receiver, kinds, receiving, telling, to_webhook
from tests.support.forks import forked
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
FREEZE = "insert into freezes (scope, why, by_id, by, since) values ('all', 'CANARY', 'staff-1', 'Ana', %s)"
LIFT = "update freezes set lifted_at = %s, lifted_by = 'Ana' where lifted_at is null"


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def frozen(database: Cloned) -> None:
    by_hand(database, FREEZE, NOON)


async def kept(record: Database) -> list[Notice]:
    async with record.transaction() as tx:
        return list(await notices_list(tx))


async def test_a_webhook_is_a_signed_cloud_event_told_once(
    record: Database, receiver: Receiver, tmp_path: Path, frozen: None
) -> None:
    how = telling(tmp_path, to_webhook(receiver, "freeze"), receiver)
    for _ in range(3):
        await tell(record, how)
    [got] = receiver.got
    assert got.signed_with(KEY)
    assert not got.signed_with(bytes(32))
    assert got.headers["content-type"].startswith("application/cloudevents+json")
    assert abs(int(got.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    event = got.event
    assert (event["specversion"], event["id"]) == ("1.0", got.headers["webhook-id"])
    assert (event["type"], event["source"]) == ("missiondesk.freeze_began", "https://desk.example/desk")
    assert event["data"]["link"] == "https://desk.example/desk/queue"
    assert "CANARY" not in got.body.decode(), "why it is frozen are somebody's own words"
    [one] = await kept(record)
    assert (one.state, one.attempts, one.error) == ("sent", 1, None)


async def test_while_a_secret_is_replaced_both_sign(
    record: Database, receiver: Receiver, tmp_path: Path, frozen: None
) -> None:
    new = "whsec_" + SECRET.removeprefix("whsec_")[::-1].replace("=", "") + "="
    how = telling(tmp_path, to_webhook(receiver, "freeze"), receiver, environ={"HOOK_SECRET": f"{SECRET} {new}"})
    await tell(record, how)
    [got] = receiver.got
    assert got.signed_with(KEY)
    assert len(got.headers["webhook-signature"].split(" ")) == 2


async def test_many_processes_tell_it_once(
    record: Database, receiver: Receiver, tmp_path: Path, database: Cloned
) -> None:
    for _ in range(5):
        by_hand(database, FREEZE, NOON)
    how = telling(tmp_path, to_webhook(receiver, "freeze"), receiver)
    await asyncio.gather(*(tell(record, how) for _ in range(6)))
    await tell(record, how)
    assert len(receiver.ids) == len(set(receiver.ids)) == 5


async def test_a_failure_is_tried_again_after_growing_pauses_with_the_same_id(
    record: Database, receiver: Receiver, tmp_path: Path, frozen: None, clock: Clock
) -> None:
    receiver.answers = [503, 400]
    how = telling(tmp_path, to_webhook(receiver, "freeze"), receiver, clock)
    await tell(record, how)
    [one] = await kept(record)
    assert (one.state, one.error) == ("waiting", "It answered with status 503.")
    await passing(record, how, clock, seconds=4)
    assert len(receiver.got) == 1, "not before its time"
    await passing(record, how, clock, seconds=1)
    await passing(record, how, clock, seconds=29)
    assert len(receiver.got) == 2
    await passing(record, how, clock, seconds=1)
    assert len(receiver.got) == 3
    assert len(set(receiver.ids)) == 1
    assert len({got.body for got in receiver.got}) == 1
    assert (await kept(record))[0].state == "sent"


async def test_what_nobody_takes_is_given_up_seen_and_can_be_told_again(
    record: Database, receiver: Receiver, tmp_path: Path, frozen: None, clock: Clock
) -> None:
    receiver.answers = [500] * ATTEMPTS
    how = telling(tmp_path, to_webhook(receiver, "freeze"), receiver, clock)
    for _ in range(ATTEMPTS + 3):
        await passing(record, how, clock, seconds=6 * 3600)
    assert len(receiver.got) == ATTEMPTS
    async with record.transaction() as tx:
        [dead] = await notices_list(tx, dead=True)
        await try_again(tx, dead.id)
        await tx.exec_driver_sql("update notices set next_at = '2026-01-01'")  # the clock of this test stands still
    await tell(record, how)
    assert set(receiver.ids) == {dead.id}
    assert len(receiver.got) == ATTEMPTS + 1
    async with record.transaction() as tx:
        assert await notices_list(tx, dead=True) == []
        with pytest.raises(Refused, match="is sent"):
            await try_again(tx, dead.id)
        with pytest.raises(NotFound):
            await try_again(tx, "notice-none")


async def test_who_hangs_holds_up_no_other_route(
    record: Database, receiver: Receiver, tmp_path: Path, frozen: None, database: Cloned
) -> None:
    receiver.answers = [HANGS] * 3
    with receiving() as other:
        text = to_webhook(receiver, "freeze") + to_webhook(other, "freeze").replace("hook]", "other]").replace(
            "$HOOK_URL", "$OTHER_URL"
        )
        how = telling(tmp_path, text, receiver, environ={"OTHER_URL": f"{other.url}/told"}, patience=0.3)
        for _ in range(4):
            by_hand(database, FREEZE, NOON)
        async with asyncio.timeout(10):
            await tell(record, how)
        assert len(other.got) == 5
    assert len(receiver.got) == 1, "once is enough to know that it hangs"
    assert {one.error for one in await kept(record)} == {None, "It did not answer within 0.3 seconds."}


async def test_a_redirect_is_never_followed(record: Database, receiver: Receiver, tmp_path: Path, frozen: None) -> None:
    with receiving() as elsewhere:
        receiver.answers, receiver.location = [307], f"{elsewhere.url}/CANARY"
        how = telling(tmp_path, to_webhook(receiver, "freeze", more=""), receiver)
        await tell(record, how)
        assert elsewhere.got == []
    [one] = await kept(record)
    assert one.error is not None
    assert one.error.startswith("It redirects")
    assert "CANARY" not in one.error


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://127.0.0.1:{port}/CANARY", "Its host is private: if it is the right one, add HOST:PORT"),
        ("https://localhost:{port}/CANARY", "Its host is private"),
        ("http://127.0.0.1:{port}/CANARY", "must use https"),
    ],
)
async def test_a_private_address_nobody_allowed_gets_nothing(
    record: Database, receiver: Receiver, tmp_path: Path, frozen: None, address: str, said: str
) -> None:
    text = "\n".join(it for it in to_webhook(receiver, "freeze").splitlines() if not it.startswith("allow_private"))
    there = address.format(port=receiver.place.partition(":")[2])
    await tell(record, telling(tmp_path, text, receiver, environ={"HOOK_URL": there}))
    assert receiver.got == []
    [one] = await kept(record)
    assert one.error is not None
    assert said in one.error
    assert "CANARY" not in one.error


async def test_who_is_killed_after_sending_tells_it_again_with_the_same_id(
    record: Database, database: Cloned, receiver: Receiver, tmp_path: Path, frozen: None, clock: Clock
) -> None:
    how = telling(tmp_path, to_webhook(receiver, "freeze"), receiver)
    doomed: list[int] = []
    receiver.on_arrival = lambda: os.kill(doomed.pop(), signal.SIGKILL) if doomed else None
    process = forked(_tell_when_told, database.url, str(tmp_path), dict(how.environ), how.public_url)
    assert process.pid is not None
    doomed.append(process.pid)
    (tmp_path / "go").touch()
    await asyncio.to_thread(process.join, 30)
    assert process.exitcode == -signal.SIGKILL
    [one] = await kept(record)
    assert (one.state, one.attempts) == ("waiting", 1)
    await tell(record, how)
    assert len(receiver.got) == 1, "nobody can know yet that the other is dead"
    later = Clock(datetime.now(UTC) + timedelta(seconds=90))
    await tell(record, Telling(how.routes, how.public_url, how.environ, later))
    assert receiver.ids == [one.id, one.id]
    assert receiver.got[0].body == receiver.got[1].body
    assert (await kept(record))[0].state == "sent"


async def test_apprise_tells_the_same_over_its_own_wire(
    record: Database, database: Cloned, receiver: Receiver, tmp_path: Path, frozen: None
) -> None:
    text = '[route.chat]\nkind = "apprise"\nurl = "$CHAT_URL"\nevents = ["freeze"]\n'
    how = telling(tmp_path, text, receiver)
    await tell(record, how)
    by_hand(database, LIFT, datetime.now(UTC))
    receiver.answers = [500]
    await tell(record, how)
    assert [one.event["title"] for one in receiver.got] == ["All effects are frozen", "All effects go on"]
    assert receiver.events[0]["message"].splitlines()[-1] == "https://desk.example/desk/queue"
    assert "github" not in receiver.got[0].body.decode(), "no picture from elsewhere"
    by_event = {one.told.event: one for one in await kept(record)}
    assert by_event["freeze_began"].state == "sent"
    assert by_event["freeze_ended"].error == "The service did not take it: look at its address, and whether it is up."


async def test_an_address_apprise_does_not_know_is_a_failure_without_the_address(
    record: Database, receiver: Receiver, tmp_path: Path, frozen: None, caplog: pytest.LogCaptureFixture
) -> None:
    text = '[route.chat]\nkind = "apprise"\nurl = "$CHAT_URL"\nevents = ["freeze"]\n'
    await tell(record, telling(tmp_path, text, receiver, environ={"CHAT_URL": "nowhere://CANARY"}))
    [one] = await kept(record)
    assert one.error == "apprise does not know such an address: see its list of services."
    assert "CANARY" not in caplog.text


async def test_more_than_a_few_at_once_are_one_to_people_and_each_to_programs(
    record: Database, database: Cloned, receiver: Receiver, tmp_path: Path
) -> None:
    for _ in range(25):
        by_hand(database, FREEZE, NOON)
    chat = '[route.chat]\nkind = "apprise"\nurl = "$CHAT_URL"\nevents = ["freeze"]\n'
    how = telling(tmp_path, chat + to_webhook(receiver, "freeze"), receiver)
    for _ in range(2):
        await tell(record, how)
    [to_people] = [one for one in receiver.events if "type" not in one or "specversion" not in one]
    assert to_people["title"] == "25 things wait in the Decision Queue"
    assert kinds([one for one in receiver.events if "specversion" in one]) == ["freeze_began"] * 25


async def test_quiet_hours_hold_it_until_they_end_unless_it_is_urgent(
    record: Database, database: Cloned, receiver: Receiver, tmp_path: Path, clock: Clock
) -> None:
    night = datetime(2026, 1, 10, 23, tzinfo=UTC)
    by_hand(database, FREEZE, night)
    clock.at = night
    calm = to_webhook(receiver, "freeze", more='quiet_hours = "22:00-07:00 Europe/Berlin"')
    urgent = calm.replace("route.hook", "route.pager") + "urgent = true\n"
    how = telling(tmp_path, calm + urgent, receiver, clock)
    await tell(record, how)
    assert [one.route for one in await kept(record) if one.state == "sent"] == ["pager"]
    receiver.answers = [500]
    clock.at = datetime(2026, 1, 11, 5, 59, tzinfo=UTC)
    await tell(record, how)
    assert len(receiver.got) == 1
    clock.at = datetime(2026, 1, 11, 6, tzinfo=UTC)
    await tell(record, how)
    assert len(receiver.got) == 2
    clock.at += timedelta(seconds=5)
    await tell(record, how)
    assert [one.state for one in await kept(record)] == ["sent", "sent"]


async def test_no_address_and_no_secret_is_kept_or_logged(
    record: Database,
    database: Cloned,
    receiver: Receiver,
    tmp_path: Path,
    frozen: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    receiver.answers = [500, 500]
    chat = '[route.chat]\nkind = "apprise"\nurl = "$CHAT_URL"\nevents = ["freeze"]\n'
    await tell(record, telling(tmp_path, chat + to_webhook(receiver, "freeze"), receiver))
    [(kept_of_it,)] = rows(database, "select jsonb_agg(n)::text from notices n")
    assert len(receiver.got) == kept_of_it.count('"attempts": 1') == 2
    for canary in (receiver.place, "/told", SECRET.removeprefix("whsec_")):
        assert canary not in kept_of_it + caplog.text


@pytest.mark.parametrize("damaged", ["not json", "{}", '{"event": 1}'])
async def test_a_damaged_row_holds_up_no_other(
    record: Database, database: Cloned, receiver: Receiver, tmp_path: Path, frozen: None, damaged: str
) -> None:
    how = telling(tmp_path, to_webhook(receiver, "freeze"), receiver)
    receiver.answers = [500]
    await tell(record, how)
    by_hand(database, "update notices set told = %s, next_at = now(), attempts = 0", damaged)
    by_hand(database, FREEZE, NOON)
    await tell(record, how)
    assert sorted(one["data"]["title"] for one in receiver.events[1:]) == ["All effects are frozen", "Something waits"]


async def passing(record: Database, how: Telling, clock: Clock, *, seconds: int) -> None:
    clock.at += timedelta(seconds=seconds)
    await tell(record, how)


def _tell_when_told(url: str, folder: str, environ: dict[str, str], public_url: str) -> None:
    from missiondesk.notices import read_routes

    async def go() -> None:
        while not (Path(folder) / "go").exists():  # noqa: ASYNC110  who kills us must know our id first
            await asyncio.sleep(0.01)
        await tell(Database(url), Telling(read_routes(Path(folder)), public_url, environ))

    asyncio.run(go())
