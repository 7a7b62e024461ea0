"""A connection that signs in by OAuth, the vault behind it, and what an admin's browser does."""

import base64
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client import Channel
from missiondesk.integrations.secrets.keys import Keys, Side
from missiondesk.integrations.secrets.vault import Vault
from missiondesk.integrations.signing_in.authorizing import auth_for, begin_authorization, finish_authorization
from missiondesk.integrations.signing_in.credentials import Credential
from missiondesk.kit.database import Database
from missiondesk.kit.settings import Settings
from tests.support.authority import MACHINE, MACHINE_SECRET, Authority
from tests.support.postgres import Cloned

BACK = "http://127.0.0.1:9/callback"
KEY = base64.b64encode(b"k" * 32).decode()
AGREED: dict[str, Any] = {"kind": "authorization_code"}
PROGRAM: dict[str, Any] = {"kind": "client_credentials", "client_id": MACHINE, "client_secret": "$ORDERS_SECRET"}
SECRETS = {"ORDERS_SECRET": MACHINE_SECRET}


def connection(one: Authority, auth: dict[str, Any] = AGREED, **more: Any) -> Connection:
    """The connection `orders`; both servers of the test may be reached."""
    told: dict[str, Any] = {"id": "orders", "title": "Orders", "server": "orders", "auth": auth, **more}
    return Connection.model_validate({"http": {"url": one.mcp_url, "allow_private": ["127.0.0.1"]}, **told})


@dataclass
class Desk:
    """One process: its own pool, its own memory, the same database."""

    vault: Vault
    file: Connection

    async def begins(self, *, by: str = "ana", side: Side = "read", back: str = BACK, **more: Any) -> str:
        return await begin_authorization(self.file, side, self.vault, SECRETS, back, by=by, patience=5, **more)

    async def finishes(self, answer: Mapping[str, str], *, by: str = "ana", side: Side = "read") -> None:
        await finish_authorization(self.file, side, self.vault, SECRETS, answer, by=by, patience=5)

    async def signs_in(self, one: Authority) -> None:
        """An admin agrees."""
        await self.finishes(one.agree(await self.begins()))

    async def credential(self, side: Side = "read") -> Credential:
        found = await auth_for(self.file, side, self.vault, SECRETS, patience=5)
        assert found is not None
        return found

    async def asks(self, credential: Credential | None = None, url: str | None = None) -> httpx2.Response:
        """One request to the MCP server, with a credential that remembers nothing unless it is handed in."""
        assert self.file.http is not None
        hello = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        accept = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25"}
        async with httpx2.AsyncClient(trust_env=False, timeout=20) as client:
            auth = credential or await self.credential()
            return await client.post(url or self.file.http.url, json=hello, headers=accept, auth=auth)

    @asynccontextmanager
    async def channel(self) -> AsyncGenerator[Channel]:
        assert self.file.http is not None
        allowed = self.file.http.allow_private
        channel = Channel(url=self.file.http.url, auth=await self.credential(), allow_private=allowed, patience=5)
        try:
            yield channel
        finally:
            await channel.close()


@asynccontextmanager
async def desk(database: Cloned, file: Connection, *, key: str = KEY) -> AsyncGenerator[Desk]:
    settings = Settings.read({"DATABASE_URL": database.url, "MISSIONDESK_SECRET_KEY": key})
    opened = Database(database.url)
    try:
        yield Desk(Vault(opened, Keys.read(settings)), file)
    finally:
        await opened.close()
