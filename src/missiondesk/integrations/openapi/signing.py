"""How one signs in, as the document says, or as the operator says instead."""

import re
from collections.abc import Mapping
from typing import Any

from missiondesk.integrations.openapi.choosing import Written
from missiondesk.integrations.openapi.description import Scheme
from missiondesk.integrations.openapi.naming import unique
from missiondesk.integrations.openapi.pointers import Pointers, fields_of
from missiondesk.integrations.openapi.trouble import LeftOut, NotUsable
from missiondesk.kit.json_values import is_list, is_object

_BY_TOKEN = ("oauth2", "openIdConnect")  # with an access token that the operator renews


def schemes_of(pointers: Pointers) -> dict[str, Scheme]:
    """The schemes of the document that we can follow, by its names for them."""
    told = fields_of(fields_of(pointers.document.get("components")).get("securitySchemes"))
    found: dict[str, Scheme] = {}
    for name, scheme in told.items():
        made = _scheme(pointers.resolved(scheme, f"components.securitySchemes.{name}"))
        if made is not None:
            found[name] = _named(name, made, found)
    return found


def given_scheme(text: str) -> Scheme:
    """The operator's own word: `bearer`, `basic`, `header:NAME` or `query:NAME`. Raises `NotUsable`."""
    kind, _, name = text.partition(":")
    if (kind in ("bearer", "basic") and not name) or (kind in ("header", "query") and name):
        return _named("key", {"kind": kind, "name": name}, {})
    raise NotUsable(f"--auth {text!r} is none of: bearer, basic, header:NAME, query:NAME.")


def security_of(one: Written, pointers: Pointers, schemes: Mapping[str, Scheme]) -> tuple[tuple[str, ...], ...]:
    """The sets of schemes of which one is needed; none when anybody may ask. Raises `LeftOut` if we know none."""
    told = one.operation.get("security", pointers.document.get("security"))
    if not is_list(told) or not told:
        return ()
    sets = [tuple(one) for one in told if is_object(one)]
    usable = tuple(each for each in sets if all(name in schemes for name in each))
    if not usable:
        raise LeftOut(f"it signs in by {' or '.join(' and '.join(each) for each in sets)}, which we cannot")
    return usable


def _scheme(told: Mapping[str, Any]) -> dict[str, Any] | None:
    match str(told.get("type")), str(told.get("scheme", "")).lower(), told.get("in"):
        case "http", ("bearer" | "basic") as kind, _:
            return {"kind": kind}
        case "apiKey", _, ("header" | "query") as kind if isinstance(told.get("name"), str):
            return {"kind": kind, "name": told["name"]}
        case kind, _, _ if kind in _BY_TOKEN:
            return {"kind": "bearer"}
        case _:
            return None


def _named(name: str, made: dict[str, Any], others: Mapping[str, Scheme]) -> Scheme:
    env = "OPENAPI_SECRET_" + (re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "KEY")
    return Scheme(**made, env=unique(env, (other.env for other in others.values())))
