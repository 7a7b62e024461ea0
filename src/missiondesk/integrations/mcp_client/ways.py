"""What the two ways to a server have in common."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from missiondesk.integrations.mcp_client.held import Held


class Way(Protocol):
    """Over HTTP, or to a command."""

    def session(self) -> AbstractAsyncContextManager[Held]:
        """A session to ask in. Raises `ConnectionError` with a sentence when there is none."""
        ...

    def forget(self) -> bool:
        """Learn again how the server wants to be spoken to. False: it would change nothing."""
        ...

    async def close(self) -> None: ...
