"""What a notice says: a link, the kind, the brief, the risk, how long it waits. Nothing of a customer, no amount."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel

from missiondesk.kit.spans import in_words
from missiondesk.notices.happening import Happening

_KINDS = {
    "proposal": "A proposal",
    "unknown_effect": "An effect of unknown outcome",
    "handoff": "A case for a person",
    "changed_tools": "A changed tool",
    "change": "A change of the configuration",
}
_HAPPENED = {
    "waits": "waits",
    "reminder": "still waits: half of its time is over",
    "late": "is late",
    "given": "was given to you",
    "adopted": "was adopted",
}


class Told(BaseModel):
    """What is kept of a notice, and all of what leaves; `count` things are told in one. `waited`: seconds."""

    version: Literal[1] = 1
    event: str
    kind: str
    item: str | None = None
    brief: str | None = None
    risk: str | None = None
    role: str | None = None
    scope: str | None = None
    since: datetime
    waited: int = 0
    count: int = 1

    @property
    def path(self) -> str:
        """Where on the Desk it is."""
        where = "changes" if self.kind == "change" else "queue"
        return f"/desk/{where}/{self.item}" if self.item else "/desk/queue"

    @property
    def title(self) -> str:
        """One line."""
        if self.event == "many":
            return f"{self.count} things wait in the Decision Queue"
        if self.event == "test":
            return "A test notice of Missiondesk"
        if self.kind == "freeze":
            what = "All effects" if self.scope == "all" else f"Effects of {self.scope}"
            return f"{what} are frozen" if self.event == "freeze_began" else f"{what} go on"
        return f"{_KINDS.get(self.kind, 'Something')} {_HAPPENED.get(self.event, 'waits')}"

    def text(self, public_url: str | None) -> str:
        """Some short lines, the link last."""
        lines = [
            f"Brief: {self.brief}" if self.brief else None,
            f"Risk: {self.risk}" if self.risk else None,
            f"For: {self.role}" if self.role else None,
            None
            if self.kind == "lost"
            else f"Since {self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC ({in_words(timedelta(seconds=self.waited))})",
            link(self.path, public_url),
        ]
        return "\n".join(line for line in lines if line is not None)


def read_told(text: str) -> Told:
    """What is kept of a notice. One that was damaged says only that there is something: it must hold up no other."""
    try:
        return Told.model_validate_json(text)
    except ValueError:
        return Told(event="waits", kind="lost", since=datetime.fromtimestamp(0, UTC))


def told_of(one: Happening, at: datetime) -> Told:
    waited = max(0, round((at - one.since).total_seconds()))
    return Told(
        event=one.event,
        kind=one.kind,
        item=one.item,
        brief=one.brief,
        risk=one.risk,
        role=one.role,
        scope=one.scope,
        since=one.since,
        waited=waited,
    )


def link(path: str, public_url: str | None) -> str:
    """Without a public address only the path: nobody knows where people reach us."""
    return f"{(public_url or '').rstrip('/')}{path}"


def cloud_event(told: Told, notice_id: str, made_at: datetime, public_url: str | None) -> bytes:
    """CloudEvents 1.0, structured JSON. The same bytes each time the same notice is sent."""
    data: dict[str, Any] = {
        "title": told.title,
        "link": link(told.path, public_url),
        **told.model_dump(mode="json", exclude={"version", "waited"}, exclude_none=True),
        "waited_seconds": told.waited,
    }
    event = {
        "specversion": "1.0",
        "id": notice_id,
        "source": link("/desk", public_url),
        "type": f"missiondesk.{told.event}",
        "time": made_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": data,
    }
    if told.item:
        event["subject"] = told.item
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
