"""Does a tool reach addresses of the caller's choosing? Then it can carry data out, and is never a free read."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from missiondesk.integrations.schemas.schema import alternatives, arguments_of, resolved
from missiondesk.integrations.schemas.words import parts_of
from missiondesk.kit.json_values import is_object

_FORMATS = {"uri", "uri-reference", "uri-template", "iri", "iri-reference", "url"}
_HOSTS = {"hostname", "idn-hostname", "ipv4", "ipv6"}
_ALWAYS = {"url", "uri", "webhook", "hostname", "href", "endpoint", "callback"}
_AT_THE_END = {"host", "domain", "website", "link", "ip", "proxy", "server"}
_BESIDE = {"name", "address", "addr"}  # host_name, ip_address
_NO_ADDRESS = {"id", "ids", "count", "title", "label"}  # webhook_id, link_title

_CALLED = re.compile(r"\b(urls?|uris?|hostnames?|web ?(address|page|site|hook)(es|s)?)\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=ss)es$|(?<=..)(?<!s)s$")


class Described(Protocol):
    """A tool as a server describes it."""

    @property
    def told(self) -> dict[str, Any]: ...


def reaches_out(definition: Described, bound: Collection[str] = ()) -> str | None:
    """How a tool reaches addresses of its caller's choosing, as half a sentence; `None` when nothing says that it does.

    `bound` arguments are filled by us: nobody chooses them.
    """
    hints: dict[str, Any] = definition.told.get("annotations") or {}
    if hints.get("openWorldHint"):
        return "the server says that it reaches an open world (openWorldHint)"
    schema: Any = definition.told.get("inputSchema")
    if not is_object(schema):
        return None
    for name, of in arguments_of(schema).items():
        if name not in bound and (place := next(_addresses({"properties": {name: of}}, schema, "", set()), None)):
            return f"it takes an address of the caller's choosing ({place})"
    rest = {name: of for name, of in schema.items() if name != "properties"}
    place = next(_addresses(rest, schema, "", set()), None)
    return f"it takes an address of the caller's choosing ({place})" if place else None


def words_in(name: str) -> list[str]:
    """The words of a name in lower case: `callbackUrl`, `callback-url` and `callback_url` hold the same two."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)]


def _addresses(schema: Any, root: Mapping[str, Any], place: str, seen: set[int]) -> Iterator[str]:
    """Where in the arguments an address can stand."""
    schema = resolved(schema, root)
    if not is_object(schema) or id(schema) in seen:
        return
    seen.add(id(schema))
    if schema.get("format") in _FORMATS | _HOSTS and _is_free(schema):
        yield place or "its argument"
    named: Mapping[str, Any] = schema.get("properties", {})
    for name, of in named.items():
        here = f"{place}.{name}" if place else name
        if (_sounds_like_an_address(name) or _is_called_an_address(of)) and _takes_text(of, root):
            yield here
        yield from _addresses(of, root, here, seen)
    others = {name: one for name, one in schema.items() if name not in ("properties", "$defs", "definitions")}
    for _, part in parts_of(others):
        yield from _addresses(part, root, place, seen)


def _sounds_like_an_address(name: str) -> bool:
    words = [_PLURAL.sub("", word) for word in words_in(name)]
    if not words or words[-1] in _NO_ADDRESS:
        return False
    if any(word in _ALWAYS or word.endswith(("url", "uri")) for word in words):
        return True
    while len(words) > 1 and words[-1] in _BESIDE:
        words.pop()
        if words[-1] in _AT_THE_END:
            return True
    return words[-1] in _AT_THE_END


def _is_called_an_address(schema: Any) -> bool:
    said = schema.get("description") if is_object(schema) else None
    return isinstance(said, str) and _CALLED.search(said) is not None


def _takes_text(schema: Any, root: Mapping[str, Any], depth: int = 0) -> bool:
    """Whether a text of the caller's own fits, also as an element of a list."""
    for one in alternatives(schema, root):
        said = one.get("type")
        types = {said} if isinstance(said, str) else set(said or ())
        if "string" in types or (not types and not one.keys() & {"properties", "items"}):
            if _is_free(one):
                return True
        elif depth < 5 and "items" in one and _takes_text(one["items"], root, depth + 1):
            return True
    return False


def _is_free(schema: Mapping[str, Any]) -> bool:
    return "enum" not in schema and "const" not in schema
