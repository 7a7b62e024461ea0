"""API keys: a program reads and proposes by one, in the name of its owner and within their rights. It never decides."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any, cast, get_args

from sqlalchemy import Column, DateTime, ForeignKey, Table, Text, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from missiondesk.ids import StaffId
from missiondesk.kit.database import Database, Transaction, metadata, now
from missiondesk.kit.errors import Invalid, NotAllowed, NotFound, SignedOut
from missiondesk.people.attempts import attempt
from missiondesk.people.staff import Scope, Staff, may, staff, staff_member

DAYS = 90  # that a key is good for, if nothing else is said
_LONGEST = 366
_BEGINS = "mdk_live_"
_KEY = re.compile(rf"{_BEGINS}(?P<id>[0-9a-hjkmnp-tv-z]{{8}})_[0-9a-hjkmnp-tv-z]{{32}}")
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_USED_AGAIN = timedelta(minutes=1)  # how often the use of a key is written

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("owner_id", Text, ForeignKey("staff.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("addresses", ARRAY(Text), nullable=False),  # networks it is used from; empty: from anywhere
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_by", Text),
)


class WrongKey(SignedOut):
    """This API key is not valid: it is unknown, has ended, or its owner's account is closed. Make another one."""


class KeyCannot(NotAllowed):
    """An API key reads and proposes; it never decides, frees or configures. Please sign in to do this."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key: never its secret. `ended_at`: since when it is not good any more."""

    id: str
    owner_id: StaffId
    owner: str
    name: str
    scopes: Sequence[Scope]
    addresses: Sequence[str]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key. Its `secret` is shown now and never again."""

    key: Key
    secret: str


def is_key(token: str) -> bool:
    """Whether a bearer token is meant to be an API key."""
    return token.startswith(_BEGINS)


async def add_key(
    tx: Transaction,
    owner: Staff,
    *,
    name: str,
    scopes: Collection[str],
    days: int = DAYS,
    addresses: Collection[str] = (),
) -> MadeKey:
    """A key of one's own. Raises `KeyCannot` for who came by a key, `Invalid` for scopes, days or addresses."""
    if owner.scopes is not None:
        raise KeyCannot
    if not name.strip() or len(name) > 80:
        raise Invalid("A key needs a name, of 80 characters at most: what it is for.")
    if not scopes or not set(scopes) <= set(get_args(Scope)):
        raise Invalid(f"A key has one scope at least, each of {' and '.join(get_args(Scope))}.")
    if not 1 <= days <= _LONGEST:
        raise Invalid(f"A key is good for 1 to {_LONGEST} days, not for {days}.")
    own, made_at = "".join(secrets.choice(_ALPHABET) for _ in range(8)), await now(tx)
    secret = f"{_BEGINS}{own}_{''.join(secrets.choice(_ALPHABET) for _ in range(32))}"
    values = {
        "id": own,
        "hash": _hash(secret),
        "owner_id": owner.id,
        "name": name.strip(),
        "scopes": sorted(set(scopes)),
        "addresses": [_network(one) for one in addresses],
        "made_at": made_at,
        "expires_at": made_at + timedelta(days=days),
    }
    await tx.execute(insert(api_keys).values(values))
    [made] = [one for one in await keys_of(tx, owner) if one.id == own]
    return MadeKey(made, secret)


async def keys_of(tx: Transaction, who: Staff) -> list[Key]:
    """One's own keys, an admin's view of all; the newest first, also those that are over."""
    query = select(api_keys, staff.c.name.label("owner")).join(staff, staff.c.id == api_keys.c.owner_id)
    mine = query if may(who, "configure") else query.where(api_keys.c.owner_id == who.id)
    return [_key(row) for row in await tx.execute(mine.order_by(api_keys.c.made_at.desc(), api_keys.c.id))]


async def end_key(tx: Transaction, key_id: str, *, by: Staff) -> None:
    """It is not good any more; the second time changes nothing. Raises `NotFound` also for somebody else's."""
    if all(one.id != key_id for one in await keys_of(tx, by)):
        raise NotFound(f"There is no key {key_id}, or it is not yours.")
    query = update(api_keys).where(api_keys.c.id == key_id, api_keys.c.ended_at.is_(None))
    await tx.execute(query.values(ended_at=await now(tx), ended_by=by.name))


async def key_holder(database: Database, token: str, address: str | None) -> Staff:
    """The owner of a key, with the rights that its scopes leave them. Wrong ones are counted, by the key's id.

    Raises `WrongKey`, `TooMany`, and `KeyCannot` for an address that it may not be used from.
    """
    shape = _KEY.fullmatch(token)
    async with database.transaction() as tx:
        query = select(api_keys).where(api_keys.c.id == (shape["id"] if shape else ""))
        row, at = (await tx.execute(query)).first(), await now(tx)
        owner = await staff_member(tx, row.owner_id) if row else None
    if row is None or not hmac.compare_digest(row.hash, _hash(token)):
        if row is not None:
            async with database.transaction() as tx:
                await attempt(tx, f"key:{row.id}")
        raise WrongKey
    if owner is None or row.ended_at is not None or row.expires_at <= at:
        raise WrongKey
    if row.addresses and not _comes_from(address, row.addresses):
        raise KeyCannot("This API key may not be used from this address. Its owner can make one that may.")
    if row.used_at is None or row.used_at < at - _USED_AGAIN:
        async with database.transaction() as tx:
            await tx.execute(update(api_keys).where(api_keys.c.id == row.id).values(used_at=at))
    return replace(owner, name=f"{owner.name} (key {row.name})", scopes=frozenset(cast("list[Scope]", row.scopes)))


def _key(row: Any) -> Key:
    return Key(
        row.id,
        row.owner_id,
        row.owner,
        row.name,
        row.scopes,
        row.addresses,
        row.made_at,
        row.expires_at,
        row.used_at,
        row.ended_at,
        row.ended_by,
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()  # 160 random bits: there is nothing to guess slowly


def _network(given: str) -> str:
    try:
        return str(ip_network(given.strip(), strict=False))
    except ValueError:
        raise Invalid(f"{given!r} is no address or network: write one such as 192.0.2.7 or 192.0.2.0/24.") from None


def _comes_from(address: str | None, networks: Sequence[str]) -> bool:
    try:
        here = ip_address(address or "")
    except ValueError:
        return False
    return any(here in ip_network(one) for one in networks)
