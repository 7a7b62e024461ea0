"""The connections of a process: what is declared now, and the way to each server. Reads only; effects have their own.

The rows in the database say what is true (`store.py`); a process looks again whenever they have moved.
"""

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from missiondesk.ids import ConnectionId
from missiondesk.integrations.authorizing import auth_for
from missiondesk.integrations.breaker import Breaker, ConnectionPaused
from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.known import Declared, Known
from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client import Answer, Channel, Listing, Progress
from missiondesk.integrations.openapi import runnable
from missiondesk.integrations.ownership import belonging
from missiondesk.integrations.redaction import redacted
from missiondesk.integrations.store import declared, set_health, take_away, version_of
from missiondesk.integrations.vault import Side, Vault, scrubbed
from missiondesk.integrations.way import filled_in
from missiondesk.kit.canonical import canonical
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Misconfigured

LARGEST_RESULT = 200_000  # bytes of one result, where the manifest sets no limit
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """How one call travels: the W3C trace it belongs to, and who hears of its progress."""

    traceparent: str | None = None
    progress: Callable[[Progress], None] | None = None


@dataclass(slots=True)
class _Open:
    """An open way to a server, good while file and secrets are these. `looked`: at which version they were compared."""

    file: Connection
    secrets: dict[str, str]
    channel: Channel
    looked: int


