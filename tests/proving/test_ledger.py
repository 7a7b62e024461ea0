"""The ledger: what it says, how it goes on after a restart, and what it says of a call that nobody saw the end of."""

from pathlib import Path

import pytest

from missiondesk.integrations.mcp_client import KEY
from missiondesk.kit.canonical import digest
from missiondesk.kit.errors import Misconfigured
from missiondesk.proving.chaos import Ledger, Plan, read_ledger
from missiondesk.proving.chaos import ledger as books
from missiondesk.proving.chaos.ledger import Delivered

CUT = Plan(1, {"cut-after": 1.0})
PAY = {"amount": 4990, "currency": "EUR"}


def pay(ledger: Ledger, key: str | None = None) -> books.Entry:
    return ledger.begin("pay", PAY, {KEY: key} if key else {}, lambda nth: CUT.injection("pay", nth))


def test_a_call_is_in_it_before_anything_is_done_and_its_end_before_the_fault(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    ledger = Ledger(file)
    entry = pay(ledger, "effect-1")
    [call] = read_ledger(file)
    assert (call.number, call.tool, call.nth, call.key, call.planned) == (1, "pay", 1, "effect-1", "cut-after")
    assert call.arguments == digest(PAY)
    assert (call.delivered, call.injected) == (None, None)  # nobody knows yet
    ledger.end(entry, "cut-after", [Delivered("ok", "00ff")])
    [call] = read_ledger(file)
    assert (call.delivered, call.injected, call.answers) == (1, "cut-after", (Delivered("ok", "00ff"),))


def test_what_did_not_reach_the_wrapped_server_was_not_delivered(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.end(pay(ledger), None, [Delivered("not-reached"), Delivered("no-answer")])
    assert read_ledger(tmp_path / "ledger.jsonl")[0].delivered == 1


def test_numbers_go_on_after_a_restart_and_beside_another_process(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    one, other = Ledger(file), Ledger(file)
    pay(one)
    pay(other)
    other.begin("look", {}, {}, lambda nth: None)
    assert (pay(one).nth, pay(Ledger(file)).nth) == (3, 4)
    assert [(call.number, call.tool, call.nth) for call in read_ledger(file)] == [
        (1, "pay", 1),
        (2, "pay", 2),
        (3, "look", 1),
        (4, "pay", 3),
        (5, "pay", 4),
    ]


def test_the_same_calls_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        ledger = Ledger(tmp_path / name)
        for _ in range(5):
            ledger.end(pay(ledger), "cut-after", [Delivered("ok", "00ff")])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_without_a_file_it_counts_all_the_same() -> None:
    ledger = Ledger()
    assert [pay(ledger).nth for _ in range(3)] == [1, 2, 3]
    assert ledger.come("pay") == 3


@pytest.mark.parametrize(
    ("arguments", "meta", "key"),
    [
        ({}, {KEY: "k-1"}, "k-1"),
        ({"idempotency_key": "k-2"}, {}, "k-2"),
        ({"idempotencyKey": "k-3"}, {}, "k-3"),
        ({"idempotency_key": 7}, {}, None),
        ({"key": "k-4"}, {}, None),
    ],
)
def test_the_key_is_found_where_keys_travel(
    arguments: dict[str, object], meta: dict[str, str], key: str | None
) -> None:
    assert books.KEY == KEY
    assert books.key_of(arguments, meta) == key


@pytest.mark.parametrize("text", ["hello\n", '{"call": 1', "[1]\n", '{"tool": "pay"}\n'])
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(text)
    with pytest.raises(Misconfigured, match=r"notes\.txt: is no ledger"):
        Ledger(file)
    assert file.read_text() == text


def test_a_ledger_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="the ledger cannot be written: No such file"):
        Ledger(tmp_path / "nowhere" / "ledger.jsonl")
