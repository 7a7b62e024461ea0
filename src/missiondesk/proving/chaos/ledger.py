"""What was really done, a line of JSON each, written before anybody sees the fault. No clock: two runs can be compared.

The lines are also the memory: a call's number goes on where the file stops, also after a restart, and also when several
chaos servers write into one file.
"""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from missiondesk.kit.canonical import digest
from missiondesk.kit.errors import Misconfigured
from missiondesk.proving.chaos.plan import Fault, Injection

KEY = "io.missiondesk/idempotency-key"
End = Literal[
    "ok",
    "refused",  # the tool said no
    "input-required",
    "error",  # an error of the protocol
    "no-answer",  # it was sent, and the wrapped server may have acted
    "not-reached",  # it was not sent
]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one delivery ended as at the wrapped server; `result` is the digest of what it answered."""

    end: End
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A call that is in the ledger, and what will happen to it."""

    number: int
    nth: int
    injection: Injection | None


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the ledger tells it. `delivered` is `None` while nobody knows: the chaos server ended before."""

    number: int
    tool: str
    nth: int
    key: str | None
    arguments: str
    planned: Fault | None
    injected: Fault | None = None
    delivered: int | None = None
    answers: tuple[Delivered, ...] = ()


class Ledger:
    """Without a path it only counts. Raises `Misconfigured` for a file that is none of ours or cannot be written."""

    def __init__(self, path: Path | None = None) -> None:
        self._count = 0
        self._of_tool = Counter[str]()
        self._read = 0  # bytes
        self._path = path
        self._file: int | None = None
        if path is not None:
            try:
                self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
            except OSError as error:
                raise Misconfigured(f"{path}: the ledger cannot be written: {error.strerror}.") from error
            with self._alone():
                pass

    def come(self, tool: str) -> int:
        """How many calls of this tool there were."""
        return self._of_tool[tool]

    def begin(
        self,
        tool: str,
        arguments: Mapping[str, Any],
        meta: Mapping[str, Any],
        injection_of: Callable[[int], Injection | None],
    ) -> Entry:
        """A call has come, and is in the ledger before anything is done with it."""
        with self._alone():
            nth = self._of_tool[tool] + 1
            entry = Entry(self._count + 1, nth, injection_of(nth))
            told = {"call": entry.number, "tool": tool, "nth": nth, "key": key_of(arguments, meta)}
            fault = entry.injection.fault if entry.injection else None
            self._write({**told, "arguments": digest_of(arguments), "planned": fault})
            self._heard({"call": entry.number, "tool": tool})
        return entry

    def end(self, entry: Entry, injected: Fault | None, answers: Sequence[Delivered]) -> None:
        """Delivered as often as it will be; the fault, if any, comes after this."""
        delivered = sum(one.end != "not-reached" for one in answers)
        told = [{"end": one.end, "result": one.result} for one in answers]
        with self._alone():
            self._write({"call": entry.number, "injected": injected, "delivered": delivered, "answers": told})

    @contextmanager
    def _alone(self) -> Generator[None]:
        """No other process writes meanwhile, and what others wrote is known."""
        if self._file is None:
            yield
            return
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            self._catch_up(self._file)
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _catch_up(self, file: int) -> None:
        size = os.fstat(file).st_size
        if size <= self._read:
            return
        text = os.pread(file, size - self._read, self._read)
        if not text.endswith(b"\n"):
            raise Misconfigured(f"{self._path}: is no ledger, or its last line is not whole. Take another file.")
        for line in text.splitlines():
            self._heard(_line(line, self._path))
        self._read = size

    def _heard(self, line: Mapping[str, Any]) -> None:
        if "tool" in line:
            self._count += 1
            self._of_tool[line["tool"]] += 1

    def _write(self, told: Mapping[str, Any]) -> None:
        if self._file is not None:
            self._read += os.write(self._file, json.dumps(told).encode() + b"\n")  # in one piece


def read_ledger(path: Path) -> list[Call]:
    """All calls in their order. Raises `Misconfigured`."""
    calls: dict[int, dict[str, Any]] = {}
    for line in path.read_bytes().splitlines():
        told = _line(line, path)
        calls.setdefault(told["call"], {}).update(told)
    return [_call(one) for one in calls.values()]


def key_of(arguments: Mapping[str, Any], meta: Mapping[str, Any]) -> str | None:
    """The idempotency key, from `_meta` or from the argument of that name."""
    named = (value for name, value in arguments.items() if name.lower().replace("_", "") == "idempotencykey")
    key = meta.get(KEY) or next(named, None)
    return key if isinstance(key, str) else None


def digest_of(value: Any) -> str:
    """As Missiondesk digests it, so that books can be compared; also of what has no canonical bytes."""
    try:
        return digest(value)
    except (ValueError, TypeError):
        return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _line(line: bytes, path: Path | None) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(line)
        return {"call": told["call"], **told}
    except (ValueError, TypeError, KeyError):
        raise Misconfigured(f"{path}: is no ledger of a chaos server. Take another file.") from None


def _call(told: dict[str, Any]) -> Call:
    answers = tuple(Delivered(**one) for one in told.pop("answers", ()))
    return Call(number=told.pop("call"), answers=answers, **told)
