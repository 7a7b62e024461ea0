"""What a run can take away under everybody, and bring back: the database, the ledger, the network between."""

from collections.abc import Callable
from dataclasses import dataclass

from missiondesk.proving.prove.schedule import Blow
from missiondesk.proving.sandbox import Served


@dataclass(frozen=True, slots=True)
class Around:
    """`restart` stops the database, as in a power cut or not, and brings it back; `None` where it is not ours."""

    restart: Callable[[bool], None] | None
    ledger: Served
    chaos: Served | None

    def of(self, blow: Blow) -> Callable[[], None] | None:
        """What this blow does; `None` where that is not there."""
        match blow.kind:
            case "restart" if (restart := self.restart) is not None:
                return lambda: restart(blow.hard)
            case "ledger":
                return self.ledger.again
            case "chaos" if self.chaos is not None:
                return self.chaos.again
            case _:
                return None
