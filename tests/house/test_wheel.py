"""What the wheel holds: both packages, the demo company's files, and the pages, though git ignores those."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.files import name_of, ours

BESIDE = ("pyproject.toml", "hatch_build.py", "LICENSE", "README.md", ".gitignore")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from our files, with a page as `npm run build` would leave it."""
    source = tmp_path_factory.mktemp("source")
    for file in ours():
        if name_of(file).startswith("src/") or name_of(file) in BESIDE:
            (source / name_of(file)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, source / name_of(file))
    page = source / "src" / "missiondesk" / "surfaces" / "dist" / "desk" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<!doctype html>")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check"]
    subprocess.run(build, cwd=source, env={**os.environ, "MISSIONDESK_SKIP_UI": "1"}, check=True, capture_output=True)
    made: Path = next((source / "dist").glob("missiondesk-*.whl"))
    with ZipFile(made) as archive:
        return set(archive.namelist())


def test_every_file_of_both_packages_is_in_the_wheel(wheel: set[str]) -> None:
    expected = {name_of(file).removeprefix("src/") for file in ours() if name_of(file).startswith("src/")}
    assert sorted(expected - wheel) == []


def test_the_pages_are_in_the_wheel(wheel: set[str]) -> None:
    assert "missiondesk/surfaces/dist/desk/index.html" in wheel


def test_nothing_but_the_two_packages_is_in_the_wheel(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"missiondesk", "missiondesk_demo"}
