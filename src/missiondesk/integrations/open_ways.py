"""The open ways to servers of one process: reads share one to each system, an effect opens one of its own.

Whatever leaves a way was looked through for the credentials that we use on it: a server may repeat them anywhere.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2

from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client import Answer, Channel, Listing
from missiondesk.integrations.openapi import runnable
from missiondesk.integrations.secrets.hiding import scrubbed
from missiondesk.integrations.secrets.vault import Side, Vault
from missiondesk.integrations.signing_in.authorizing import auth_for
from missiondesk.integrations.signing_in.credentials import Credential
from missiondesk.integrations.way import filled_in
from missiondesk.kit.errors import Misconfigured

_LONG = 12  # characters: a shorter value whose name says nothing of a secret may be an ordinary word
_IS_SECRET = re.compile("TOKEN|KEY|SECRET|PASS|AUTH|CREDENTIAL")


@dataclass(frozen=True, slots=True)
class Way:
    """An open way to a server, and what is secret on it."""

    channel: Channel
    secrets: Mapping[str, str] = field(repr=False)
    credential: Credential | None = field(default=None, repr=False)

    def safe(self, answer: Answer) -> Answer:
        """A server that repeats a credential in its answer gets it no further than here."""
        return replace(
            answer,
            value=self._without_secrets(answer.value),
            why=self._without_secrets(answer.why),
            live=self._definition(answer.live) if answer.live is not None else None,
            detail=self._without_secrets(answer.detail),
        )

    async def listing(self) -> Listing:
        """What the server says of itself and its tools now. Raises `ConnectionError` with a sentence."""
        try:
            found = await self.channel.definitions()
        except ConnectionError as error:
            raise ConnectionError(self._without_secrets(str(error))) from None  # its cause may hold what we hide
        for name, one in {"": Definition({"name": found.server}), **found.tools}.items():
            if self._definition(one).told != one.told:  # a definition is pinned as it is, or not at all
                where = f"the definition of its tool {self._without_secrets(name)}" if name else "its own name"
                raise ConnectionError(f"It writes one of our credentials into {where}, so nothing of it is kept.")
        return found

    def _definition(self, one: Definition) -> Definition:
        return Definition(self._without_secrets(one.told))

    def _without_secrets(self, value: Any) -> Any:
        used = self.credential.values if self.credential is not None else ()
        named = [one for name, one in self.secrets.items() if len(one) >= _LONG or _IS_SECRET.search(name)]
        return scrubbed(value, [*used, *named])


@dataclass(slots=True)
class _Shared:
    """A way that reads share, good while file and secrets are these. `looked`: at which version they were compared."""

    file: Connection
    way: Way
    looked: int
    described: int
    users: int = 0
    over: bool = False

    def serves(self, file: Connection, secrets: Mapping[str, str], described: int) -> bool:
        return (self.file.way, self.way.secrets, self.described) == (file.way, secrets, described)


class OpenWays:
    """`patience` is seconds for one call; `folder` is where a command's own files are looked for."""

    def __init__(self, *, patience: float, vault: Vault | None, folder: Path | None) -> None:
        self._patience = patience
        self._vault = vault
        self._folder = folder
        self._shared: dict[str, _Shared] = {}
        self._closing: set[asyncio.Task[None]] = set()

    def patience_of(self, file: Connection) -> float:
        """Seconds for one call."""
        return file.patience or self._patience

    async def open(self, file: Connection, side: Side, secrets: Mapping[str, str]) -> Way:
        """A way of one's own, signed in with `secrets`; the caller closes its channel. Raises `Misconfigured`."""
        patience = self.patience_of(file)
        if file.stdio is not None:
            env = file.stdio.env | (file.stdio.write_env if side == "write" else {})
            channel = Channel(
                command=[filled_in(part, secrets) for part in runnable(file.stdio.command, self._folder)],
                env={name: filled_in(value, secrets) for name, value in env.items()},
                patience=patience,
            )
            return Way(channel, secrets)
        assert file.http is not None
        url = filled_in(file.http.url, secrets)
        try:
            httpx2.URL(url)
        except (httpx2.InvalidURL, UnicodeError) as wrong:
            raise Misconfigured(f"{file.id}: {file.http.url} is filled with what is no address.") from wrong
        credential = await auth_for(file, side, self._vault, secrets, patience=patience)
        headers = {name: filled_in(value, secrets) for name, value in file.http.headers.items()}
        for name, value in headers.items():
            if not (value.isascii() and value.isprintable()):
                raise Misconfigured(f"{file.id}: the header {name} has characters that cannot travel in a header.")
        channel = Channel(
            url=url,
            headers=headers,
            auth=credential,
            allow_private=file.http.allow_private,
            patience=patience,
        )
        return Way(channel, secrets, credential)

    @asynccontextmanager
    async def own(self, file: Connection, side: Side, secrets: Mapping[str, str]) -> AsyncGenerator[Way]:
        """The same, closed at the end."""
        way = await self.open(file, side, secrets)
        try:
            yield way
        finally:
            await way.channel.close()

    @asynccontextmanager
    async def lent(self, file: Connection, secrets: Mapping[str, str], version: int) -> AsyncGenerator[Way]:
        """The way that reads share. One that is out of date serves those who use it to their end, and nobody else."""
        shared = await self._one(file, secrets, version)
        shared.users += 1
        try:
            yield shared.way
        finally:
            shared.users -= 1
            if shared.over and not shared.users:
                await shared.way.channel.close()

    def secrets_at(self, connection_id: str, version: int) -> Mapping[str, str] | None:
        """The secrets of a shared way that was compared at this very version; `None`: compare it."""
        shared = self._shared.get(connection_id)
        return shared.way.secrets if shared is not None and shared.looked == version else None

    async def _one(self, file: Connection, secrets: Mapping[str, str], version: int) -> _Shared:
        if (shared := self._good(file, secrets, version)) is not None:
            return shared
        way = await self.open(file, "read", secrets)
        if (shared := self._good(file, secrets, version)) is not None:  # somebody else opened one meanwhile
            await way.channel.close()
            return shared
        self.leave(file.id)
        mine = self._shared[file.id] = _Shared(file, way, version, self._described(file))
        return mine

    def _good(self, file: Connection, secrets: Mapping[str, str], version: int) -> _Shared | None:
        shared = self._shared.get(file.id)
        if shared is None or not shared.serves(file, secrets, self._described(file)):
            return None
        shared.looked = version
        return shared

    def _described(self, file: Connection) -> int:
        """When the API description beside a connection's file was written last, if there is one: nanoseconds."""
        path = self._folder / f"{file.id}.openapi.json" if self._folder is not None else None
        return path.stat().st_mtime_ns if path is not None and path.exists() else 0

    def leave(self, connection_id: str) -> None:
        """Nobody else is lent the way to this server; it is closed when the last one who uses it is done."""
        shared = self._shared.pop(connection_id, None)
        if shared is None:
            return
        shared.over = True
        if not shared.users:
            task = asyncio.create_task(shared.way.channel.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def leave_all_but(self, connection_ids: Mapping[str, Any]) -> None:
        for name in self._shared.keys() - connection_ids.keys():
            self.leave(name)

    async def close(self) -> None:
        for shared in self._shared.values():
            await shared.way.channel.close()
        self._shared.clear()
        if self._closing:
            await asyncio.wait(self._closing)
