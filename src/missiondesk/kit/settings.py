"""Settings are read once, at the edge, into one small frozen class; parts receive values."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from missiondesk.kit.errors import Misconfigured

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set. Each has a line in docs/settings.md."""

    database_url: str | None = field(repr=False)  # may hold a password
    owner_url: str | None = field(repr=False)
    home: Path
    company: Path | None
    model: str | None
    second_model: str | None
    host: str
    port: int
    public_url: str | None
    tool_patience: float
    dead_after: float
    secret_key: str | None = field(repr=False)
    secret_key_file: Path | None
    write_key: str | None = field(repr=False)
    write_key_file: Path | None

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        company = environ.get("MISSIONDESK_COMPANY")
        return cls(
            database_url=environ.get("DATABASE_URL") or None,
            owner_url=environ.get("MISSIONDESK_OWNER_URL") or None,
            home=Path(environ.get("MISSIONDESK_HOME", ".missiondesk")).absolute(),
            company=Path(company).absolute() if company else None,
            model=environ.get("MISSIONDESK_MODEL") or None,
            second_model=environ.get("MISSIONDESK_SECOND_MODEL") or None,
            host=environ.get("MISSIONDESK_HOST", "127.0.0.1"),
            port=_port(environ),
            public_url=environ.get("MISSIONDESK_PUBLIC_URL") or None,
            tool_patience=_number(environ, "MISSIONDESK_TOOL_PATIENCE", "10", float),
            dead_after=_number(environ, "MISSIONDESK_DEAD_AFTER", "10", float),
            secret_key=environ.get("MISSIONDESK_SECRET_KEY") or None,
            secret_key_file=_file(environ, "MISSIONDESK_SECRET_KEY_FILE"),
            write_key=environ.get("MISSIONDESK_WRITE_KEY") or None,
            write_key_file=_file(environ, "MISSIONDESK_WRITE_KEY_FILE"),
        )


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    return Path(environ[name]).absolute() if environ.get(name) else None


def _port(environ: Mapping[str, str]) -> int:
    port = _number(environ, "MISSIONDESK_PORT", "8400", int)
    if not 0 <= port <= 65535:
        raise Misconfigured(f"MISSIONDESK_PORT must be 0 to 65535, not {port}.")
    return port


def _number(environ: Mapping[str, str], name: str, default: str, kind: type[N]) -> N:
    try:
        return kind(environ.get(name, default))
    except ValueError:
        raise Misconfigured(f"{name} must be a number, not {environ[name]!r}.") from None
