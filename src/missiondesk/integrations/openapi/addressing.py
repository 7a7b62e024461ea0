"""Where the system is: the document proposes, the operator decides. Its word alone leads to no private host."""

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from missiondesk.integrations.mcp_client.addresses import Allowed, not_public
from missiondesk.integrations.openapi.pointers import Pointers, fields_of
from missiondesk.integrations.openapi.trouble import NotUsable
from missiondesk.kit.json_values import is_list

_OURS = ("localhost", ".localhost", ".local", ".internal")


def proposed_url(pointers: Pointers) -> str | None:
    """The document's first server, its variables at their defaults; `None` when it names none."""
    servers = pointers.document.get("servers")
    first = fields_of(servers[0] if is_list(servers) and servers else None)
    url = first.get("url")
    if not isinstance(url, str):
        return None
    for name, variable in fields_of(first.get("variables")).items():
        url = url.replace(f"{{{name}}}", str(fields_of(variable).get("default", "")))
    return url


def checked_url(text: str, *, said_by: str) -> str:
    """An absolute http(s) address without anything but host, port and path. Raises `NotUsable` with a sentence."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise NotUsable(f"{said_by}: {text!r} is no address: {error}.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotUsable(f"{said_by}: {text!r} is no whole address: say --url https://HOST/PATH.")
    if parts.query or parts.fragment or "@" in parts.netloc or "{" in text or not text.isprintable() or " " in text:
        raise NotUsable(f"{said_by}: {text!r} must be scheme, host and path alone: say --url https://HOST/PATH.")
    return text.rstrip("/")


def agreed_url(said: str | None, proposed: str | None, name: str, allow_private: Collection[str]) -> str:
    """The operator's address, or the document's own; no private one unless its host is allowed. Raises `NotUsable`.

    It looks at the address alone. Where its name leads is checked with each call.
    """
    if said is None and proposed is None:
        raise NotUsable(f"{name} names no server: say --url https://HOST/PATH.")
    url = checked_url(said or proposed or "", said_by="--url" if said else f"{name}: servers[0]")
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if (why := _private(host)) and (host, port) not in _allowed(allow_private):
        raise NotUsable(f"{url} is {why}: if that is the right place, say --url {url} --allow-private {host}:{port}.")
    return url


def _allowed(entries: Collection[str]) -> Allowed:
    try:
        return Allowed(entries)
    except ValueError as error:
        raise NotUsable(f"--allow-private: {error}.") from error


def _private(host: str) -> str | None:
    try:
        return not_public(str(ip_address(host)))
    except ValueError:
        return "in this machine's or company's own network" if host.endswith(_OURS) else None
