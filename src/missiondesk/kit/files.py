"""Files of an installation: TOML, or Markdown that begins with TOML between two lines of `+++`."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.validation import in_words

M = TypeVar("M", bound=BaseModel)


def read_toml(path: Path, shape: type[M]) -> M:
    """Raises `Misconfigured` naming file, field and what is wrong with it."""
    return toml_in(read_text(path), shape, str(path))


def toml_in(text: str, shape: type[M], name: str) -> M:
    """The same of a text that goes by `name`."""
    return _checked(name, _parsed(name, text), shape)


def read_markdown(path: Path, shape: type[M]) -> tuple[M, str]:
    """The checked head and the body. Raises `Misconfigured` naming file, field and what is wrong with it."""
    text = read_text(path)
    parts = text.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise Misconfigured(f"{path}: must begin with TOML between two lines of +++.")
    return _checked(path, _parsed(path, parts[1]), shape), parts[2].strip() + "\n"


def read_text(path: Path) -> str:
    """Raises `Misconfigured` for a file that cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: cannot be read: {error}") from error


def _parsed(path: Path | str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{path}: is not valid TOML: {error}") from error


def _checked(path: Path | str, value: dict[str, Any], shape: type[M]) -> M:
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise Misconfigured(f"{path}: {in_words(error, value)}") from error
