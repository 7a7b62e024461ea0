"""Which hosts we may connect to: the public ones, and those that an admin allowed by name."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")
_METADATA = frozenset({"169.254.169.254", "fd00:ec2::254", "100.100.100.200"})


class Allowed:
    """The hosts of `allow_private`: `HOST` for each port there, or `HOST:PORT`; no patterns.

    Raises `ValueError` for an entry that is neither.
    """

    def __init__(self, entries: Collection[str]) -> None:
        self._entries = frozenset(_host_and_port(entry) for entry in entries)

    def __contains__(self, place: tuple[str, int]) -> bool:
        host, port = place[0].lower().strip("[]"), place[1]
        return (host, None) in self._entries or (host, port) in self._entries


def not_public(address: str) -> str | None:
    """What is wrong with an address for which nobody gave leave, or `None` for a public one."""
    if address.partition("%")[0] in _METADATA:
        return "where a cloud keeps its machines' credentials"
    found = ip_address(address.partition("%")[0])
    inner = _inside(found) if isinstance(found, IPv6Address) else None
    if inner is not None:
        return not_public(str(inner))
    if found.is_loopback:
        return "this machine"
    if found.is_link_local:
        return "a link-local address"
    if found.is_multicast or found.is_unspecified:
        return "no single machine"
    if isinstance(found, IPv6Address) and (found not in _GLOBAL_UNICAST or found in _6TO4):
        return "a private address"
    return None if found.is_global else "a private address"


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is reached by way of this one."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return None


def _host_and_port(entry: str) -> tuple[str, int | None]:
    text = entry.strip().lower()
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    elif text.count(":") > 1:
        host, port = text, ""
    else:
        host, _, port = text.partition(":")
    if not host or "/" in host or "*" in host or (port and not port.isdecimal()):
        raise ValueError(f"{entry!r} is neither a host nor host:port")
    return host, int(port) if port else None
