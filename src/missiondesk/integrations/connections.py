"""The connections of a process: what is declared now, and the way to each server. Reads only; effects have their own.

The rows in the database say what is true (`store.py`); a process looks again whenever they have moved.
"""

import logging
import os
import time
from collections.abc import AsyncGenerator, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from missiondesk.ids import ConnectionId
from missiondesk.integrations.breaker import Breaker, ConnectionPaused
from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.known import Declared, Known
from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client import Answer, Listing, Progress
from missiondesk.integrations.open_ways import OpenWays, Way
from missiondesk.integrations.results.ownership import belonging
from missiondesk.integrations.results.redaction import redacted
from missiondesk.integrations.results.refusals import in_its_words, is_one_of
from missiondesk.integrations.secrets.vault import Side, Vault
from missiondesk.integrations.store import answers_again, declared, set_health, take_away, version_of
from missiondesk.kit.canonical import canonical, digest
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.text import visible

LARGEST_RESULT = 200_000  # bytes of one result, where the manifest sets no limit
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """How one call travels: the W3C trace it belongs to, and who hears of its progress."""

    traceparent: str | None = None
    progress: Callable[[Progress], None] | None = None


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
        self.database = database
        self.vault = vault
        self.ways = OpenWays(patience=patience, vault=vault, folder=folder)
        self._version = 0
        self._breakers: dict[str, Breaker] = {}
        self._answered: set[str] = set()  # whose last call came through, as far as this process knows
        self._adopt(now)

    @property
    def files(self) -> Mapping[str, Connection]:
        return self.now.files

    @property
    def reviewed(self) -> Mapping[str, Known]:
        """Every reviewed tool, also those that were taken away since."""
        return self.now.reviewed

    def known(self, key: str) -> Known | None:
        """A tool by exact name (`billing.refund_payment`): `None` when unknown, never reviewed, or changed since."""
        return self._known.get(key)

    def terms(self, known: Known, reads: Collection[str]) -> str:
        """The digest of what was decided about the connections of a tool, of `reads`, and of what is read for it."""
        for_it = [*known.tool.recheck, *known.tool.proof, *([known.tool.find] if known.tool.find else [])]
        names = {key.partition(".")[0] for key in (known.key, *reads, *(one.tool for one in for_it))}
        return digest({name: self.files[name].model_dump(mode="json") for name in names & self.files.keys()})

    async def refresh(self) -> None:
        """Look whether connections, reviews or secrets have moved, here or in another process."""
        if self.database is None:
            return
        async with self.database.transaction() as tx:
            version = await version_of(tx)
            if version != self._version:
                self._adopt(await declared(tx))
        self._version = version
        self.ways.leave_all_but(self.files)

    async def ask(
        self, known: Known, arguments: dict[str, Any], records: Mapping[ConnectionId, str], call: Call | None = None
    ) -> Answer:
        """Call a *read* once. Of its result comes back what belongs to the customer with these `records`.

        Raises `NotOffered` for a system that does not know them, and `ConnectionPaused` while it is known to be away.
        """
        if known.tool.effect != "read":
            raise ValueError(f"{known.key} changes something: it can only be proposed")
        record = known.record(records)
        breaker = self._breakers.setdefault(known.connection.id, Breaker())
        if not breaker.allows(time.monotonic()) and (paused := self.paused(known)):
            raise paused
        answer = await self._asked(known, arguments, call or Call())
        await self._count(known, breaker, answer)
        await self.noticed(known, answer)
        return _theirs(known, answer, record)

    async def _asked(self, known: Known, arguments: dict[str, Any], call: Call) -> Answer:
        async with AsyncExitStack() as stack:
            try:
                way = await stack.enter_async_context(self._lent(known.connection.id))
            except Misconfigured as no_credentials:
                return Answer("gone", str(no_credentials))
            answer = await way.channel.call(
                known.connection.id,
                known.name,
                arguments,
                pin=known.pin,
                traceparent=call.traceparent,
                progress=call.progress,
            )
            return in_its_words(known.connection, way.safe(answer))

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
        """What the server says of itself and its tools now. Raises `ConnectionError` or `Misconfigured`."""
        async with self._lent(connection_id) as way:
            return await way.listing()

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

    @asynccontextmanager
    async def for_writing(self, known: Known) -> AsyncGenerator[Way]:
        """For `sending.py` alone: a way with the writing credentials. Raises `Misconfigured` without them."""
        file = known.connection
        if file.stdio is not None and file.stdio.single_process:
            async with self._lent(file.id) as way:
                yield way
            return
        async with self.ways.own(file, "write", await self.secrets_of(file, "write")) as way:
            yield way

    async def missing_credentials(self) -> list[str]:
        """A sentence for each connection that cannot be read for want of a value: the others work without it."""
        found: list[str] = []
        for file in self.files.values():
            try:
                await self.secrets_of(file, "read")
            except Misconfigured as missing:
                found.append(str(missing))
        return found

    async def close(self) -> None:
        await self.ways.close()

    def _adopt(self, now: Declared) -> None:
        self.now = now
        self._known = dict(now.known)

    @asynccontextmanager
    async def _lent(self, connection_id: str) -> AsyncGenerator[Way]:
        file, version = self.files.get(connection_id), self._version
        if file is None:
            raise Misconfigured(f"There is no connection {connection_id!r} any more.")
        secrets = self.ways.secrets_at(connection_id, version)
        if secrets is None:
            secrets = await self.secrets_of(file, "read")
        async with self.ways.lent(file, secrets, version) as way:
            yield way

    async def secrets_of(self, file: Connection, side: Side) -> dict[str, str]:
        """The values of the `$NAME`s that this side needs. Raises `Misconfigured` naming the first that has none."""
        values = await self.known_secrets(file, side)
        if missing := sorted(set(file.names(side)) - values.keys()):
            of_a_file = file.id not in self.now.by_api
            raise Misconfigured(
                f"The connection {file.id!r} needs a value for ${missing[0]}: "
                f"{'put it in the environment, or ' if of_a_file else ''}give it by "
                f"`missiondesk connections secret {file.id} {missing[0]}`."
            )
        return values

    async def known_secrets(self, file: Connection, side: Side) -> dict[str, str]:
        """Those of them that have a value: kept by us, or, for a file's connection, in the environment.

        The environment is the operator's: who adds connections in the Studio may not send it anywhere.
        """
        wanted = file.names(side)
        kept: dict[str, str] = {}
        if self.vault is not None and wanted:
            for each in ("read", "write")[: 1 + (side == "write")]:
                kept |= await self.vault.values(file.id, each)
        of_a_file = file.id not in self.now.by_api
        values = {name: os.environ[name] for name in wanted if of_a_file and name in os.environ} | kept
        return {name: values[name] for name in wanted if name in values}

    async def _count(self, known: Known, breaker: Breaker, answer: Answer) -> None:
        """Tell the breaker, and for people to see, the database, whether the system answers."""
        name, at = known.connection.id, time.monotonic()
        if answer.kind in ("gone", "unknown") and not answer.heard:
            why = " ".join(filter(None, (answer.value, answer.why)))
            opened = breaker.failed(at, reached=answer.kind == "unknown", why=why)
            self._answered.discard(name)
            if opened and self.database is not None:
                async with self.database.transaction() as tx:
                    await set_health(tx, name, "away", breaker.why)
            return
        breaker.succeeded(at)
        if name not in self._answered and self.database is not None:
            async with self.database.transaction() as tx:
                await answers_again(tx, name)
        self._answered.add(name)

    async def _take_away(self, known: Known, server: str, live: Definition | None) -> None:
        self._known.pop(known.key, None)
        log.warning("%s is not the tool that was reviewed: it is taken away", visible(known.key))
        if self.database is not None:
            async with self.database.transaction() as tx:
                await take_away(tx, known, server=server or known.connection.server, live=live)


def _theirs(known: Known, answer: Answer, record: str) -> Answer:
    """Someone else's record and no record look the same."""
    if is_one_of(answer, known.connection.missing):
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
