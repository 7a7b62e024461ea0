"""The past is the same each time, and its three parts fit together."""

import sqlite3
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from missiondesk_demo.systems import SYSTEMS
from missiondesk_demo.systems.seed import reset, seed_missing
from tests.demo.northwind import Row, command

PAID = {"paid", "packed", "shipped", "delivered"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded")
    for system in SYSTEMS:
        seed_missing(system, folder)
    return folder


@pytest.fixture(scope="module")
def past(home: Path) -> Iterator[sqlite3.Connection]:
    """All three files as one database."""
    with closing(sqlite3.connect(home / "shop.db")) as db:
        db.row_factory = sqlite3.Row
        for system in ("billing", "crm"):
            db.execute(f"attach ? as {system}", [str(home / f"{system}.db")])
        yield db


def _content(home: Path) -> list[str]:
    lines: list[str] = []
    for system in SYSTEMS:
        with closing(sqlite3.connect(home / f"{system}.db")) as db:
            lines.extend(db.iterdump())
    return lines


def test_two_seeds_are_equal(home: Path, tmp_path: Path) -> None:
    another_process = subprocess.run(command("seed", "--home", tmp_path), capture_output=True, check=True)
    assert another_process.stderr == b""
    assert len(_content(home)) > 5000
    assert _content(home) == _content(tmp_path)


def test_seeding_leaves_nothing_else_behind_and_keeps_a_file_that_is_there(tmp_path: Path) -> None:
    file = seed_missing("crm", tmp_path)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("update contacts set language = 'eo'")
    seed_missing("crm", tmp_path)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("select distinct language from contacts").fetchall() == [("eo",)]
    assert [path.name for path in tmp_path.iterdir()] == ["crm.db"]


def test_a_reset_forgets_what_happened_also_while_somebody_reads(home: Path, tmp_path: Path) -> None:
    file = seed_missing("crm", tmp_path)
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("delete from notes")
        reader.commit()
        reset("crm", tmp_path)
        assert reader.execute("select count(*) from notes").fetchone()[0] > 100


def test_some_300_people_are_the_same_in_all_three_systems(past: sqlite3.Connection) -> None:
    assert past.execute("select count(*) from customers").fetchone()[0] == 300
    assert past.execute("select count(*) from orders").fetchone()[0] == 1500
    shop = past.execute("select email, name from customers order by email").fetchall()
    assert [*map(tuple, shop)] == [*map(tuple, past.execute("select email, name from accounts order by email"))]
    assert [*map(tuple, shop)] == [*map(tuple, past.execute("select email, name from contacts order by email"))]
    assert all(row["email"].rpartition("@")[2] in {"example.com", "example.org", "example.net"} for row in shop)


def test_items_add_up_to_the_order(past: sqlite3.Connection) -> None:
    wrong = past.execute(
        "select order_id from orders join items using (order_id) group by order_id"
        " having orders.minor <> sum(items.quantity * items.minor)"
    ).fetchall()
    assert wrong == []


def test_payments_fit_their_orders(past: sqlite3.Connection) -> None:
    captured: dict[str, list[int]] = defaultdict(list)
    for row in past.execute("select order_id, minor, status from payments"):
        captured[row["order_id"]] += [row["minor"]] * (row["status"] == "captured")
    stories: Counter[str] = Counter()
    for order in past.execute("select * from orders"):
        story = _story(order["minor"], captured[order["order_id"]])
        stories[story] += 1
        if order["status"] in PAID:
            assert story in {"once", "twice", "thrice", "split"}, order["order_id"]
        elif order["status"] == "placed":
            assert story == "never"
        else:
            assert story in {"once", "never"}
    assert stories["split"] > 20
    assert 24 <= stories["twice"] <= 80
    assert stories["thrice"] == 1


def _story(total: int, captured: list[int]) -> str:
    """Money taken for one order; a charge made twice is the whole total twice, a split one never two equal parts."""
    if len(captured) == 2 and sum(captured) == total and captured[0] != captured[1]:
        return "split"
    if set(captured) <= {total}:
        return ("never", "once", "twice", "thrice")[len(captured)]
    return "wrong"


def test_customers_and_currencies_agree_between_shop_and_billing(past: sqlite3.Connection) -> None:
    rows = past.execute(
        "select customers.email, accounts.email, orders.currency, payments.currency, placed_at, created_at"
        " from payments join orders using (order_id) join customers on customers.customer_id = orders.customer_id"
        " join accounts on accounts.customer_id = payments.customer_id"
    ).fetchall()
    assert len(rows) == past.execute("select count(*) from payments").fetchone()[0]
    assert all(row[0] == row[1] and row[2] == row[3] and row[4] < row[5] for row in rows)


def test_refunds_fit_their_payments(past: sqlite3.Connection) -> None:
    rows: list[Row] = past.execute(
        "select p.status, p.minor, sum(r.minor), min(r.currency = p.currency and r.customer_id = p.customer_id),"
        " min(r.created_at > p.captured_at), max(r.reason like 'Charged twice%')"
        " from refunds r join payments p using (payment_id) group by payment_id"
    ).fetchall()
    assert len(rows) > 100
    assert all(status == "captured" and back <= paid for status, paid, back, *_ in rows)
    assert all(fits and later for *_, fits, later, _ in rows)
    assert sum(doubled for *_, doubled in rows) > 10, "some of the charges made twice are paid back already"
    assert any(back < paid for _, paid, back, *_ in rows), "some were paid back in part"


def test_the_past_holds_what_a_worker_must_not_mistake(past: sqlite3.Connection) -> None:
    def count(query: str) -> int:
        return past.execute(query).fetchone()[0]

    assert count("select count(*) from orders where return_window_ends < '2026-11-20'") > 1000
    assert count("select count(*) from orders where return_window_ends >= '2026-11-20'") > 50
    assert count("select count(*) from orders where status = 'cancelled'") > 50
    for status in ("failed", "voided"):
        assert count(f"select count(*) from payments where status = '{status}'") > 40
    assert count("select count(*) from payments where status <> 'captured' and captured_at is not null") == 0
    assert count("select count(distinct plan) from subscriptions") == 4


def test_shipments_fit_their_orders(past: sqlite3.Connection) -> None:
    wrong = past.execute(
        "select order_id from orders left join shipments using (order_id) where"
        " (status in ('shipped', 'delivered')) <> (shipped_at is not null)"
        " or (status = 'delivered') <> (delivered_at is not null)"
        " or (status = 'delivered') <> (return_window_ends is not null)"
        " or shipped_at < placed_at or delivered_at < shipped_at"
    ).fetchall()
    assert wrong == []
