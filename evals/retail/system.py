"""What an exam is about: tasks with gold actions, and the system of record that they are played on."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STATE_KEY = "state_key"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a tool of the system. `error`: it refuses with this sentence."""

    tool: str
    arguments: Mapping[str, Any]
    error: str | None = None

    @property
    def bytes(self) -> bytes:
        """The call in one way of writing it; the key of the task's own records is left out, as the server does."""
        own = {name: value for name, value in self.arguments.items() if name != STATE_KEY}
        return json.dumps([self.tool, own], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def __str__(self) -> str:
        """The tool and the first thing it is about."""
        return " ".join([self.tool, *(value for value in self.arguments.values() if isinstance(value, str))][:2])


@dataclass(frozen=True, slots=True)
class Task:
    """`key` is where the server keeps the task's own copy of its records.

    `must_tell` has to stand in the reply; `defect` is what is wrong with the data.
    """

    id: str
    key: str
    user_id: str
    message: str
    reads: tuple[Call, ...]
    writes: tuple[Call, ...]
    hands_off: bool
    initial_hash: str
    final_hash: str
    must_tell: tuple[str, ...] = ()
    defect: str | None = None

    @property
    def changes(self) -> bool:
        """Whether anything is otherwise at the end."""
        return self.final_hash != self.initial_hash


@dataclass(frozen=True, slots=True)
class System:
    """A system of record behind a stdio server of tau2, and the installation's folder made for it.

    `id` is the connection and the portal; `hash_of` makes one word of the state that it keeps; `look` is the read of
    what a write changes; `aside` are reads that are counted by themselves.
    """

    id: str
    package: str
    program: str
    company: Path
    writes: frozenset[str]
    hash_of: Callable[[Mapping[str, Any]], str]
    look: Callable[[Call], Call]
    aside: Mapping[str, frozenset[str]]

    @property
    def setting(self) -> str:
        """The variable that its file names as the command; the one for its folder begins so too."""
        return self.program.upper().replace("-", "_")

    @property
    def installed(self) -> str | None:
        """Where its server is; `None` if it is not installed."""
        beside = Path(sys.executable).with_name(self.program)
        return str(beside) if beside.exists() else shutil.which(self.program)
