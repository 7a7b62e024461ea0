"""What a change is about: for each kind, what stands now, whether a content can be, and what adopting it does."""

from collections.abc import Mapping
from typing import Protocol

from missiondesk.changes import of_connection, of_policy, of_role
from missiondesk.changes.lifecycle import JSON, Change, Kind, Standing
from missiondesk.kit.database import Transaction


class Matter(Protocol):
    async def standing(self, tx: Transaction, subject: str) -> Standing:
        """What stands now."""
        ...

    async def check(self, tx: Transaction, subject: str, content: JSON) -> None:
        """Raises `Invalid` or `Refused` for what must not stand, saying what now."""
        ...

    async def adopt(self, tx: Transaction, adopted: Change, by: str) -> None:
        """Make it stand, in this transaction."""
        ...


MATTERS: Mapping[Kind, Matter] = {"policy": of_policy, "connection": of_connection, "role": of_role}


async def standing_of(tx: Transaction, kind: Kind, subject: str) -> Standing:
    """What stands now of a thing that can be changed."""
    return await MATTERS[kind].standing(tx, subject)
