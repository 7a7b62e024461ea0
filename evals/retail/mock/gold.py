"""The tasks of the mock domain. What they must end in is found by playing them on the server itself, elsewhere."""

import hashlib
import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.retail.record import Records
from evals.retail.system import STATE_KEY, Call, System, Task

_WRITES = ("create_task", "update_task_status")


def mock() -> System:
    return System(
        id="mock",
        package="tau2-mock-mcp-eval",
        program="tau2-mock-mcp",
        company=Path(__file__).with_name("company"),
        writes=frozenset(_WRITES),
        hash_of=_hash_of,
        look=lambda write: Call("get_users", {}),
        aside={},
    )


def tasks() -> dict[str, Task]:
    """All tasks with a gold action, or with an assertion that says which one it is."""
    said = json.loads((resources.files("tau2_mock_mcp") / "data/tasks.json").read_text(encoding="utf-8"))
    return {one["id"]: _task(one["id"], one, actions) for one in said if (actions := _actions(one))}


def _task(name: str, one: Mapping[str, Any], actions: Sequence[Call]) -> Task:
    writes = tuple(call for call in actions if call.tool in _WRITES)
    key = f"tau2/mock/{name}"  # the server sets up the task's own beginning for it
    return Task(
        id=name,
        key=key,
        user_id="user_1",
        message=one.get("ticket") or one["user_scenario"]["instructions"],
        reads=(),
        writes=writes,
        hands_off=len(writes) < len(actions),
        initial_hash=_played(key, ()),
        final_hash=_played(key, writes),
    )


def _actions(one: Mapping[str, Any]) -> list[Call]:
    criteria = one["evaluation_criteria"]
    asserted = [
        Call(
            "update_task_status",
            {"task_id": said["arguments"]["task_id"], "status": said["arguments"]["expected_status"]},
        )
        for said in criteria.get("env_assertions", ())
        if said["func_name"] == "assert_task_status"
    ]
    return [Call(action["name"], action["arguments"]) for action in criteria.get("actions", ())] or asserted


def _hash_of(state: Mapping[str, Any]) -> str:
    kept = {table: state[table] for table in ("tasks", "users", "notifications")}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def _played(key: str, writes: Sequence[Call]) -> str:
    """The hash after `writes`, on the server itself with a folder of its own."""
    system = mock()
    calls = [Call("get_users", {}), *writes]
    messages = [
        {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"protocolVersion": "2025-06-18"}},
        *(
            {
                "jsonrpc": "2.0",
                "id": number,
                "method": "tools/call",
                "params": {"name": call.tool, "arguments": {**call.arguments, STATE_KEY: key}},
            }
            for number, call in enumerate(calls, start=1)
        ),
    ]
    with TemporaryDirectory(prefix="missiondesk-gold-") as folder:
        subprocess.run(
            [system.installed or system.program],
            input="".join(json.dumps(message) + "\n" for message in messages),
            env={**os.environ, f"{system.setting}_STATE_DIR": folder},
            text=True,
            capture_output=True,
            check=True,
            timeout=30,
        )
        return Records(system, Path(folder)).hash_at(key) or ""
