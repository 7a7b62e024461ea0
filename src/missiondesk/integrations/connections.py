"""The connections of an installation: its files, their reviews, and the way to each server."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from missiondesk.integrations.definitions import Definition, Reviewed, read_reviewed
from missiondesk.integrations.manifest import Connection, Tool
from missiondesk.integrations.mcp_client import Answer, Channel
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.files import read_toml


@dataclass(frozen=True, slots=True)
class Known:
    """One reviewed tool: our decisions, the reviewed definition, and the pin over it."""

    connection: Connection
    name: str
    tool: Tool
    definition: Definition
    pin: str

    @property
    def key(self) -> str:
        return f"{self.connection.id}.{self.name}"


class Connections:
    """Reads go out by one channel; an effect gets one of its own, opened by `sending.py` alone."""

    def __init__(
        self, folder: Path, files: Mapping[str, Connection], reviews: Mapping[str, Reviewed], patience: float
    ) -> None:
        self.folder = folder
        self.files = files
        self.reviews = reviews
        self._patience = patience
        self._channels: dict[str, Channel] = {}
        self._known = {known.key: known for file in files.values() for known in _known(file, reviews[file.id])}

    def known(self, key: str) -> Known | None:
        """A tool by exact name (`billing.refund_payment`): `None` when it is unknown or was never reviewed."""
        return self._known.get(key)

    @property
    def writes(self) -> list[str]:
        return [key for key, known in self._known.items() if known.tool.effect == "write"]

    def channel(self, connection_id: str) -> Channel:
        """The channel for reads."""
        if connection_id not in self._channels:
            self._channels[connection_id] = self.new_channel(connection_id)
        return self._channels[connection_id]

    def new_channel(self, connection_id: str) -> Channel:
        """A channel of one's own; the caller closes it. Raises `Misconfigured` for a variable that is not set."""
        file = self.files[connection_id]
        if file.http:
            return Channel(url=_filled(file, file.http.url), patience=self._patience)
        assert file.stdio is not None
        return Channel(
            command=[_filled(file, part) for part in file.stdio.command],
            env={name: _filled(file, value) for name, value in file.stdio.env.items()},
            patience=self._patience,
        )

    async def ask(self, known: Known, arguments: dict[str, Any]) -> Answer:
        """Call a *read*."""
        if known.tool.effect != "read":
            raise ValueError(f"{known.key} changes something: it can only be proposed")
        channel = self.channel(known.connection.id)
        answer = await channel.call(known.connection.id, known.name, arguments, pin=known.pin)
        if answer.kind == "refused" and str(answer.value).split(":")[0] in known.connection.missing:
            return Answer("missing", None, str(answer.value))
        return answer

    async def close(self) -> None:
        for channel in self._channels.values():
            await channel.close()


def read_connections(company: Path, *, patience: float) -> Connections:
    """All connections of an installation's folder. Raises `Misconfigured` naming file and field."""
    folder = company / "connections"
    files = {file.id: file for path in sorted(folder.glob("*.toml")) for file in [read_toml(path, Connection)]}
    for file in files.values():
        _check_references(file, files)
    reviews = {name: read_reviewed(folder / f"{name}.reviewed.json") for name in files}
    return Connections(folder, files, reviews, patience)


def _check_references(file: Connection, files: Mapping[str, Connection]) -> None:
    """What a write is found again and proved by must be reads that are there. Raises `Misconfigured`."""
    for name, tool in file.tool.items():
        for key in [*([tool.find.tool] if tool.find else []), *(proof.tool for proof in tool.proof)]:
            connection, _, read = key.partition(".")
            there = files[connection].tool.get(read) if connection in files else None
            if there is None or there.effect != "read":
                raise Misconfigured(
                    f"The connection {file.id!r}: {name} names {key!r}, which is no read of a connection."
                )


def _known(file: Connection, review: Reviewed) -> list[Known]:
    if review.server != file.server:
        return []
    return [
        Known(file, name, tool, definition, definition.pin(file.id, file.server))
        for name, tool in file.tool.items()
        if name in review.tools
        for definition in [Definition(review.tools[name])]
        if tool.effect == "write" or not definition.admits_more_than_reading
    ]


def _filled(file: Connection, text: str) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] not in os.environ:
            raise Misconfigured(f"The connection {file.id!r} needs the environment variable {found[1]}.")
        return os.environ[found[1]]

    return re.sub(r"\$([A-Z][A-Z0-9_]*)", value, text)
