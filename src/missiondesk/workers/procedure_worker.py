"""The procedure worker: the brief's `procedure.py`, which follows fixed steps and says so. It needs no model.

`procedure.py` is the operator's own code, reviewed like code. It is handed the same workbench as a model, no way to a
write; it is no sandbox. A mission runs the text that was published with its version of the brief.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from missiondesk.briefs import Brief
from missiondesk.kit.errors import Misconfigured
from missiondesk.workers.moves import HandOff, Move
from missiondesk.workers.workbench import Workbench

Procedure = Callable[[Workbench], Awaitable[Move]]


class ProcedureWorker:
    """Asks `next_move(desk)` of the brief's procedure for the next move."""

    def __init__(self, brief: Brief) -> None:
        self.name = f"procedure {brief.label}"
        self._procedure = load_procedure(brief)

    async def next_move(self, desk: Workbench) -> Move:
        await desk.think(f"I follow the fixed procedure of {desk.brief.label}; no model is involved.", worker=self.name)
        if desk.last is not None and desk.last.closed == "responded":
            return HandOff(
                f"{desk.last.by} sent it back, and a fixed procedure cannot follow words: {desk.last.reason}"
            )
        return await self._procedure(desk)


def load_procedure(brief: Brief) -> Procedure:
    """Raises `Misconfigured` for a brief without a procedure, or one without `async def next_move(desk)`."""
    if brief.procedure is None:
        raise Misconfigured(f"The brief {brief.name} has no procedure.py, and no model is configured.")
    where = f"{brief.label}/procedure.py"
    names: dict[str, Any] = {"__name__": f"procedure of {brief.label}", "__file__": where}
    try:
        exec(compile(brief.procedure, where, "exec"), names)  # the operator's own code, published with the brief
    except (SyntaxError, ImportError, NameError) as error:
        raise Misconfigured(f"{where}: {error}") from error
    if not callable(names.get("next_move")):
        raise Misconfigured(f"{where}: needs `async def next_move(desk)`.")
    return cast(Procedure, names["next_move"])
