"""Workers: who does the thinking in a mission. Two kinds, one contract; neither has a way to a write."""

from typing import TYPE_CHECKING, Any

from missiondesk.decisions import Derived, FieldOf
from missiondesk.workers import conversation_store as conversation_store  # its table belongs to every database
from missiondesk.workers.moves import Ask, Conclude, HandOff, Move, Outcome, Propose, Wanted, in_plain_sight
from missiondesk.workers.past import Past, Receipt
from missiondesk.workers.procedure_worker import ProcedureWorker
from missiondesk.workers.workbench import Cited, Finding, SystemAway, Workbench
from missiondesk.workers.worker import Worker, WorkerFailed

if TYPE_CHECKING:
    from missiondesk.workers.model_worker import ModelWorker
    from missiondesk.workers.second_model import SecondModel

__all__ = [
    "Ask",
    "Cited",
    "Conclude",
    "Derived",
    "FieldOf",
    "Finding",
    "HandOff",
    "ModelWorker",
    "Move",
    "Outcome",
    "Past",
    "ProcedureWorker",
    "Propose",
    "Receipt",
    "SecondModel",
    "SystemAway",
    "Wanted",
    "Workbench",
    "Worker",
    "WorkerFailed",
    "in_plain_sight",
]


def __getattr__(name: str) -> Any:
    """What asks a model, at its first use: its libraries take a second to load, for those with a model alone."""
    if name == "ModelWorker":
        from missiondesk.workers.model_worker import ModelWorker

        return ModelWorker
    if name == "SecondModel":
        from missiondesk.workers.second_model import SecondModel

        return SecondModel
    raise AttributeError(name)
