"""What we made of an OpenAPI document: `ID.openapi.json` beside the connection's file. The tools come from it alone.

It is made once, by `missiondesk connections from-openapi`; no later version of a library changes a tool by reading the
document in another way.
"""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from missiondesk.integrations.definitions import Definition
from missiondesk.kit.errors import Misconfigured

Place = Literal["path", "query", "header", "body"]
Style = Literal["simple", "form", "spaceDelimited", "pipeDelimited", "deepObject"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Argument(_Strict):
    """`name` as the tool has it, `wire` as the system calls it there. `explode`: a list repeats the name."""

    name: str
    place: Place
    wire: str
    style: Style = "simple"
    explode: bool = False


class Scheme(_Strict):
    """How a credential travels. Its value is in the environment under `env`; for `basic` it is `user:password`."""

    kind: Literal["bearer", "basic", "header", "query"]
    name: str = ""  # of the header or the query parameter
    env: str


class Operation(_Strict):
    """One tool. `body`: made of the arguments that are fields of it, or one argument as a whole.

    `wraps`: what the system answers is put under `result`, as the output schema says. `declared`: the document says
    that it answers with JSON. `security`: sets of schemes, any one of which will do; an empty set needs none.
    """

    name: str
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    title: str
    description: str
    arguments: tuple[Argument, ...]
    input: dict[str, Any]
    output: dict[str, Any] | None = None
    wraps: bool = False
    declared: bool = False
    body: Literal["none", "fields", "whole"] = "none"
    body_required: bool = False
    media: str = "application/json"
    security: tuple[tuple[str, ...], ...] = ()

    @property
    def reads(self) -> bool:
        return self.method in ("GET", "HEAD")

    @property
    def definition(self) -> Definition:
        """The tool as our server tells it. The pin over it covers how the call travels, too: it is in `$comment`."""
        hints: dict[str, bool] = {"readOnlyHint": self.reads, "openWorldHint": False}
        if self.method in ("PUT", "PATCH", "DELETE"):
            hints |= {"destructiveHint": True, "idempotentHint": self.method != "PATCH"}
        output = self.output or {"type": "object"}
        return Definition(
            {
                "name": self.name,
                "title": self.title,
                "description": self.description,
                "inputSchema": self.input,
                "outputSchema": {**output, "$comment": self._travels},
                "annotations": hints,
            }
        )

    @property
    def _travels(self) -> str:
        """`POST /orders/{id}/refunds; path id = order_id; body amount`: all that decides what is sent."""
        told = [f"{self.method} {self.path}"]
        for argument in self.arguments:
            how = f" ({argument.style}{', exploded' if argument.explode else ''})" if argument.place == "query" else ""
            same = "" if argument.wire == argument.name else f" = {argument.name}"
            told.append(f"{argument.place} {argument.wire}{same}{how}")
        if self.body != "none":
            told.append(f"{'the whole body' if self.body == 'whole' else 'a body'} as {self.media}")
        told += [f"sign in by {' and '.join(schemes)}" for schemes in self.security if schemes]
        return "; ".join(told)


class Description(_Strict):
    """The tools of one HTTP API. `server` is the name that our server gives itself; `document` the SHA-256 of it."""

    version: Literal[1] = 1
    server: str
    title: str
    document: str
    schemes: dict[str, Scheme]
    operations: tuple[Operation, ...]

    def text(self) -> str:
        """JSON, with one spelling for one content: a difference can be read in git."""
        value = self.model_dump(mode="json", exclude_defaults=True) | {"version": self.version}
        return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def read_description(path: Path) -> Description:
    """Raises `Misconfigured` naming the file and what to do."""
    try:
        return Description.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise Misconfigured(
            f"{path}: cannot be used: {first}. Make it again with `missiondesk connections from-openapi`."
        ) from error
