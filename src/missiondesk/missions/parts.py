"""What missions are given to work with: one installation, loaded once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from missiondesk.briefs import Brief
from missiondesk.decisions import Policies
from missiondesk.effects import Executor
from missiondesk.integrations import Connections
from missiondesk.kit.database import Database
from missiondesk.missions.pace import Pace
from missiondesk.portals import Portal
from missiondesk.workers import Worker


@dataclass(frozen=True, slots=True)
class Parts:
    """`briefs` are the newest versions; `worker_for` gives the worker of a brief."""

    database: Database
    company: Path
    portals: dict[str, Portal]
    briefs: Sequence[Brief]
    policy: Policies
    connections: Connections
    executor: Executor
    worker_for: Callable[[Brief], Worker]
    pace: Pace = Pace()
