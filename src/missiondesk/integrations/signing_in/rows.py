"""What OAuth holds for one side of a connection, as one sealed row; and the lease by which one process renews it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Row as Selected
from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from missiondesk.integrations.mcp_client.oauth import Held
from missiondesk.integrations.secrets.vault import Place, Side, Vault, connection_tokens
from missiondesk.kit.database import Transaction, now
from missiondesk.kit.errors import Misconfigured

_LEASE = timedelta(seconds=60)  # longer than any answer is waited for
_YEAR = 365 * 24 * 3600  # seconds; no token is trusted for longer
_row = connection_tokens.c


@dataclass(frozen=True, slots=True)
class Seen:
    """The row as it was a moment ago. `left`: seconds until the token ends, `None` where the server did not say.

    `renewing`: somebody has the lease.
    """

    held: Held
    left: float | None
    changed_at: datetime
    renewing: bool


class SignIn:
    """One row of `connection_tokens`. The database's clock decides."""

    def __init__(self, vault: Vault, connection_id: str, side: Side) -> None:
        self._vault = vault
        self._place = Place(connection_id, side)
        self._mine = (_row.connection_id == connection_id) & (_row.side == side)

    async def read(self) -> Seen | None:
        """Raises `Misconfigured` when the key does not open it."""
        async with self._vault.database.transaction() as tx:
            row = (await tx.execute(select(connection_tokens).where(self._mine))).first()
            at = await now(tx)
        if row is None:
            return None
        left = (row.expires_at - at).total_seconds() if row.expires_at is not None else None
        renewing = row.renewing_until is not None and row.renewing_until > at
        return Seen(self._opened(row), left, row.changed_at, renewing)

    async def lease(self, seen: Seen | None) -> datetime | None:
        """The right to renew what was seen, for a minute; `None`: somebody else has it, or the row changed."""
        async with self._vault.database.transaction() as tx:
            at = await now(tx)
            if seen is None:
                query: Any = self._insert(Held(), at, renewing_until=at + _LEASE).on_conflict_do_nothing()
            else:
                free = or_(_row.renewing_until.is_(None), _row.renewing_until <= at)
                query = update(connection_tokens).where(self._mine, _row.changed_at == seen.changed_at, free)
                query = query.values(renewing_until=at + _LEASE)
            return (await tx.execute(query.returning(_row.renewing_until))).scalar_one_or_none()

    async def settle(self, lease: datetime, change: Callable[[Held], Held]) -> bool:
        """Keep what the renewal brought. `False`: another lease began, or a new sign-in: it is thrown away."""
        async with self._vault.database.transaction() as tx:
            row = await self._locked(tx)
            if row is None or row.renewing_until != lease:
                return False
            await self._write(tx, change(self._opened(row)))
        return True

    async def let_go(self, lease: datetime) -> None:
        """Nothing came of it; the next one may try."""
        async with self._vault.database.transaction() as tx:
            query = update(connection_tokens).where(self._mine, _row.renewing_until == lease)
            await tx.execute(query.values(renewing_until=None))

    async def change(self, change: Callable[[Held, datetime], Held]) -> None:
        """Change the row, or make it; it is handed the database's time. A renewal under way goes on."""
        async with self._vault.database.transaction() as tx:
            at = await now(tx)
            await tx.execute(self._insert(Held(), at).on_conflict_do_nothing())
            row = await self._locked(tx)
            assert row is not None
            sealed = self._sealed(change(self._opened(row), at))
            await tx.execute(update(connection_tokens).where(self._mine).values(sealed=sealed))

    async def replace(self, change: Callable[[Held], Held]) -> None:
        """A new sign-in: what a renewal of the old one brings is thrown away. Raises `Misconfigured` if all is gone."""
        async with self._vault.database.transaction() as tx:
            row = await self._locked(tx)
            if row is None:
                raise Misconfigured("The connection was removed meanwhile.")
            await self._write(tx, change(self._opened(row)))

    async def forget(self) -> None:
        async with self._vault.database.transaction() as tx:
            await tx.execute(delete(connection_tokens).where(self._mine))

    async def _locked(self, tx: Transaction) -> Selected[Any] | None:
        return (await tx.execute(select(connection_tokens).where(self._mine).with_for_update())).first()

    async def _write(self, tx: Transaction, held: Held) -> None:
        at = await now(tx)
        seconds = held.tokens.expires_in if held.tokens is not None else None
        ends = at + timedelta(seconds=max(0, min(seconds, _YEAR))) if seconds is not None else None
        values = {"sealed": self._sealed(held), "expires_at": ends, "renewing_until": None, "changed_at": at}
        await tx.execute(update(connection_tokens).where(self._mine).values(values))

    def _insert(self, held: Held, at: datetime, renewing_until: datetime | None = None) -> Any:
        return insert(connection_tokens).values(
            connection_id=self._place.connection_id,
            side=self._place.side,
            sealed=self._sealed(held),
            renewing_until=renewing_until,
            changed_at=at,
        )

    def _sealed(self, held: Held) -> bytes:
        return self._vault.sealed(self._place, held.model_dump_json(exclude_none=True).encode())

    def _opened(self, row: Selected[Any]) -> Held:
        plain = self._vault.opened(self._place, row.sealed)
        try:
            return Held.model_validate_json(plain)
        except ValidationError:  # its words would quote what is in there
            raise Misconfigured(f"{self._place.words} was kept by another version: sign in again.") from None
