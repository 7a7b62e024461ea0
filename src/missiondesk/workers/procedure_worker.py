"""The procedure worker: the brief's `procedure.py`, which follows fixed steps and says so. It needs no model.

`procedure.py` is the operator's own code, reviewed like code. It is handed the same workbench as a model, no way to a
write; it is no sandbox.
"""

import importlib.util
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import cast

from missiondesk.briefs import Brief
from missiondesk.kit.errors import Misconfigured
from missiondesk.workers.moves import Move
from missiondesk.workers.workbench import Workbench

Procedure = Callable[[Workbench], Awaitable[Move]]


class ProcedureWorker:
    """Asks `next_move(desk)` of the brief's procedure for the next move."""

    def __init__(self, brief: Brief) -> None:
        if brief.procedure is None:
            raise Misconfigured(f"The brief {brief.name} has no procedure.py, and no model is configured.")
        self.name = f"procedure {brief.label}"
        self._procedure = load_procedure(brief.procedure)

    async def next_move(self, desk: Workbench) -> Move:
        await desk.think(f"I follow the fixed procedure of {desk.brief.label}; no model is involved.", worker=self.name)
        return await self._procedure(desk)


def load_procedure(path: Path) -> Procedure:
    """Raises `Misconfigured` for a file without `async def next_move(desk)`."""
    spec = importlib.util.spec_from_file_location(f"procedure_{path.parent.name.replace('-', '_')}", path)
    if spec is None or spec.loader is None:
        raise Misconfigured(f"{path}: cannot be loaded.")
    module: ModuleType = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, ImportError, NameError) as error:
        raise Misconfigured(f"{path}: {error}") from error
    found = getattr(module, "next_move", None)
    if not callable(found):
        raise Misconfigured(f"{path}: needs `async def next_move(desk)`.")
    return cast(Procedure, found)
