"""Keys: what secrets are sealed with at rest. AES-256-GCM, and a key of its own for each side of a connection."""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings

Side = Literal["read", "write"]
FILE = "secret.key"
_SIZE = 32
_VERSION = b"\x01"
_MAKE = "make one with `openssl rand -base64 32`"


@dataclass(frozen=True, slots=True)
class Keys:
    """In `secret` and `write` the newest key is first: it seals, and all of them open.

    Without `write`, the writing side's key is derived from `secret`. With it, a process that does not have it cannot
    open what is for writing. `file`: where an installation with the embedded database keeps a key of its own.
    """

    secret: tuple[bytes, ...] = field(repr=False)
    write: tuple[bytes, ...] = field(repr=False)
    file: Path | None = None

    @classmethod
    def read(cls, settings: Settings) -> "Keys":
        """Raises `Misconfigured` for a key that is none; that there is no key is said when one is needed."""
        return cls(
            _given("MISSIONDESK_SECRET_KEY", settings.secret_key, settings.secret_key_file),
            _given("MISSIONDESK_WRITE_KEY", settings.write_key, settings.write_key_file),
            settings.home / FILE if settings.database_url is None else None,
        )

    def seal(self, side: Side, plain: bytes, *, place: bytes) -> bytes:
        """What only `open` with the same `place` opens again. Raises `Misconfigured` without a key."""
        key = self._of(side, make=True)[0]
        nonce = secrets.token_bytes(12)
        return _VERSION + _name(key) + nonce + AESGCM(key).encrypt(nonce, plain, place)

    def open(self, side: Side, sealed: bytes, *, place: bytes, what: str) -> bytes:
        """Raises `Misconfigured`, a sentence about `what`: the key is missing or another one, or the row changed."""
        name, nonce, rest = sealed[1:5], sealed[5:17], sealed[17:]
        for key in self._of(side):
            if _name(key) == name and sealed[:1] == _VERSION:
                try:
                    return AESGCM(key).decrypt(nonce, rest, place)
                except InvalidTag:
                    raise Misconfigured(f"{what} was changed in the database: set it again.") from None
        setting = "MISSIONDESK_WRITE_KEY" if side == "write" else "MISSIONDESK_SECRET_KEY"
        raise Misconfigured(
            f"{what} is sealed with a key that this process does not have: give it the right {setting} (`new,old` "
            "while a key is being replaced), or set the secret again."
        )

    def _of(self, side: Side, *, make: bool = False) -> list[bytes]:
        if side == "write" and self.write:
            return [_derived(key, side) for key in self.write]
        return [_derived(key, side) for key in self.secret or (_kept(self.file, make=make),)]


def _given(setting: str, text: str | None, file: Path | None) -> tuple[bytes, ...]:
    if text and file:
        raise Misconfigured(f"{setting} and {setting}_FILE are both set: leave one out.")
    if file is not None:
        text = _text(file, f"{setting}_FILE")
    return tuple(_key(part, setting) for part in text.split(",")) if text else ()


def _text(file: Path, setting: str) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise Misconfigured(f"{setting}: {file} cannot be read: {why}.") from None


def _key(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _SIZE:
        raise Misconfigured(f"{where} must be {_SIZE} bytes in base64: {_MAKE}.")
    return key


def _kept(file: Path | None, *, make: bool) -> bytes:
    """The installation's own key. Raises `Misconfigured`."""
    if file is None:
        raise Misconfigured(
            "Secrets of connections are sealed with a key, and there is none: set MISSIONDESK_SECRET_KEY, the same for "
            f"every process ({_MAKE}), and keep a copy of it outside of the database."
        )
    if not file.exists():
        if not make:
            raise Misconfigured(f"The key {file} is gone: put it back, or set the secrets of the connections again.")
        _make(file)
    if file.stat().st_mode & 0o077:
        raise Misconfigured(f"{file} can be read by others on this machine: `chmod 600 {file}`.")
    return _key(_text(file, FILE), str(file))


def _make(file: Path) -> None:
    """Whole or not at all; when two processes make one, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{FILE}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(base64.b64encode(secrets.token_bytes(_SIZE)) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _derived(key: bytes, side: Side) -> bytes:
    return HKDF(algorithm=SHA256(), length=_SIZE, salt=None, info=f"missiondesk/secrets/{side}".encode()).derive(key)


def _name(key: bytes) -> bytes:
    """Tells keys apart, and nothing about them."""
    return HKDF(algorithm=SHA256(), length=4, salt=None, info=b"missiondesk/name").derive(key)
