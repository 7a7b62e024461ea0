"""A system's book: its database file, opened for each call, in which each call is written down."""

import json
import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, TypeAdapter, ValidationError

from missiondesk_demo.systems.fields import Key

KEY_IN_META = "io.missiondesk/idempotency-key"

_PATIENCE = 10  # seconds to wait for another writer
_KEY: TypeAdapter[str] = TypeAdapter(Key)

Answer = TypeVar("Answer", bound=BaseModel)


class Refused(ToolError):
    """The system says no; the caller reads `code: sentence`, and nothing was changed."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")


class Unavailable(Refused):
    """The file could not be opened, so that not even the call can be written down."""


@dataclass(frozen=True, slots=True)
class Book:
    """The database file of one system. It may be replaced, or changed by hand, between two calls."""

    path: Path

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """One write transaction on a connection of its own; an error inside leaves the file as it was."""
        with closing(self._open()) as tx:
            yield tx
            tx.execute("commit")

    def _open(self) -> sqlite3.Connection:
        try:
            # mode=rw: a missing file is an error, never a fresh empty one
            tx = sqlite3.connect(f"{self.path.as_uri()}?mode=rw", uri=True, timeout=_PATIENCE, isolation_level=None)
            tx.row_factory = sqlite3.Row
            tx.execute("pragma synchronous = normal")
            tx.execute("begin immediate")
        except sqlite3.DatabaseError as error:
            raise Unavailable("unavailable", "the records cannot be opened at the moment") from error
        return tx


Asked = Context[Book, Any]


@dataclass(slots=True)
class Call:
    """One call while it is being answered: its transaction, and what it asks for."""

    tx: sqlite3.Connection
    tool: str
    arguments: Mapping[str, object]
    key: str | None
    detail: str | None = None

    def once(self, answer: type[Answer], do: Callable[[], Answer]) -> Answer:
        """What `do` answers; for a key that was used before, what it answered then, without a second effect.

        Raises `Refused` (`idempotency_conflict`) when the key was used for something else.
        """
        if self.key is None:
            return do()
        asked = _canonical({name: value for name, value in self.arguments.items() if name != "idempotency_key"})
        row = self.tx.execute("select tool, arguments, answer from keys where key = ?", [self.key]).fetchone()
        if row is None:
            made = do()
            self.tx.execute(
                "insert into keys values (?, ?, ?, ?)", [self.key, self.tool, asked, made.model_dump_json()]
            )
            return made
        if (row["tool"], row["arguments"]) != (self.tool, asked):
            raise key_conflict()
        self.detail = "replayed"
        return answer.model_validate_json(row["answer"])


@contextmanager
def recorded(asked: Asked, idempotency_key: str | None = None) -> Generator[Call]:
    """The call's transaction; what it changes and its record are committed together."""
    tool, arguments = _asked_for(asked)
    key = _key(idempotency_key, _in_meta(asked))
    with asked.request_context.lifespan_context.transaction() as tx:
        call = Call(tx, tool, arguments, key)
        yield call
        _record(tx, tool, arguments, key, "ok", call.detail)


def record_refusal(asked: Asked, sentence: str) -> None:
    """Write down a call that was refused, with the words that it was refused with."""
    tool, arguments = _asked_for(asked)
    sent = [key for key in (arguments.get("idempotency_key"), _in_meta(asked)) if isinstance(key, str)]
    with asked.request_context.lifespan_context.transaction() as tx:
        _record(tx, tool, arguments, sent[0] if sent else None, "refused", sentence)


def key_conflict() -> Refused:
    return Refused("idempotency_conflict", "this key was used for something else")


def now() -> str:
    """The time as the systems write it: UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _asked_for(asked: Asked) -> tuple[str, Mapping[str, object]]:
    params = asked.request_context.params or {}
    return str(params.get("name")), params.get("arguments") or {}


def _in_meta(asked: Asked) -> object:
    return dict(asked.request_context.meta or {}).get(KEY_IN_META)


def _key(argument: str | None, in_meta: object) -> str | None:
    if in_meta is None:
        return argument
    try:
        key = _KEY.validate_python(in_meta)
    except ValidationError as error:
        raise Refused("bad_input", f"_meta {KEY_IN_META}: must be 1 to 200 visible ASCII characters") from error
    if argument not in (None, key):
        raise Refused("bad_input", "the idempotency keys in the arguments and in _meta differ")
    return key


def _record(
    tx: sqlite3.Connection,
    tool: str,
    arguments: Mapping[str, object],
    key: str | None,
    outcome: str,
    detail: str | None,
) -> None:
    tx.execute(
        "insert into calls (at, tool, arguments, key, outcome, detail) values (?, ?, ?, ?, ?, ?)",
        [now(), _storable(tool), _canonical(arguments), None if key is None else _storable(key), outcome, detail],
    )


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be stored
