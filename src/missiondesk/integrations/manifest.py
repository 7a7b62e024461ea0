"""The manifest: what we decided about each tool of a connection. What it does not name does not exist."""

import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from jsonpath_rfc9535 import JSONPathError
from jsonpath_rfc9535 import compile as compile_path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from missiondesk.integrations.way import Auth, Http, Stdio, names_in

_ID = "^[a-z][a-z0-9]{1,30}$"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _id(text: str) -> str:
    if re.fullmatch(_ID, text) is None:
        raise ValueError(f"{text!r} is no id: it takes 2 to 31 small letters and digits, a letter first")
    return text


def _path(text: str) -> str:
    try:
        compile_path(text)
    except JSONPathError as error:
        raise ValueError(f"{text!r} is not a JSONPath (RFC 9535): {error}") from error
    return text


def _age(value: Any) -> Any:
    """`90s`, `15m`, `24h`, `7d`."""
    if not isinstance(value, str):
        return value
    number, unit = value[:-1], value[-1:]
    if unit not in _UNITS or not number.isdecimal():
        raise ValueError("an age is a number and s, m, h or d, such as 15m")
    return timedelta(**{_UNITS[unit]: int(number)})


def _age_text(value: timedelta) -> str:
    return f"{int(value.total_seconds())}s"


Path = Annotated[str, AfterValidator(_path)]
Age = Annotated[timedelta, BeforeValidator(_age), PlainSerializer(_age_text)]
Bound = str | int | bool  # `$customer`, `$customer.NAME`, or a value of the reviewer's


class Require(_Strict):
    """A field of a result (`path`, RFC 9535) against a value: `$args.NAME` is an argument, `$key` the grant's key."""

    path: Path
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
    there: Path


class Proof(_Strict):
    """A read, before the effect (`recheck`) or after it (`proof`), and what must be true in it."""

    tool: str
    args: dict[str, Any]
    require: list[Require]


class Key(_Strict):
    """Where our idempotency key travels, and for how many hours the system honours it.

    For a queryable write it is only our reference, by which the effect can be found again: nothing is sent twice.
    """

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
    path: Path
    becomes: str


class Limits(_Strict):
    """How much of a tool one mission may use: calls, bytes of one result, and the largest value of an argument."""

    calls: int | None = Field(default=None, ge=1)
    bytes: int | None = Field(default=None, ge=1)
    at_most: dict[str, int | float] = {}


class Tool(_Strict):
    """What was decided about one tool. `off` is a decision too: the tool does not exist for us.

    `bind`: arguments that we fill and a model never sees. `owner`: paths that must hold the customer's id in every
    result, records of a list one by one; `nobody`: its records belong to nobody. `redact`: paths whose values nobody
    sees. `volatile`: paths that may differ between two reads without meaning anything; `unordered`: lists whose order
    means nothing. `max_age`: how old a result may be to rest a proposal on. `recheck`: reads that must hold just
    before the action is sent. `destinations`: arguments that say where something goes to: only from a record, or by a
    person's hand. `card` is the sentence of an action, with `{argument}` filled by our code; `remedy` the same in a
    customer's words.
    """

    effect: Literal["read", "write", "off"]
    title: str = ""
    bind: dict[str, Bound] = {}
    owner: list[Path] | Literal["nobody"] | None = None
    redact: list[Path] = []
    volatile: list[Path] = []
    unordered: list[Path] = []
    max_age: Age | None = None
    limits: Limits = Limits()
    effect_class: Literal["keyed", "queryable", "neither"] | None = None
    key: Key | None = None
    destinations: list[str] = []
    card: str | None = None
    remedy: str | None = None
    reversible: str = "Cannot be taken back by us."
    reference: Path | None = None
    not_executed: list[str] = []
    changes: list[Changes] = []
    recheck: list[Proof] = []
    find: Find | None = None
    proof: list[Proof] = []

    @model_validator(mode="after")
    def _fits(self) -> "Tool":
        for name, value in self.bind.items():
            if isinstance(value, str) and value.startswith("$") and value.partition(".")[0] != "$customer":
                raise ValueError(f"bind {name}: {value!r} is neither $customer, $customer.NAME nor a plain value")
        match self.effect:
            case "write":
                self._fits_a_write()
            case "read":
                self._fits_a_read()
            case "off":
                pass
        return self

    def _fits_a_write(self) -> None:
        if self.effect_class is None or self.card is None:
            raise ValueError("a write needs effect_class and card")
        if self.effect_class == "keyed" and self.key is None:
            raise ValueError("a keyed write says how its key travels (key)")
        if self.effect_class == "neither" and self.key is not None:
            raise ValueError("a write that is neither keyed nor queryable has no use for a key")
        if self.effect_class == "queryable" and self.find is None:
            raise ValueError("a queryable write says how to find its effect again (find)")
        if self.max_age is not None or self.volatile or self.unordered:
            raise ValueError("max_age, volatile and unordered are for reads")

    def _fits_a_read(self) -> None:
        for_writes = ("effect_class", "key", "card", "remedy", "reference", "find")
        given = [name for name in for_writes if getattr(self, name) is not None]
        given += [
            name for name in ("destinations", "changes", "recheck", "proof", "not_executed") if getattr(self, name)
        ]
        if given:
            raise ValueError(f"a read has no {', '.join(given)}")


