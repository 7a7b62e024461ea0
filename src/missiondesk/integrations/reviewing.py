"""Reviewing: what a server says now beside what was reviewed, as a diff in words, and the pin that a review sets."""

import difflib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from missiondesk.integrations.definitions import PINNED, Definition, Reviewed
from missiondesk.integrations.known import Declared, may_be_read
from missiondesk.integrations.manifest import Connection, Tool
from missiondesk.integrations.mcp_client import Listing
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.kit.text import visible

ToolState = Literal[
    "reviewed",  # there, as it was reviewed
    "off",  # decided: it does not exist for us
    "new",  # the server has it, and nobody decided on it
    "unreviewed",  # decided on, and nobody has read its definition yet
    "changed",  # not what was reviewed: taken away
    "gone",  # decided on, and the server does not have it
    "held back",  # to be a read, but the server itself says that it does more than reading
]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a definition before and after, as text for people; `None` where it is not there."""

    field: str
    before: str | None
    after: str | None

    def lines(self) -> list[str]:
        """A unified diff, without its header."""
        old, new = (text.splitlines() if text is not None else [] for text in (self.before, self.after))
        return list(difflib.unified_diff(old, new, lineterm="", n=2))[2:]


@dataclass(frozen=True, slots=True)
class ToolView:
    """One tool of a connection. `digest` is over what the server says now: a reviewer sends it back as seen."""

    name: str
    effect: Literal["read", "write", "off"]
    state: ToolState
    live: Definition | None
    digest: str | None
    changes: tuple[FieldChange, ...]


class NotAsSeen(Refused):
    """The server's definitions changed while you were reading them. Please read them again."""


class Misfit(Invalid):
    """The manifest does not fit what the server offers."""


def tools_of(file: Connection, now: Declared, listing: Listing) -> list[ToolView]:
    """Every tool that the manifest or the server names, in the manifest's order, then by name."""
    names = [*file.tool, *sorted(set(listing.tools) - set(file.tool))]
    return [_view(file, now, listing, name) for name in names]


def tools_as_reviewed(file: Connection, now: Declared, found_as: Mapping[str, Definition | None]) -> list[ToolView]:
    """Every tool of the manifest, for a server that does not answer. Without a digest nothing can be reviewed.

    `found_as`: what those that had changed said when that was found.
    """
    review = now.reviews.get(file.id) or Reviewed(server="", tools={})
    found: list[ToolView] = []
    for name, decided in file.tool.items():
        before = Definition(review.tools[name]) if name in review.tools else None
        away = f"{file.id}.{name}" in now.away
        state = _state(decided, before, before or Definition({}), review.server == file.server, away)
        changes = changes_between(before, found_as[name]) if away and name in found_as else ()
        found.append(ToolView(name, decided.effect, state, before, None, changes))
    return found


def changes_between(before: Definition | None, after: Definition | None) -> tuple[FieldChange, ...]:
    """Field by field, what differs; hidden characters are made visible."""
    old, new = (one.kept if one is not None else {} for one in (before, after))
    return tuple(
        FieldChange(name, _text(old.get(name)), _text(new.get(name)))
        for name in PINNED
        if old.get(name) != new.get(name)
    )


def called_otherwise(file: Connection, listing: Listing) -> str | None:
    """What to say of a server that is not called as its connection says: then none of its tools is there."""
    if listing.server == file.server:
        return None
    return (
        f"The server calls itself {listing.server!r}, the connection {file.id!r} expects {file.server!r}. If it is the "
        f"right one, write server = {json.dumps(listing.server)}."
    )


def standing(key: str, view: ToolView) -> str | None:
    """Why a tool cannot be used, and what to do, as a sentence after its name; `None` for one that is reviewed.

    `key` is `billing.refund_payment`.
    """
    words = " ".join(visible(key).split(".", 1))
    match view.state:
        case "reviewed":
            return None
        case "off":
            return 'is off. To use it, decide what it is (effect = "read" or "write"), and review it.'
        case "new":
            return "is there, but nobody has decided about it. Say read, write or off, then review it."
        case "unreviewed":
            return f"waits for its review: `missiondesk connections review {words}`."
        case "changed" if view.digest is not None and not view.changes:
            return (
                "had changed, and is again as it was reviewed. Review it to use it again: "
                f"`missiondesk connections review {words}`."
            )
        case "changed":
            return f"is not what was reviewed. See `missiondesk connections inspect {words}`, then review it again."
        case "gone" if view.changes:
            return "was reviewed, and the server does not have it any more."
        case "gone":
            return "is no tool of the server."
        case "held back":
            return "is to be a read, but the server says that it does more than reading. Make it a write, or off."


def reviewed_now(
    file: Connection, before: Reviewed, listing: Listing, *, tools: Collection[str], seen: Mapping[str, str] | None
) -> Reviewed:
    """The review that pins `tools` as the server describes them now; others stay as they were reviewed before.

    `seen` are the digests of what the reviewer read; `None`: read from this very listing. Raises `NotAsSeen`, and
    `Misfit` for a tool that the server does not have, or a server that calls itself something else.
    """
    if other := called_otherwise(file, listing):
        raise Misfit(other)
    for name in tools:
        if name not in file.tool:
            raise Misfit(f"{file.id}.{name}: nothing was decided about this tool. Decide first: read, write or off.")
        if name not in listing.tools:
            raise Misfit(f"{file.id}.{name}: the server has no such tool. Take it out of the manifest.")
        if seen is not None and seen.get(name) != listing.tools[name].pin(file.id, listing.server):
            raise NotAsSeen
    kept = (
        {name: one for name, one in before.tools.items() if name in file.tool} if before.server == file.server else {}
    )
    told = kept | {name: listing.tools[name].kept for name in tools}
    return Reviewed(server=listing.server, tools=dict(sorted(told.items())))


def _view(file: Connection, now: Declared, listing: Listing, name: str) -> ToolView:
    live, decided = listing.tools.get(name), file.tool.get(name)
    review = now.reviews.get(file.id)
    told = review.tools.get(name) if review is not None else None
    before = Definition(told) if told is not None else None
    effect = decided.effect if decided is not None else "off"
    same_server = review is not None and review.server == listing.server == file.server
    state = _state(decided, before, live, same_server, f"{file.id}.{name}" in now.away)
    server: tuple[FieldChange, ...] = ()
    if review is not None and not same_server:
        expected = review.server if review.server != listing.server else file.server
        server = (FieldChange("server", visible(expected), visible(listing.server)),)
    return ToolView(
        name,
        effect,
        state,
        live,
        live.pin(file.id, listing.server) if live is not None else None,
        (*server, *changes_between(before, live)) if before is not None else (),
    )


def _state(
    decided: Tool | None, before: Definition | None, live: Definition | None, same_server: bool, away: bool
) -> ToolState:
    if live is None:
        return "gone"
    if decided is None:
        return "new"
    if decided.effect == "off":
        return "off"
    if before is None:
        return "unreviewed"
    if away or not same_server or before.kept != live.kept:
        return "changed"
    return "held back" if decided.effect == "read" and not may_be_read(live, decided) else "reviewed"


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return visible(value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True))
