"""One scenario: an installation connects a system, an admin agrees where it wants a sign-in, and each tool is called.

It ends well when that was done, whatever the server answered: the suite judges what came over the line.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2

from missiondesk.integrations import Connection, Connections, Declared, Keys, Vault
from missiondesk.integrations.mcp_client import Answer, Channel, Listing
from missiondesk.integrations.signing_in.authorizing import begin_authorization, finish_authorization
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Trouble
from missiondesk.kit.settings import Settings

PATIENCE = 10.0
OFTEN = 3  # times that an admin agrees
BACK = "http://localhost:3000/callback"
DOCUMENT = "https://conformance-test.local/client-metadata.json"  # the client document that the suite knows
WANTS_AN_ADMIN = "missiondesk connections authorize"
ADDENDS = {"a": 5, "b": 3}  # what the suite expects `add_numbers` to be called with
Found = TypeVar("Found")
JSON = dict[str, Any]


@dataclass
class Installation:
    """One that has nothing but this connection."""

    connections: Connections
    vault: Vault
    file: Connection
    secrets: dict[str, str]
    agreed: int = 0

    async def listing(self) -> Listing:
        """What the server offers. Raises `ConnectionError`."""

        async def asked(channel: Channel) -> tuple[Listing | None, str]:
            try:
                return await channel.definitions(), ""
            except ConnectionError as error:
                return None, str(error)

        found, why = await self._signed_in(asked)
        if found is None:
            raise ConnectionError(why)
        return found

    async def call(self, tool: str, arguments: JSON, listing: Listing) -> Answer:
        pin = listing.tools[tool].pin(self.file.id, listing.server)

        async def asked(channel: Channel) -> tuple[Answer, str]:
            answer = await channel.call(self.file.id, tool, arguments, pin=pin)
            return answer, answer.why or ""

        return (await self._signed_in(asked))[0]

    async def _signed_in(self, ask: Callable[[Channel], Awaitable[tuple[Found, str]]]) -> tuple[Found, str]:
        """Ask, and again each time that an admin has agreed to what was missing."""
        while True:
            channel = (await self.connections.ways.open(self.file, "read", self.secrets)).channel
            try:
                found, why = await ask(channel)
            finally:
                await channel.close()
            if WANTS_AN_ADMIN not in why or self.agreed == OFTEN:
                return found, why
            self.agreed += 1
            await self._agree()

    async def _agree(self) -> None:
        vault, secrets = self.vault, self.secrets
        url = await begin_authorization(
            self.file, "read", vault, secrets, BACK, by="exam", patience=PATIENCE, document=DOCUMENT
        )
        async with httpx2.AsyncClient(trust_env=False) as browser:
            shown = await browser.get(url)
        fields = parse_qs(urlsplit(shown.headers.get("location", "")).query)
        answer = {name: values[0] for name, values in fields.items()}
        await finish_authorization(self.file, "read", vault, secrets, answer, by="exam", patience=PATIENCE)


def connect(scenario: str, url: str, context: str) -> int:
    """The exit status: 1 when the connection could not be used."""
    try:
        asyncio.run(_connect(scenario, url, json.loads(context)))
    except (Trouble, ConnectionError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


async def _connect(scenario: str, url: str, context: JSON) -> None:
    settings = Settings.read()
    database = Database(settings.database_url or "", pool=2)
    vault = Vault(database, Keys.read(settings))
    connections = Connections(Declared(), patience=PATIENCE, database=database, vault=vault)
    here = Installation(connections, vault, _file(scenario, url, context), _secrets(context))
    try:
        await _use(here, context.get("toolCalls"))
    finally:
        await connections.close()
        await database.close()


async def _use(here: Installation, wanted: list[JSON] | None) -> None:
    """Call the tools of the scenario, or every one with what its schema requires."""
    listing = await here.listing()
    calls = wanted or [{"name": name, "arguments": _arguments(name, listing)} for name in listing.tools]
    for one in calls:
        if one["name"] in listing.tools:
            answer = await here.call(one["name"], one["arguments"], listing)
            sys.stdout.write(f"{one['name']}: {answer.kind} {answer.value} {answer.why or ''}\n")
        else:
            sys.stdout.write(f"{one['name']}: does not exist for us\n")


def _file(scenario: str, url: str, context: JSON) -> Connection:
    auth: JSON | None = None
    if scenario.startswith("auth/"):
        machine = scenario.startswith("auth/client-credentials")
        auth = {"kind": "client_credentials" if machine else "authorization_code"}
        auth |= {"client_id": context["client_id"]} if "client_id" in context else {}
        auth |= {"client_secret": "$CLIENT_SECRET"} if "client_secret" in context or machine else {}
    http = {"url": url, "allow_private": ["localhost", "127.0.0.1"]}  # the suite serves there
    told = {"id": f"c{uuid4().hex[:12]}", "title": "The server", "server": "", "http": http, "auth": auth}
    return Connection.model_validate(told)


def _secrets(context: JSON) -> dict[str, str]:
    return {"CLIENT_SECRET": context.get("client_secret", "none-is-given")}


def _arguments(tool: str, listing: Listing) -> JSON:
    if tool == "add_numbers":
        return dict(ADDENDS)
    if tool == "json_schema_echo":  # wants to see what we made of another tool's schema
        return {"schema": next(one.kept["inputSchema"] for name, one in listing.tools.items() if name != tool)}
    values: JSON = {"string": "x", "integer": 1, "number": 1, "boolean": True, "object": {}, "array": []}
    schema: JSON = listing.tools[tool].kept.get("inputSchema", {})
    properties = schema.get("properties", {})
    return {name: values.get(properties.get(name, {}).get("type"), "x") for name in schema.get("required", [])}
