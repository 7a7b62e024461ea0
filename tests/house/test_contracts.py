"""The import contracts catch what they are for, and what they leave open is really not there yet."""

import re
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from importlinter import ContractCheck

from tests.house.files import ROOT
from tools.doors import Doors

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
DOOR = '"""A door."""\n\nfrom company.decisions.store import decide\n\n__all__ = ["decide"]\n'


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scratch package: `missions` and `decisions`, and behind the door of `decisions` a room, `store`."""
    root = tmp_path / "company"
    for package in (root, root / "missions", root / "decisions"):
        package.mkdir()
        (package / "__init__.py").write_text("")
    (root / "decisions" / "__init__.py").write_text(DOOR)
    (root / "decisions" / "store.py").write_text("def decide() -> None: ...\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return root


def look_at_doors(**settings: list[str]) -> ContractCheck:
    options: dict[str, object] = {"container": "company", "no_door": [], "side_doors": [], **settings}
    contract = Doors("Doors", session_options={"root_packages": ["company"]}, contract_options=options)
    return contract.check(grimp.build_graph("company", cache_dir=None), verbose=False)


def test_coming_in_by_the_door_is_right(company: Path) -> None:
    (company / "missions" / "story.py").write_text("from company.decisions import decide\n\ndecide()\n")
    assert look_at_doors().kept


def test_a_look_through_the_window_is_caught(company: Path) -> None:
    (company / "missions" / "story.py").write_text("from company.decisions.store import decide\n\ndecide()\n")
    seen = look_at_doors()
    assert not seen.kept
    assert seen.metadata["windows"] == ["company.missions.story looks into company.decisions.store"]


def test_a_package_may_look_around_inside_itself(company: Path) -> None:
    (company / "decisions" / "queue.py").write_text("from company.decisions.store import decide\n\ndecide()\n")
    assert look_at_doors().kept


def test_a_side_door_and_a_package_without_a_door_may_be_entered_anywhere(company: Path) -> None:
    (company / "missions" / "story.py").write_text("from company.decisions.store import decide\n\ndecide()\n")
    assert look_at_doors(side_doors=["company.decisions.store"]).kept
    assert look_at_doors(no_door=["company.decisions"]).kept


def test_a_layer_in_parentheses_is_not_built_yet() -> None:
    layers: list[str] = LINTER["contracts"][0]["layers"]
    optional = [name for layer in layers for name in re.findall(r"\((\w+)\)", layer)]
    package = ROOT / "src" / "missiondesk"
    built = [name for name in optional if (package / name).is_dir() or (package / f"{name}.py").is_file()]
    assert built == [], "take the parentheses off in pyproject.toml"


def test_every_surface_is_a_stranger_to_the_others() -> None:
    contract = next(each for each in LINTER["contracts"] if each["name"] == "Surfaces are strangers")
    surfaces = ROOT / "src" / "missiondesk" / "surfaces"
    named = ("customer", "desk", "freezes", "studio")
    there = [
        name for name in named if (surfaces / f"{name}.py").is_file() or (surfaces / name / "__init__.py").is_file()
    ]
    assert contract["modules"] == [f"missiondesk.surfaces.{name}" for name in there]
