"""The sandbox's ledger over the wire: what each payment tool promises, and what the book keeps."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from missiondesk.proving.sandbox import Book, account_of, serving

ARGUMENTS: dict[str, Any] = {
    "customer_id": "c-1",
    "account_id": "acct-000001",
    "amount": {"minor": 990, "currency": "EUR"},
}


def called(url: str, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    accept = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
    answer = httpx.post(url, json=message, headers=accept, timeout=10)
    [line] = [one for one in answer.text.splitlines() if one.startswith("data: {")]
    return json.loads(line.removeprefix("data: "))["result"]


@pytest.mark.parametrize(("tool", "payments"), [("pay_keyed", 1), ("pay_queryable", 2), ("pay_once", 2)])
def test_paid_twice_with_one_key_is_one_payment_only_where_keys_count(tmp_path: Path, tool: str, payments: int) -> None:
    key = {"idempotency_key": "md-1"} if tool == "pay_keyed" else {}
    with serving(tmp_path) as url:
        for _ in range(2):
            assert not called(url, tool, ARGUMENTS | key)["isError"]
    book = Book.at(tmp_path)
    assert (len(book.payments()), book.arrivals()) == (payments, 2)


def test_a_key_that_was_used_for_something_else_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        called(url, "pay_keyed", ARGUMENTS | {"idempotency_key": "md-1"})
        other = ARGUMENTS | {"idempotency_key": "md-1", "amount": {"minor": 991, "currency": "EUR"}}
        assert called(url, "pay_keyed", other)["isError"]
    assert [one.minor for one in Book.at(tmp_path).payments()] == [990]


def test_a_payment_is_found_by_its_account_and_by_its_key_and_no_other(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        called(url, "pay_keyed", ARGUMENTS | {"idempotency_key": "md-1"})

        def found(**by: str) -> Any:
            return called(url, "find_payment", {"customer_id": "c-1", **by})["structuredContent"]["payment"]

        assert found(reference="md-1")["amount"] == ARGUMENTS["amount"]
        assert found(account_id="acct-000001") == found(reference="md-1")
        assert found(reference="md-2") is None
        assert found(account_id="acct-000002") is None


def test_an_account_that_a_stranger_changed_is_closed(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        Book.at(tmp_path).change("acct-000001")
        told = called(url, "get_account", {"customer_id": "c-1", "account_id": "acct-000001"})["structuredContent"]
    assert told["account"] == account_of("acct-000001", 2)
    assert told["account"]["status"] == "closed"


@pytest.mark.parametrize("deed", ["update payments set minor = 1", "delete from payments", "delete from arrivals"])
def test_what_is_in_the_book_stays_there(tmp_path: Path, deed: str) -> None:
    book = Book.at(tmp_path)
    book.arrived("pay_once", ARGUMENTS, None)
    book.pay("pay_once", ARGUMENTS, key=None)
    with closing(sqlite3.connect(book.path)) as by_hand, pytest.raises(sqlite3.IntegrityError, match="never"):
        by_hand.execute(deed)
