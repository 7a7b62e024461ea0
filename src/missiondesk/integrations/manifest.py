"""The manifest: what we decided about each tool of a connection. What it does not name does not exist."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Http(_Strict):
    """Streamable HTTP. `$NAME` in the address is taken from the environment."""

    url: str


class Stdio(_Strict):
    """A command that the operator trusts; it sees only `env`. `$NAME` in either is taken from our environment."""

    command: list[str] = Field(min_length=1)
    env: dict[str, str] = {}


class Require(_Strict):
    """A field of a result (`path`, RFC 9535) against a value: `$args.NAME` is an argument, `$key` the grant's key."""

    path: str
    equals: Any = None
    at_least: Any = None
    one_of: list[Any] | None = None
    says: str

    @model_validator(mode="after")
    def _one(self) -> "Require":
        if sum(x is not None for x in (self.equals, self.at_least, self.one_of)) != 1:
            raise ValueError("exactly one of equals, at_least, one_of")
        return self


class Find(_Strict):
    """How to find an effect again by our reference: a read, and the field that is there when it happened."""

    tool: str
    args: dict[str, Any]
    there: str


class Proof(_Strict):
    """A read after the effect, and what must be true in it."""

    tool: str
    args: dict[str, Any]
    require: list[Require]


class Key(_Strict):
    """Where the idempotency key travels, and for how many hours the system honours it."""

    argument: str | None = None
    meta: bool = False
    hours: float = 24

    @model_validator(mode="after")
    def _travels(self) -> "Key":
        if self.argument is None and not self.meta:
            raise ValueError("a key travels in an argument, in meta, or in both")
        return self


class Changes(_Strict):
    """One line of "what will change" on the card: in the record that argument `of` came from, `path` changes."""

    of: str
    label: str
    path: str
    becomes: str


class Tool(_Strict):
    """`owner`: paths that must hold the customer's id in every result; `nobody`: its records belong to nobody.

    `card` is the sentence of an action, with `{argument}` filled by our code; `remedy` the same in a customer's words.
    """

    effect: Literal["read", "write"]
    title: str
    bind: dict[str, Literal["$customer"]] = {}
    owner: list[str] | Literal["nobody"] | None = None
    effect_class: Literal["keyed", "queryable", "neither"] | None = None
    key: Key | None = None
    card: str | None = None
    remedy: str | None = None
    reversible: str = "Cannot be taken back by us."
    reference: str | None = None
    not_executed: list[str] = []
    changes: list[Changes] = []
    find: Find | None = None
    proof: list[Proof] = []

    @model_validator(mode="after")
    def _fits(self) -> "Tool":
        if self.effect == "write":
            if self.effect_class is None or self.card is None:
                raise ValueError("a write needs effect_class and card")
            if (self.effect_class == "keyed") != (self.key is not None):
                raise ValueError("a keyed write says how its key travels (key), and only a keyed one does")
            if self.effect_class == "queryable" and self.find is None:
                raise ValueError("a queryable write says how to find its effect again (find)")
        elif self.owner is None:
            raise ValueError(
                'a read without owner cannot be used for customers: name the paths, or say owner = "nobody"'
            )
        return self


class Connection(_Strict):
    """One configured MCP server. `server` is the name it gives itself; it is part of every pin.

    `missing`: the codes of refusals that mean "no such record". Any other refusal of a read is a failure, never an
    empty answer.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9]{1,30}$")
    title: str
    server: str
    missing: list[str] = []
    http: Http | None = None
    stdio: Stdio | None = None
    tool: dict[str, Tool]

    @model_validator(mode="after")
    def _one_way(self) -> "Connection":
        if (self.http is None) == (self.stdio is None):
            raise ValueError("a connection has either [http] or [stdio]")
        return self