class Connections:
    """Without a database it knows what it was given, for commands and tests that need no more.

    `patience` is seconds for one call; `folder` is where a command's own files are looked for.
    """

    def __init__(
        self,
        now: Declared,
        *,
        patience: float,
        database: Database | None = None,
        vault: Vault | None = None,
        folder: Path | None = None,
    ) -> None:
        self._folder = folder
        self._patience = patience
        self.database = database
        self.vault = vault
        self._version = 0
        self._open: dict[str, _Open] = {}
        self._breakers: dict[str, Breaker] = {}
        self._adopt(now)

    @property
    def files(self) -> Mapping[str, Connection]:
        return self.now.files

    @property
    def reviewed(self) -> Mapping[str, Known]:
        """Every reviewed tool, also those that were taken away since."""
        return self.now.reviewed()

    def known(self, key: str) -> Known | None:
        """A tool by exact name (`billing.refund_payment`): `None` when unknown, never reviewed, or changed since."""
        return self._known.get(key)

    async def refresh(self) -> None:
        """Look whether connections, reviews or secrets have moved, here or in another process."""
        if self.database is None:
            return
        async with self.database.transaction() as tx:
            version = await version_of(tx)
            if version != self._version:
                self._adopt(await declared(tx))
        self._version = version
        for name in [name for name in self._open if name not in self.files]:
            await self._open.pop(name).channel.close()

    async def ask(
        self, known: Known, arguments: dict[str, Any], records: Mapping[ConnectionId, str], call: Call | None = None
    ) -> Answer:
        """Call a *read* once. Of its result comes back what belongs to the customer with these `records`.

        Raises `NotOffered` for a system that does not know them, and `ConnectionPaused` while it is known to be away.
        """
        if known.tool.effect != "read":
            raise ValueError(f"{known.key} changes something: it can only be proposed")
        record, way, call = known.record(records), await self._way(known.connection.id), call or Call()
        breaker = self._breakers.setdefault(known.connection.id, Breaker())
        if not breaker.allows(time.monotonic()) and (paused := self.paused(known)):
            raise paused
        answer = await way.channel.call(
            known.connection.id,
            known.name,
            arguments,
            pin=known.pin,
            traceparent=call.traceparent,
            progress=call.progress,
        )
        answer = without_secrets(answer, way.secrets)
        await self._count(known, breaker, answer)
        await self.noticed(known, answer)
        return _theirs(known, answer, record)

    def paused(self, known: Known) -> ConnectionPaused | None:
        """What to tell while the system is known to be away; `None` when it may be asked."""
        breaker, at = self._breakers.get(known.connection.id), time.monotonic()
        if breaker is None or breaker.state == "closed":
            return None
        since = datetime.now(UTC) - timedelta(seconds=at - breaker.since)
        retry_in = max(breaker.retry_at - at, 0.0)
        return ConnectionPaused(
            known.connection.id,
            known.connection.title,
            why=breaker.why or "",
            since=since,
            retry_in=retry_in,
        )

    async def listing(self, connection_id: str) -> Listing:
        """What the server says of itself and its tools now. Raises `ConnectionError` with a sentence."""
        return await (await self._way(connection_id)).channel.definitions()

    async def look_again(self) -> None:
        """Ask every server for its definitions, and take away what is not as it was reviewed."""
        for connection_id in list(self.files):
            mine = [one for one in self._known.values() if one.connection.id == connection_id]
            if not mine:
                continue
            try:
                listing = await self.listing(connection_id)
            except (ConnectionError, Misconfigured) as away:
                log.info("%s cannot be looked at: %s", connection_id, away)
                continue
            for known in mine:
                live = listing.tools.get(known.name)
                if live is None or live.pin(connection_id, listing.server) != known.pin:
                    await self._take_away(known, listing.server, live)

    async def noticed(self, known: Known, answer: Answer) -> None:
        """If a call has shown that the tool is not what was reviewed, nobody is offered it any more."""
        if answer.kind == "changed":
            await self._take_away(known, "", answer.live)

    async def for_writing(self, known: Known) -> tuple[Channel, dict[str, str], bool]:
        """For `sending.py` alone: a channel with the writing credentials, their values, and whether to close it."""
        if known.connection.stdio is not None and known.connection.stdio.single_process:
            way = await self._way(known.connection.id)
            return way.channel, way.secrets, False
        file = known.connection
        secrets = await self._secrets(file, "write")
        return await self.open_channel(file, "write", secrets), secrets, True

    async def check_ways(self) -> None:
        """Raises `Misconfigured` for a connection whose address, command or credentials cannot be made out."""
        for file in self.files.values():
            await self._secrets(file, "read")

    async def close(self) -> None:
        for way in self._open.values():
            await way.channel.close()
        self._open.clear()

    def _adopt(self, now: Declared) -> None:
        self.now = now
        self._known = now.known()

    async def _way(self, connection_id: str) -> _Open:
        file, way = self.files[connection_id], self._open.get(connection_id)
        if way is not None and way.looked == self._version:
            return way
        secrets = await self._secrets(file, "read")
        if way is not None and (way.file.way, way.secrets) == (file.way, secrets):
            way.looked = self._version
            return way
        if way is not None:
            await self._open.pop(connection_id).channel.close()
        channel = await self.open_channel(file, "read", secrets)
        return self._open.setdefault(connection_id, _Open(file, secrets, channel, self._version))

    async def _secrets(self, file: Connection, side: Side) -> dict[str, str]:
        """The values of the `$NAME`s that this side needs: kept by us, or from the environment."""
        wanted = file.names(side)
        kept: dict[str, str] = {}
        if self.vault is not None and wanted:
            for each in ("read", "write")[: 1 + (side == "write")]:
                kept |= await self.vault.values(file.id, each)
        values = {name: os.environ[name] for name in wanted if name in os.environ} | kept
        if missing := sorted(set(wanted) - values.keys()):
            raise Misconfigured(
                f"The connection {file.id!r} needs a value for ${missing[0]}: put it in the environment, or give it by "
                f"`missiondesk connections secret {file.id} {missing[0]}`."
            )
        return {name: values[name] for name in wanted}

    async def open_channel(self, file: Connection, side: Side, secrets: Mapping[str, str]) -> Channel:
        """A channel of one's own, signed in with `secrets`; the caller closes it."""
        patience = file.patience or self._patience
        if file.stdio is not None:
            env = file.stdio.env | (file.stdio.write_env if side == "write" else {})
            return Channel(
                command=[filled_in(part, secrets) for part in runnable(file.stdio.command, self._folder)],
                env={name: filled_in(value, secrets) for name, value in env.items()},
                patience=patience,
            )
        assert file.http is not None
        return Channel(
            url=filled_in(file.http.url, secrets),
            headers={name: filled_in(value, secrets) for name, value in file.http.headers.items()},
            auth=await auth_for(file, side, self.vault, secrets, patience=patience),
            allow_private=file.http.allow_private,
            patience=patience,
        )

    async def _count(self, known: Known, breaker: Breaker, answer: Answer) -> None:
        at = time.monotonic()
        if answer.kind in ("gone", "unknown"):
            why = " ".join(filter(None, (answer.value, answer.why)))
            turned = breaker.failed(at, reached=answer.kind == "unknown", why=why)
        else:
            turned = breaker.succeeded(at)
        if turned and self.database is not None:
            async with self.database.transaction() as tx:
                state = "ok" if breaker.state == "closed" else "away"
                await set_health(tx, known.connection.id, state, breaker.why)

    async def _take_away(self, known: Known, server: str, live: Definition | None) -> None:
        self._known.pop(known.key, None)
        log.warning("%s is not the tool that was reviewed: it is taken away", known.key)
        if self.database is not None:
            async with self.database.transaction() as tx:
                await take_away(tx, known, server=server or known.connection.server, live=live)


def without_secrets(answer: Answer, secrets: Mapping[str, str]) -> Answer:
    """A server that repeats a credential in its answer gets it no further than here."""
    values = list(secrets.values())
    if not values:
        return answer
    return replace(answer, value=scrubbed(answer.value, values), why=scrubbed(answer.why, values))


def _theirs(known: Known, answer: Answer, record: str) -> Answer:
    """Someone else's record and no record look the same."""
    if answer.kind == "refused" and str(answer.value).partition(":")[0] in known.connection.missing:
        return Answer("missing", None, str(answer.value))
    if answer.kind != "ok":
        return answer
    whole = known.connection.whole_for is not None and not known.tool.owner
    own = answer.value if whole else belonging(known.tool, answer.value, record)
    if own is None:
        return Answer("missing", None)
    own = redacted(known.tool, own)
    size, most = len(canonical(own)), known.tool.limits.bytes or LARGEST_RESULT
    if size > most:
        return Answer("refused", f"The answer has {size:,} bytes; at most {most:,} are taken. Ask for less at once.")
    return Answer("ok", own)
