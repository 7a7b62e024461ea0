"""Whoever is told, on a real port of loopback: it keeps each request, and answers as a test wants it to."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from missiondesk.kit.database import Transaction, now
from missiondesk.notices import Telling, read_routes
from tests.support.loopback import Loopback

KEY = bytes(range(32))
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
HANGS = 0  # as a status: it never answers


@dataclass(frozen=True, slots=True)
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        return json.loads(self.body)

    def signed_with(self, key: bytes) -> bool:
        """As a receiver verifies it, by the text of Standard Webhooks."""
        content = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        wanted = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        return f"v1,{wanted}" in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """`answers`: the status of each answer to come, then 204. `on_arrival` is called before it answers."""

    url: str = ""
    answers: list[int] = field(default_factory=list[int])
    location: str = ""
    got: list[Received] = field(default_factory=list[Received])
    on_arrival: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.got.append(Received(dict(request.headers), await request.body()))
        self.on_arrival()
        status = self.answers.pop(0) if self.answers else 204
        if status == HANGS:
            await asyncio.Event().wait()
        await Response(status_code=status, headers={"location": self.location} if self.location else {})(
            scope, receive, send
        )

    @property
    def place(self) -> str:
        return self.url.removeprefix("http://")

    @property
    def events(self) -> list[dict[str, Any]]:
        return [one.event for one in self.got]

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.got]


@contextmanager
def receiving() -> Generator[Receiver]:
    receiver = Receiver()
    with Loopback(receiver) as loopback:
        receiver.url = loopback.url
        yield receiver


@dataclass
class Clock:
    """Stands still until a test sets it."""

    at: datetime

    async def __call__(self, tx: Transaction) -> datetime:
        return self.at


def to_webhook(receiver: Receiver, *events: str, more: str = "") -> str:
    """A route `hook` of notices.toml."""
    return f"""[route.hook]
kind = "webhook"
url = "$HOOK_URL"
secret = "$HOOK_SECRET"
events = {json.dumps(events)}
allow_private = ["{receiver.place}"]
{more}
"""


def telling(folder: Any, text: str, receiver: Receiver, clock: Clock | None = None, **more: Any) -> Telling:
    """What `text` as notices.toml says, with addresses at the receiver."""
    (folder / "notices.toml").write_text(text, encoding="utf-8")
    environ = {
        "HOOK_URL": f"{receiver.url}/told",
        "HOOK_SECRET": SECRET,
        "CHAT_URL": f"json://{receiver.place}/told",
        **more.pop("environ", {}),
    }
    return Telling(read_routes(folder), "https://desk.example", environ, clock or now, **more)


def kinds(events: Sequence[dict[str, Any]]) -> list[str]:
    return [one["type"].removeprefix("missiondesk.") for one in events]
