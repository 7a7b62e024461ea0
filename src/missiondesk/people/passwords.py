"""Passwords: argon2id, in a thread, two at a time, so that signing in cannot be used to stop the process."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from missiondesk.kit.errors import Invalid

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SHORTEST = 10
_NOBODYS = _hasher.hash("the same work is done for an account that does not exist")
_at_once: asyncio.Semaphore | None = None


async def hashed(password: str) -> str:
    """Raises `Invalid` for fewer than 10 or more than 200 characters."""
    if not _SHORTEST <= len(password) <= 200:
        raise Invalid(f"A password needs at least {_SHORTEST} characters, and at most 200.")
    return await asyncio.to_thread(_hasher.hash, password)


async def fits(password: str, stored: str | None) -> bool:
    """Whether `password` is the stored one. Takes as long for an account that does not exist (`None`)."""
    global _at_once
    _at_once = _at_once or asyncio.Semaphore(2)
    async with _at_once:
        return await asyncio.to_thread(_check, password[:200], stored) and stored is not None


def _check(password: str, stored: str | None) -> bool:
    try:
        return _hasher.verify(stored or _NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