class Connection(_Strict):
    """One configured MCP server. `server` is the name it gives itself; it is part of every pin.

    `auth` is how we sign in to read, `write_auth` to write, where the system offers two. `missing`: the refusals that
    mean "no such record", by their sentence or what stands before its first colon. Any other refusal of a read is a
    failure, never an empty answer. `refusal`: where a refusal's sentence stands in its structured content. `whole_for`:
    all of it belongs to the one customer with this id, for a system that names no owners. `patience`: seconds for one
    call.
    """

    id: Annotated[str, AfterValidator(_id), Field(json_schema_extra={"pattern": _ID})]
    title: str = Field(min_length=1, max_length=80)
    server: str
    missing: list[str] = []
    refusal: Path | None = None
    whole_for: str | None = None
    patience: float | None = Field(default=None, gt=0, le=600)
    http: Http | None = None
    stdio: Stdio | None = None
    auth: Auth | None = None
    write_auth: Auth | None = None
    tool: dict[str, Tool] = {}

    @property
    def way(self) -> tuple[Any, ...]:
        """What an open session depends on."""
        return (self.http, self.stdio, self.auth, self.patience)

    def names(self, side: Literal["read", "write"]) -> list[str]:
        """The `$NAME`s that this side needs."""
        writing = side == "write"
        texts: list[str] = []
        if self.http is not None:
            texts = [self.http.url, *self.http.headers.values(), *_secrets(self.signing_in(side))]
        if self.stdio is not None:
            env = self.stdio.env | (self.stdio.write_env if writing else {})
            texts = [*self.stdio.command, *env.values()]
        return sorted({name for text in texts for name in names_in(text)})

    @property
    def says_where(self) -> set[str]:
        """The `$NAME`s that say where the system is."""
        texts = [self.http.url] if self.http is not None else self.stdio.command if self.stdio is not None else []
        return {name for text in texts for name in names_in(text)}

    def signing_in(self, side: Literal["read", "write"]) -> Auth | None:
        return (self.write_auth or self.auth) if side == "write" else self.auth

    @model_validator(mode="after")
    def _one_way(self) -> "Connection":
        if (self.http is None) == (self.stdio is None):
            raise ValueError("a connection has either [http] or [stdio]")
        if self.stdio is not None and (self.auth or self.write_auth):
            raise ValueError("a command gets its credentials in env and write_env, not by auth")
        return self

    @model_validator(mode="after")
    def _owners(self) -> "Connection":
        for name, tool in self.tool.items():
            if tool.effect == "read" and not tool.owner and self.whole_for is None:
                raise ValueError(
                    f"tool.{name}: a read without owner cannot be used for customers: name the paths, or say "
                    'owner = "nobody"'
                )
        return self


def _secrets(auth: Auth | None) -> list[str]:
    if auth is None:
        return []
    given = [getattr(auth, name, None) for name in ("token", "client_secret")]
    return [one for one in given if one is not None]
