"""What the two ways to a server have in common."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from missiondesk.integrations.mcp_client.asking_again import Exchange
from missiondesk.integrations.mcp_client.held import Held


class Way(Protocol):
    """Over HTTP, or to a command."""

    def session(self) -> AbstractAsyncContextManager[Held]:
        """A session to ask in. Raises `ConnectionError` with a sentence when there is none."""
        ...

    async def lists_the_same(self) -> bool | None:
        """Ask for the remembered listing again: whether the answer is as it was. `None`: it cannot be told this way."""
        ...

    def remember(self, exchange: Exchange | None) -> None:
        """The listing that may be asked for again from now on, if any."""
        ...

    def forget(self) -> bool:
        """Learn again how the server wants to be spoken to. False: it would change nothing."""
        ...

    async def close(self) -> None: ...
