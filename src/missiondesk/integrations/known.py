"""Known tools: reviewed, and unchanged since. Whatever is not known does not exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from missiondesk.ids import ConnectionId
from missiondesk.integrations.definitions import Definition, Reviewed
from missiondesk.integrations.fitting.fit import misfits
from missiondesk.integrations.manifest import Connection, Tool
from missiondesk.integrations.schemas.reach import reaches_out
from missiondesk.kit.errors import Refused


class NotOffered(Refused):
    """There is no such tool in this mission."""


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

    def bound(self, records: Mapping[ConnectionId, str]) -> dict[str, Any]:
        """The arguments that we fill, for the customer with these `records`. Raises `NotOffered`."""
        self.record(records)
        return {name: _value(self, wanted, records) for name, wanted in self.tool.bind.items()}

    def record(self, records: Mapping[ConnectionId, str]) -> str:
        """The customer's id in this system; `""` where the tool needs none.

        Raises `NotOffered` where it needs one and there is none, or the system belongs to another customer as a whole.
        """
        own = records.get(ConnectionId(self.connection.id))
        whole = self.connection.whole_for
        if (whole is not None and own != whole) or (own is None and self._is_about_somebody):
            raise NotOffered(f"{self.connection.title} does not know this customer.")
        return own or ""

    @property
    def _is_about_somebody(self) -> bool:
        return "$customer" in self.tool.bind.values() or isinstance(self.tool.owner, list)


@dataclass(frozen=True)
class Declared:
    """The connections of an installation at one moment: manifests, reviews, and what was found changed.

    `changed`: the pin that a tool had when it was found to be another one, by key. `by_api`: those that no file
    declares.
    """

    files: Mapping[str, Connection] = field(default_factory=dict[str, Connection])
    reviews: Mapping[str, Reviewed] = field(default_factory=dict[str, Reviewed])
    changed: Mapping[str, str] = field(default_factory=dict[str, str])
    by_api: frozenset[str] = frozenset()

    @cached_property
    def reviewed(self) -> dict[str, Known]:
        """Every tool that was decided on and reviewed, by key; also those that changed since.

        One whose manifest does not fit what was reviewed is not there: what is bound by a name that the tool does not
        have would be left to the model.
        """
        found = [known for file in self.files.values() for known in _known(file, self.reviews.get(file.id))]
        return {known.key: known for known in found if known.key not in self.misfits}

    @cached_property
    def known(self) -> dict[str, Known]:
        """Those of them that are as they were reviewed."""
        return {key: known for key, known in self.reviewed.items() if key not in self.away}

    @cached_property
    def away(self) -> frozenset[str]:
        """The tools that changed since their last review."""
        return frozenset(key for key, known in self.reviewed.items() if self.changed.get(key) == known.pin)

    @cached_property
    def misfits(self) -> dict[str, list[str]]:
        """What in the manifests does not fit what was reviewed, by tool, one sentence each."""
        definitions = {
            connection: {tool: Definition(told) for tool, told in review.tools.items()}
            for connection, review in self.reviews.items()
        }
        found: dict[str, list[str]] = {}
        for file in self.files.values():
            for name in file.tool.keys() & definitions.get(file.id, {}).keys():
                only = file.model_copy(update={"tool": {name: file.tool[name]}})
                if wrong := misfits(only, definitions[file.id], self.files, definitions):
                    found[f"{file.id}.{name}"] = wrong
        return found


def may_be_read(definition: Definition, tool: Tool) -> bool:
    """Whether it can be a read at all: it neither says that it does more, nor goes where a worker would send it."""
    return not definition.admits_more_than_reading and reaches_out(definition, tool.bind) is None


def _known(file: Connection, review: Reviewed | None) -> list[Known]:
    if review is None or review.server != file.server:
        return []
    return [
        Known(file, name, tool, definition, definition.pin(file.id, file.server))
        for name, tool in file.tool.items()
        if tool.effect != "off" and name in review.tools
        for definition in [Definition(review.tools[name])]
        if tool.effect == "write" or may_be_read(definition, tool)
    ]


def _value(known: Known, wanted: Any, records: Mapping[ConnectionId, str]) -> Any:
    if not isinstance(wanted, str) or not wanted.startswith("$customer"):
        return wanted
    record = records.get(ConnectionId(known.connection.id + wanted.removeprefix("$customer")))
    if record is None:
        raise NotOffered(f"{known.connection.title} does not know this customer.")
    return record
