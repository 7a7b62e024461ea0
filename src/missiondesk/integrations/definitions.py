"""Definitions: the exact words of a tool that somebody reviewed, and the pin over them. A changed tool is not there."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from missiondesk.kit.canonical import digest
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.files import read_text
from missiondesk.kit.validation import in_words

PINNED = (
    "name",
    "title",
    "description",
    "inputSchema",
    "outputSchema",
    "annotations",
)  # by name: an SDK upgrade moves no pin
_AGAIN = "Take it from your git again, or delete it and review the connection anew."


@dataclass(frozen=True, slots=True)
class Definition:
    """A tool as a server describes it: the fields of `PINNED` that it has."""

    told: dict[str, Any]

    @property
    def kept(self) -> dict[str, Any]:
        """What a pin covers."""
        return {field: self.told[field] for field in PINNED if self.told.get(field) is not None}

    @property
    def admits_more_than_reading(self) -> bool:
        """Whether the server itself says that it writes, or reaches addresses of the caller's choosing.

        Its hints can only make things stricter: such a tool is never a free read, whatever the manifest says.
        """
        hints: dict[str, Any] = self.told.get("annotations") or {}
        return bool(hints.get("readOnlyHint") is False or hints.get("destructiveHint") or hints.get("openWorldHint"))

    def pin(self, connection: str, server: str) -> str:
        """SHA-256 over our id of the connection, the server's own name, and the definition."""
        return digest({"connection": connection, "server": server, "definition": self.kept})


class Reviewed(BaseModel):
    """`CONNECTION.reviewed.json` beside the connection's file: what was reviewed, in full, to show a diff."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = 1
    server: str
    tools: dict[str, dict[str, Any]]


def read_reviewed(path: Path) -> Reviewed:
    """Raises `Misconfigured`; a connection without a review has no tools."""
    if not path.exists():
        return Reviewed(server="", tools={})
    try:
        kept = json.loads(read_text(path))
    except ValueError as error:
        raise Misconfigured(f"{path}: is not valid JSON: {error}. {_AGAIN}") from error
    try:
        return Reviewed.model_validate(kept)
    except ValidationError as error:
        raise Misconfigured(f"{path}: {in_words(error, kept)} {_AGAIN}") from error
