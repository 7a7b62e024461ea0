"""The ledger's book: accounts, payments and arrivals in one SQLite file. What was paid stays paid: append-only."""

import json
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from missiondesk.kit.canonical import canonical
from missiondesk.kit.errors import Refused

_PATIENCE = 10  # seconds to wait for another writer
_TABLES = """
create table if not exists accounts (account_id text primary key, revision integer not null);
create table if not exists unpaid (account_id text primary key);
create table if not exists drifted (tool text primary key);
create table if not exists payments (
    payment_id integer primary key autoincrement, tool text not null, account_id text not null, minor integer not null,
    currency text not null, key text unique, arguments text not null, revision integer not null);
create table if not exists arrivals (
    n integer primary key autoincrement, tool text not null, key text, arguments text not null,
    at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
create trigger if not exists paid_stays_paid before update on payments
    begin select raise(abort, 'a payment is never changed'); end;
create trigger if not exists paid_is_not_forgotten before delete on payments
    begin select raise(abort, 'a payment is never deleted'); end;
create trigger if not exists arrived_stays before delete on arrivals
    begin select raise(abort, 'an arrival is never deleted'); end;
"""


class KeyUsed(Refused):
    """This key was used for something else."""


@dataclass(frozen=True, slots=True)
class Payment:
    """`arguments` as they came, without the key; `revision` is the account's when the payment was made."""

    payment_id: int
    tool: str
    account_id: str
    minor: int
    currency: str
    key: str | None
    arguments: Mapping[str, Any]
    revision: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call to pay this account, whatever became of it."""

    account_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Book:
    """One file, whoever opens it: the server that answers, and whoever compares books afterwards."""

    path: Path

    @classmethod
    def at(cls, home: Path) -> "Book":
        """The book in this folder, made if it is missing."""
        home.mkdir(parents=True, exist_ok=True)
        book = cls(home / "ledger.db")
        with closing(sqlite3.connect(book.path, timeout=_PATIENCE, isolation_level=None)) as made:
            made.execute("pragma journal_mode = wal")
            made.executescript(_TABLES)
        return book

    def arrived(self, tool: str, arguments: Mapping[str, Any], key: str | None) -> int:
        """Count a call, before anything is done for it: the how-manyth with these arguments, from 1."""
        with self._writing() as tx:
            tx.execute("insert into arrivals (tool, key, arguments) values (?, ?, ?)", [tool, key, _text(arguments)])
            same = tx.execute("select count(*) from arrivals where arguments = ?", [_text(arguments)])
            return same.fetchone()[0]

    def pay(self, tool: str, arguments: Mapping[str, Any], *, key: str | None) -> Payment:
        """Make a payment. The same `key` again is the same payment; raises `KeyUsed` if it is asked for another."""
        account_id, amount = str(arguments["account_id"]), arguments["amount"]
        with self._writing() as tx:
            earlier = tx.execute("select * from payments where key = ?", [key]).fetchone() if key else None
            if earlier is not None:
                if (earlier["tool"], earlier["arguments"]) != (tool, _text(arguments)):
                    raise KeyUsed
                return _payment(earlier)
            made = tx.execute(
                "insert into payments (tool, account_id, minor, currency, key, arguments, revision) "
                "values (?, ?, ?, ?, ?, ?, ?) returning *",
                [
                    *(tool, account_id, amount["minor"], amount["currency"], key),
                    *(_text(arguments), _revision(tx, account_id)),
                ],
            )
            return _payment(made.fetchone())

    def revision(self, account_id: str) -> int:
        """How often the account has changed, from 1."""
        with self._reading() as tx:
            return _revision(tx, account_id)

    def change(self, account_id: str) -> None:
        """A stranger changes the account: it is closed from now on."""
        with self._writing() as tx:
            tx.execute(
                "insert into accounts values (?, 2) on conflict do update set revision = revision + 1", [account_id]
            )

    def cheat(self, account_id: str) -> None:
        """From now on a payment to this account is answered as if it were made, and is not."""
        with self._writing() as tx:
            tx.execute("insert or ignore into unpaid values (?)", [account_id])

    def cheats(self, account_id: str) -> bool:
        with self._reading() as tx:
            return tx.execute("select 1 from unpaid where account_id = ?", [account_id]).fetchone() is not None

    def drift(self, tool: str) -> None:
        """From now on the definition of this tool is another one, by a byte."""
        with self._writing() as tx:
            tx.execute("insert or ignore into drifted values (?)", [tool])

    def drifted(self) -> set[str]:
        """The tools whose definition is another one."""
        with self._reading() as tx:
            return {row["tool"] for row in tx.execute("select tool from drifted")}

    def found(self, *, account_id: str | None = None, key: str | None = None) -> Payment | None:
        """The newest payment of this account, or with this key."""
        with self._reading() as tx:
            row = tx.execute(
                "select * from payments where account_id = coalesce(?, account_id) and (? is null or key = ?) "
                "order by payment_id desc limit 1",
                [account_id, key, key],
            ).fetchone()
        return _payment(row) if row else None

    def payments(self) -> list[Payment]:
        """All of them, the oldest first."""
        with self._reading() as tx:
            return [_payment(row) for row in tx.execute("select * from payments order by payment_id")]

    def arrivals(self) -> int:
        """How many calls to pay have come, whatever became of them."""
        return len(self.called())

    def called(self) -> list[Arrival]:
        """Each call to pay, the oldest first."""
        with self._reading() as tx:
            rows = tx.execute("select arguments, at from arrivals order by n").fetchall()
        return [Arrival(json.loads(row["arguments"])["account_id"], datetime.fromisoformat(row["at"])) for row in rows]

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with self._reading() as tx:
            tx.execute("begin immediate")
            yield tx
            tx.execute("commit")

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)) as tx:
            tx.row_factory = sqlite3.Row
            tx.execute("pragma synchronous = normal")
            yield tx


def account_of(account_id: str, revision: int) -> dict[str, Any]:
    """An account as the ledger tells it: there for each id, with an amount that its id decides."""
    owed = 100 + sum((place + 1) * ord(sign) for place, sign in enumerate(account_id)) % 9000
    return {
        "account_id": account_id,
        "owed": {"minor": owed, "currency": "EUR"},
        "status": "open" if revision == 1 else "closed",
        "revision": revision,
    }


def _revision(tx: sqlite3.Connection, account_id: str) -> int:
    row = tx.execute("select revision from accounts where account_id = ?", [account_id]).fetchone()
    return row["revision"] if row else 1


def _payment(row: sqlite3.Row) -> Payment:
    values = dict(row)
    return Payment(**{**values, "arguments": json.loads(values["arguments"])})


def _text(arguments: Mapping[str, Any]) -> str:
    return canonical(dict(arguments)).decode()
