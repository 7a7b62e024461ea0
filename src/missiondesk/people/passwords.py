"""Passwords: argon2id, in two threads and for 20 at most, so that signing in cannot be used to stop the process."""

import asyncio
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from missiondesk.kit.errors import Invalid, TooMany

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SHORTEST = 10
_NOBODYS = _hasher.hash("the same work is done for an account that does not exist")
_checking = ThreadPoolExecutor(2, thread_name_prefix="passwords")
_places = threading.BoundedSemaphore(20)


@contextmanager
def place() -> Generator[None]:
    """A place among those who sign in just now. Raises `TooMany`, before any work is done, when there is none."""
    if not _places.acquire(blocking=False):
        raise TooMany("Too many are signing in just now. Please try again in a moment.")
    try:
        yield
    finally:
        _places.release()


async def hashed(password: str) -> str:
    """Raises `Invalid` for fewer than 10 or more than 200 characters."""
    if not _SHORTEST <= len(password) <= 200:
        raise Invalid(f"A password needs at least {_SHORTEST} characters, and at most 200.")
    return await asyncio.to_thread(_hasher.hash, password)


async def fits(password: str, stored: str | None) -> bool:
    """Whether `password` is the stored one. Takes as long for an account that does not exist (`None`)."""
    right = await asyncio.get_running_loop().run_in_executor(_checking, _check, password[:200], stored)
    return right and stored is not None


def _check(password: str, stored: str | None) -> bool:
    try:
        return _hasher.verify(stored or _NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
