"""The vault: secrets of connections, sealed at rest. They go in and are used; nobody is ever shown one again."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Column, DateTime, LargeBinary, Table, Text, and_, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from missiondesk.integrations.secrets.keys import Keys, Side
from missiondesk.kit.canonical import canonical
from missiondesk.kit.database import Database, Transaction, metadata, now
from missiondesk.kit.errors import Invalid, Misconfigured

__all__ = ["Kept", "Keys", "Place", "Side", "Vault", "connection_tokens", "forget_all"]

_LONGEST = 16_000
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")

connection_secrets = Table(
    "connection_secrets",
    metadata,
    Column("connection_id", Text, primary_key=True),
    Column("side", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False),
)
connection_tokens = Table(
    "connection_tokens",
    metadata,
    Column("connection_id", Text, primary_key=True),
    Column("side", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("renewing_until", DateTime(timezone=True)),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """That there is a secret, and who set it when; never its value."""

    side: Side
    name: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where something sealed belongs, and opens. Without a name: what OAuth holds for this side."""

    connection_id: str
    side: Side
    name: str | None = None

    @property
    def bytes(self) -> bytes:
        return canonical(["missiondesk", self.connection_id, self.side, self.name])

    @property
    def words(self) -> str:
        what = "The sign-in by OAuth" if self.name is None else f"The secret {self.name}"
        return f"{what} of the connection {self.connection_id!r} ({self.side} side)"


class Vault:
    """Secrets by connection, side and name. Each is sealed for its place: moved to another row, it does not open."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self.database = database
        self._keys = keys

    async def put(self, tx: Transaction, connection_id: str, side: Side, name: str, value: str, *, by: str) -> None:
        """Set a secret, or set it anew. Raises `Invalid` for what cannot be one, `Misconfigured` without a key."""
        if _NAME.fullmatch(name) is None:
            raise Invalid("A secret's name is capitals, digits and _, such as BILLING_TOKEN: the connection's $NAME.")
        if not 0 < len(value) <= _LONGEST or "\x00" in value or value != value.strip():
            raise Invalid(f"A secret has 1 to {_LONGEST} characters, and no space or line break around it.")
        sealed = self.sealed(Place(connection_id, side, name), value.encode())
        values = {"sealed": sealed, "set_by": by, "set_at": await now(tx)}
        query = insert(connection_secrets).values(connection_id=connection_id, side=side, name=name, **values)
        await tx.execute(query.on_conflict_do_update(index_elements=["connection_id", "side", "name"], set_=values))

    async def values(self, connection_id: str, side: Side) -> dict[str, str]:
        """The secrets of this side alone, by name. Raises `Misconfigured` when the key does not open them."""
        there = connection_secrets.c
        query = select(connection_secrets).where(there.connection_id == connection_id, there.side == side)
        async with self.database.transaction() as tx:
            rows = list(await tx.execute(query))
        places = [(row, Place(connection_id, side, row.name)) for row in rows]
        return {row.name: self.opened(place, row.sealed).decode() for row, place in places}

    async def kept(self, tx: Transaction, connection_id: str) -> list[Kept]:
        """What is set, to show to people."""
        there = connection_secrets.c
        query = select(there.side, there.name, there.set_by, there.set_at).where(there.connection_id == connection_id)
        return [Kept(*row) for row in await tx.execute(query.order_by(there.side, there.name))]

    async def forget(self, tx: Transaction, connection_id: str, side: Side, name: str) -> None:
        """Forget one secret."""
        there = connection_secrets.c
        mine = (there.connection_id == connection_id) & (there.side == side) & (there.name == name)
        await tx.execute(delete(connection_secrets).where(mine))

    async def reseal(self, tx: Transaction) -> int:
        """Seal everything with the newest key, so that an old one can be thrown away. How many there are.

        This is also how an installation gets a key of its own for writing. Raises `Misconfigured`: nothing changed.
        """
        before = Vault(self.database, replace(self._keys, write=()))
        count = 0
        for table in (connection_secrets, connection_tokens):
            for row in (await tx.execute(select(table).with_for_update())).mappings().all():
                place = Place(row["connection_id"], row["side"], row.get("name"))
                try:
                    plain = self.opened(place, row["sealed"])
                except Misconfigured:
                    plain = before.opened(place, row["sealed"])
                this = and_(*(column == row[column.name] for column in table.primary_key.columns))
                await tx.execute(update(table).where(this).values(sealed=self.sealed(place, plain)))
                count += 1
        return count

    def sealed(self, place: Place, plain: bytes) -> bytes:
        return self._keys.seal(place.side, plain, place=place.bytes)

    def opened(self, place: Place, sealed: bytes) -> bytes:
        """Raises `Misconfigured`, saying which it is and what to do."""
        return self._keys.open(place.side, sealed, place=place.bytes, what=place.words)


async def forget_all(tx: Transaction, connection_id: str) -> None:
    """Forget the secrets of a connection, and what OAuth holds for it."""
    for table in (connection_secrets, connection_tokens):
        await tx.execute(delete(table).where(table.c.connection_id == connection_id))
