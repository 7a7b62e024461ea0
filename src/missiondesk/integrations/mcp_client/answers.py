"""What a call can end as, and what a server offers. Every end of a call is an `Answer`."""

from dataclasses import dataclass
from typing import Any, Literal

from missiondesk.integrations.definitions import Definition

KEY = "io.missiondesk/idempotency-key"
LARGEST = 2_000_000  # bytes of one body, one event or one line

AnswerKind = Literal[
    "ok",
    "missing",  # the customer has no such record
    "refused",  # the tool said no for another reason
    "gone",  # not reached: nothing was sent
    "changed",  # the tool is not what was reviewed: nothing was sent
    "unknown",  # sent, and no usable answer: it may have happened
]


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is the result's JSON for `ok`, a sentence for the rest; `why` is for the trace.

    `live`: for `changed`, what the server says now; `None` when it has no such tool any more, or two of that name.
    `detail`: what a refusal carries beside its sentence. `heard`: for `unknown`, the system did answer, with something
    of no use: it is not away.
    """

    kind: AnswerKind
    value: Any
    why: str | None = None
    live: Definition | None = None
    detail: Any = None
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What a server says of itself. `server` is its own name, `protocol` the revision that we speak with it.

    `beyond`: what it offers besides tools, and we never use. `twice`: names that it gives to more than one tool;
    those are not in `tools`.
    """

    server: str
    protocol: str
    tools: dict[str, Definition]
    beyond: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a call is, in the server's own unit; `message` is made visible and at most 200 characters."""

    done: float
    total: float | None
    message: str | None
