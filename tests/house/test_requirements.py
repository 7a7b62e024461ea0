"""What pyproject.toml says we need, what requirements*.in say, and what is pinned: one list."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.files import ROOT
from tools.setup import pins

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED: dict[str, list[str]] = {
    "requirements": PYPROJECT["project"]["dependencies"],
    "requirements-build": PYPROJECT["dependency-groups"]["build"],
    "requirements-dev": PYPROJECT["dependency-groups"]["dev"],
}
LOCKS = tuple(ROOT / f"{name}.lock" for name in ASKED)


def listed(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def pinned(lock: Path) -> dict[str, str]:
    """Name and version of each package in a lock file."""
    return {name: re.findall(r"==([^\s;\\]+)", lines)[0] for name, lines in pins(lock).items()}


@pytest.mark.parametrize("name", ASKED)
def test_the_requirements_are_the_list_in_pyproject(name: str) -> None:
    assert listed(ROOT / f"{name}.in") == ASKED[name]


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_for_is_pinned_to_a_version_that_fits(name: str) -> None:
    found = pinned(ROOT / f"{name}.lock")
    asked = [Requirement(line) for line in ASKED[name]]
    wrong = [str(each) for each in asked if not each.specifier.contains(found.get(canonicalize_name(each.name), "0"))]
    assert wrong == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    without = [name for name, lines in pins(lock).items() if "--hash=sha256:" not in lines]
    assert without == []


def test_a_package_has_one_version_in_all_locks() -> None:
    everything = pinned(ROOT / "requirements-dev.lock")
    for lock in LOCKS:
        assert pinned(lock).items() <= everything.items(), lock.name


def test_the_build_asks_for_nothing_that_is_not_pinned() -> None:
    assert PYPROJECT["build-system"]["requires"] == ["hatchling>=1.27"]
    assert "hatchling" in pinned(ROOT / "requirements-build.lock")
