"""Why a call had no usable answer, in one sentence for the trace and for people."""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import cast

import httpx2
from mcp.shared.exceptions import MCPError
from mcp.types import CONNECTION_CLOSED, REQUEST_TIMEOUT
from pydantic import ValidationError

from missiondesk.integrations.mcp_client.asking_again import Exchange
from missiondesk.kit.text import shortened, visible

_SAYS_NOTHING = ("Server returned an error response", "Not Found")  # the SDK's, where a server sent no error of its own
_OTHER_TYPE = "Unexpected content type: "  # the SDK's
_LONGEST = 300


@dataclass(slots=True)
class Trail:
    """What one call has in common with the HTTP requests made for it.

    `status` is that of the last answer, `broke` why its body ended early; `heard`: it was answered, and too much.
    `signed`: it went with a credential, or a header of ours. `listings`: what was asked and answered of listings.
    `begin_by`: after this `instant` it may not be sent; `held_back`: so something was not. `sending`: the body of a
    call is next; `sent`: some of it left, so nobody may say that it was not sent.
    """

    traceparent: str | None = None
    status: int | None = None
    broke: str | None = None
    heard: bool = False
    signed: bool = True
    listings: list[Exchange] = field(default_factory=list["Exchange"])
    begin_by: float | None = None
    held_back: bool = False
    sending: bool = False
    sent: bool = False

    def too_late(self) -> bool:
        """Whether nothing may be sent any more; asked just before each time that something would be."""
        self.held_back = self.held_back or (self.begin_by is not None and instant() > self.begin_by)
        return self.held_back


def instant() -> float:
    """Seconds on a clock that goes on while this process is stopped, or the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


TRAIL: ContextVar[Trail | None] = ContextVar("trail", default=None)


def reason(error: BaseException, trail: Trail | None = None) -> str:
    """One line, at most 300 characters, nothing invisible in it."""
    causes = _leaves(error)
    telling = next((cause for cause in causes if not (isinstance(cause, MCPError) and broke(cause))), causes[0])
    return quoted(_reason(telling, trail or Trail()))


def quoted(text: str, length: int = _LONGEST) -> str:
    """Words from outside, cut, and with what is invisible made visible."""
    return shortened(visible(text), length)


def broke(error: MCPError) -> bool:
    """Whether the session ended under the call: whoever held it knows why. Servers use the SDK's code for their own."""
    return error.code == CONNECTION_CLOSED and error.error.message == "Connection closed"


def late(error: MCPError) -> bool:
    """Whether the SDK waited no longer. Servers use its code for their own."""
    return error.code == REQUEST_TIMEOUT and error.error.message.endswith("' timed out")


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        inner = cast("BaseExceptionGroup[BaseException]", error).exceptions
        return [leaf for one in inner for leaf in _leaves(one)]
    return [error]


def _reason(error: BaseException, trail: Trail) -> str:
    match error:
        case MCPError(code=code) if code == CONNECTION_CLOSED and trail.broke:
            return trail.broke
        case MCPError():
            return _said(error, trail)
        case ValidationError():
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            return f"Its answer is not what the protocol says, at {place}: {first['msg']}."
        case httpx2.ConnectTimeout() | httpx2.PoolTimeout():
            return str(error) or "It cannot be connected to in time."
        case httpx2.TimeoutException():
            return "It stopped in the middle of an answer."
        case httpx2.ConnectError() if str(error).startswith("All connection attempts failed"):
            return "Nothing answers at that address."
        case ConnectionError() | httpx2.HTTPError() if str(error):
            return str(error)
        case TimeoutError():
            return "It gave no answer in time."
        case _:
            return f"{type(error).__name__}: {error}"


def _said(error: MCPError, trail: Trail) -> str:
    status = trail.status
    if status in (401, 403) and not trail.signed:
        return f"It wants a credential ({_phrase(status)}), and the connection has none: say in auth how to sign in."
    if status in (401, 403):
        return f"It refuses our credentials ({_phrase(status)}). They may have expired: renew them, or sign in again."
    if error.error.message.startswith(_OTHER_TYPE):
        kind = error.error.message.removeprefix(_OTHER_TYPE).partition(";")[0]
        return f"That address serves {kind or 'something else'}, and no MCP: is it the right one?"
    if late(error):
        return "It gave no answer in time."
    if broke(error):
        return "The connection closed before an answer came."
    if error.code == CONNECTION_CLOSED and error.error.message.startswith("SSE stream ended"):
        return "Its answer ended in the middle."
    said = "" if error.error.message in _SAYS_NOTHING else f"error {error.code}: {error.error.message}"
    if status is not None and status >= 400:
        return f"It answered {_phrase(status)}{'' if not said else f' with {said}'}."
    return f"It answered with {said or f'error {error.code}'}."


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
