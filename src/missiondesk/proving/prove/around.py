"""What a run can take away under everybody, and bring back: the database, the ledger, the network between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from missiondesk.proving.prove.schedule import Blow
from missiondesk.proving.sandbox import Served


@dataclass(frozen=True, slots=True)
class Around:
    """`restart` stops the database, as in a power cut or not, and brings it back; `None` where it is not ours.

    One is away at a time: the chaos server, which asks the ledger when it starts, would not come back without it.
    """

    restart: Callable[[bool], None] | None
    ledger: Served
    chaos: Served | None
    one_at_a_time: Lock = field(default_factory=Lock)

    def of(self, blow: Blow) -> Callable[[], None] | None:
        """What this blow does; `None` where that is not there."""
        take_away = self._what(blow)
        if take_away is None:
            return None

        def alone() -> None:
            with self.one_at_a_time:
                take_away()

        return alone

    def _what(self, blow: Blow) -> Callable[[], None] | None:
        match blow.kind:
            case "restart" if (restart := self.restart) is not None:
                return lambda: restart(blow.hard)
            case "ledger":
                return self.ledger.again
            case "chaos" if self.chaos is not None:
                return self.chaos.again
            case _:
                return None
