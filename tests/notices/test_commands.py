"""`missiondesk notices`: whether people can be told, what they were told, and what was given up."""

import asyncio
import json
from pathlib import Path

from tests.notices.receiver import SECRET, Receiver, to_webhook
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows
from tests.support.typed import Printed, in_this_process

KEPT = """insert into notices (id, route, happening, told, state, attempts, next_at, error, made_at) values
    ('notice-1', 'hook', 'h1', %s, 'dead', 8, now(), 'It answered with status 500.', now()),
    ('notice-2', 'hook', 'h2', %s, 'sent', 1, now(), null, now())"""
TOLD = '{"event": "waits", "kind": "proposal", "item": "proposal-1", "since": "2026-01-10T12:00:00Z"}'


async def types(*words: str, **environ: str) -> Printed:
    return await asyncio.to_thread(in_this_process, ("notices", *words), {"COLUMNS": "200", **environ})


async def test_check_says_what_is_missing_and_a_test_notice_arrives(receiver: Receiver, tmp_path: Path) -> None:
    (tmp_path / "notices.toml").write_text(to_webhook(receiver, "waits", more='briefs = ["no-such"]'), encoding="utf-8")
    here = {"MISSIONDESK_COMPANY": str(tmp_path)}
    missing = await types("check", **here)
    assert missing.status == 1
    assert "The route hook needs $HOOK_URL" in missing.text
    assert "names the brief no-such, which does not exist" in missing.text
    (tmp_path / "notices.toml").write_text(to_webhook(receiver, "waits"), encoding="utf-8")
    here |= {"HOOK_URL": f"{receiver.url}/x", "HOOK_SECRET": SECRET}
    right = await types("check", **here)
    assert right.status == 0
    assert "hook: webhook, tells waits" in right.text
    assert receiver.got == []
    sent = await types("check", "--send", "hook", **here)
    assert (sent.status, sent.text.strip()) == (0, "hook took the test notice.")
    assert receiver.events[0]["type"] == "missiondesk.test"
    receiver.answers = [410]
    refused = await types("check", "--send", "hook", **here)
    assert refused.status == 1
    assert "NobodyTold: hook: It answered with status 410." in refused.text
    assert "There is no route other" in (await types("check", "--send", "other", **here)).text


async def test_dead_letters_are_listed_and_tried_again(database: Cloned, tmp_path: Path) -> None:
    by_hand(database, KEPT, TOLD, TOLD)
    here = {
        "DATABASE_URL": database.url,
        "MISSIONDESK_OWNER_URL": database.owner_url,
        "MISSIONDESK_HOME": str(tmp_path),
    }
    listed = await types("list", **here)
    assert "notice-1  hook  dead (8)  A proposal waits: It answered with status 500." in listed.text
    assert "notice-2  hook  sent (1)  A proposal waits" in listed.text
    [dead] = json.loads((await types("list", "--dead", "--json", **here)).text)["items"]
    assert (dead["id"], dead["error"]) == ("notice-1", "It answered with status 500.")
    assert (await types("retry", "notice-1", **here)).status == 0
    assert rows(database, "select state, attempts from notices where id = 'notice-1'") == [("waiting", 0)]
    again = await types("retry", "notice-1", **here)
    assert (again.status, "nothing to try again" in again.text) == (1, True)
    assert "Nothing was given up." in (await types("list", "--dead", **here)).text
