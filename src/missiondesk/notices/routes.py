"""Routes: who is told of what, and which way; `notices.toml` of the installation's folder."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx2
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from missiondesk.integrations import Allowed
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.files import read_toml
from missiondesk.kit.money import Money
from missiondesk.notices.happening import Happening, Kind
from missiondesk.notices.quiet import Quiet
from missiondesk.people import Role

FILE = "notices.toml"
Event = Literal["waits", "reminder", "late", "given", "adopted", "freeze"]
_SMALLEST_KEY, _LARGEST_KEY = 24, 64  # bytes, by Standard Webhooks


def _named(text: str) -> str:
    if re.fullmatch(r"\$[A-Z][A-Z0-9_]*", text) is None:
        raise ValueError("it may hold a secret, so it is named here and kept in the environment: write $NAME")
    return text


def _amount(value: Any) -> Any:
    number, _, currency = value.partition(" ") if isinstance(value, str) else ("", "", "")
    found = Money.read(number, currency)
    if found is None or found.minor < 0:
        raise ValueError(f"{value!r} is no amount, such as 500.00 EUR")
    return found


def _quiet(value: Any) -> Any:
    return Quiet.read(value) if isinstance(value, str) else value


def _hosts(entries: list[str]) -> list[str]:
    Allowed(entries)
    return entries


Named = Annotated[str, AfterValidator(_named)]


class Route(BaseModel):
    """One way to tell somebody. An empty list asks for nothing in particular.

    `roles`: for whom a thing waits. `people`: e-mail addresses of staff; only these hear what was given to a person.
    `amount_above` chooses, and is never told. `urgent`: what is late and what is frozen passes the quiet hours.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    kind: Literal["apprise", "webhook"]
    url: Named
    secret: Named | None = None
    events: Annotated[list[Event], Field(min_length=1)]
    kinds: list[Kind] = []
    roles: list[Role] = []
    briefs: list[str] = []
    people: list[str] = []
    amount_above: Annotated[Money | None, BeforeValidator(_amount)] = None
    quiet_hours: Annotated[Quiet | None, BeforeValidator(_quiet)] = None
    urgent: bool = False
    allow_private: Annotated[list[str], AfterValidator(_hosts)] = []

    @model_validator(mode="after")
    def _fits(self) -> "Route":
        if self.kind == "webhook" and self.secret is None:
            raise ValueError('a webhook is signed: name its secret, such as secret = "$NAME"')
        if self.kind == "apprise" and (self.secret is not None or self.allow_private):
            raise ValueError("secret and allow_private are for webhooks; what apprise needs stands in its address")
        return self

    def wants(self, one: Happening) -> bool:
        """Whether this route tells of it. A freeze concerns everybody, whatever the role, brief and amount."""
        if one.kind == "freeze":
            return "freeze" in self.events
        if one.event == "given" and one.person is not None:
            return "given" in self.events and one.person in self.people
        return (
            one.event in self.events
            and (not self.kinds or one.kind in self.kinds)
            and (not self.roles or one.role in self.roles)
            and (not self.briefs or one.brief in self.briefs)
            and (self.amount_above is None or _above(one.amount, self.amount_above))
        )

    def due(self, event: str, at: datetime) -> datetime:
        """When to tell of an event: at once, or after the quiet hours."""
        passes = self.urgent and event in ("late", "freeze_began", "freeze_ended")
        return at if passes or self.quiet_hours is None else self.quiet_hours.over(at)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    route: dict[Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,40}$")], Route] = {}


def read_routes(company: Path) -> dict[str, Route]:
    """The routes by name; none without the file. Raises `Misconfigured` naming file, route and field."""
    path = company / FILE
    return read_toml(path, _File).route if path.exists() else {}


def check_route(name: str, route: Route, environ: Mapping[str, str]) -> None:
    """Raises `Misconfigured` for what the environment lacks, or holds but cannot be used. Sends nothing."""
    address = value_of(name, route.url, environ)
    if route.kind == "webhook":
        web_address(name, address, route.allow_private)
        assert route.secret is not None
        keys_of(name, value_of(name, route.secret, environ))


def value_of(route: str, named: str, environ: Mapping[str, str]) -> str:
    """What the environment holds for `$NAME`. Raises `Misconfigured`."""
    if not (value := environ.get(named[1:], "").strip()):
        raise Misconfigured(f"The route {route} needs {named}, which is not set in the environment.")
    return value


def web_address(route: str, text: str, allow_private: list[str]) -> httpx2.URL:
    """An address that a webhook may go to; plain http only to hosts of `allow_private`. Raises `Misconfigured`."""
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise Misconfigured(f"The address of the route {route} is none.") from error
    port = url.port or (443 if url.scheme == "https" else 80)
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise Misconfigured(f"The address of the route {route} must be https://HOST/…, without a user or password.")
    if url.scheme == "http" and (url.host, port) not in Allowed(allow_private):
        raise Misconfigured(f"The route {route} must use https: only a host of its allow_private may be plain http.")
    return url


def keys_of(route: str, text: str) -> list[bytes]:
    """The keys to sign with; several, with spaces between, while one is replaced. Raises `Misconfigured`."""
    return [_key(route, one) for one in text.split()]


def _key(route: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not text.startswith("whsec_") or not _SMALLEST_KEY <= len(key) <= _LARGEST_KEY:
        raise Misconfigured(
            f"The secret of the route {route} must be whsec_ and {_SMALLEST_KEY} to {_LARGEST_KEY} bytes in base64: "
            'echo "whsec_$(openssl rand -base64 32)"'
        )
    return key


def _above(amount: Money | None, limit: Money) -> bool:
    return amount is not None and amount.currency == limit.currency and amount.minor > limit.minor
