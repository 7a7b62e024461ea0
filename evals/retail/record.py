"""The system of record, looked at from the side: its state file, never its tools."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.retail.system import Call, System, Task


@dataclass(frozen=True, slots=True)
class Records:
    """`folder` is the state directory of the system's server."""

    system: System
    folder: Path

    def hash_of(self, task: Task) -> str:
        """The hash of the task's records; where the server was never asked, they are as shipped."""
        return self.hash_at(task.key) or task.initial_hash

    def hash_at(self, key: str) -> str | None:
        """The same under `key`; `None` where nothing is."""
        held = self._held(key)
        return None if held is None else self.system.hash_of(held)

    def calls(self, task: Task) -> list[Call]:
        """All that the server was ever asked in the task, in order, each with its refusal."""
        return [_call(one) for one in (self._held(task.key) or {"calls": []})["calls"]]

    def _held(self, key: str) -> dict[str, Any] | None:
        file = self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _call(one: dict[str, Any]) -> Call:
    asked, said = one["tau2_tool_call"], one["tau2_tool_message"]
    # one of the servers notes an argument that it was not given as null
    given = {name: value for name, value in asked["arguments"].items() if value is not None}
    return Call(asked["name"], given, said["content"] if said["error"] else None)
