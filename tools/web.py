"""Builds the pages from web/ when their sources changed; also runs an npm script there for the checks."""

import subprocess
import sys
from pathlib import Path

from tools import node
from tools.progress import StepFailed, step
from tools.stamp import Stamp, digest_of, files_under

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
DIST = ROOT / "src" / "missiondesk" / "surfaces" / "dist"
ENTRANCES = ("portal/index.html", "desk/index.html", "studio/index.html")
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def install(folder: Path, found: node.Node) -> None:
    """The packages of `folder`'s lock file, as it says them."""
    stamp = Stamp(folder / "node_modules" / ".installed")
    wanted = digest_of([folder / "package-lock.json"], below=folder, also=found.version)
    if not stamp.says(wanted):
        step(f"Packages for the pages, Node {found.version}", [*found.npm, *INSTALL], cwd=folder, env=found.env)
        stamp.write(wanted)


def build() -> None:
    """`src/missiondesk/surfaces/dist/`, if it was not made from just these sources."""
    stamp = Stamp(WEB / "node_modules" / ".built")
    wanted = digest_of(files_under(WEB, without=frozenset({"node_modules"})), below=WEB)
    if stamp.says(wanted) and all((DIST / page).is_file() for page in ENTRANCES):
        return
    found = node.find()
    install(WEB, found)
    step("Portal, Desk and Studio pages", [*found.npm, "run", "build"], cwd=WEB, env=found.env)
    missing = [page for page in ENTRANCES if not (DIST / page).is_file()]
    if missing:
        raise StepFailed(f"`npm run build` made no {' and no '.join(missing)} in {DIST.relative_to(ROOT)}/.")
    stamp.write(wanted)


def run(script: str) -> None:
    """`npm run SCRIPT` in web/, its output shown. Raises `SystemExit` with its status if it fails."""
    found = node.find()
    install(WEB, found)
    status = subprocess.run([*found.npm, "run", "--silent", script], cwd=WEB, env=found.env, check=False).returncode
    if status != 0:
        print(f"web: `npm run {script}` failed", file=sys.stderr)
        raise SystemExit(status)


def main(wanted: list[str]) -> None:
    """`build`, or the names of npm scripts."""
    if not WEB.is_dir():
        print("web: no pages to build, web/ is not here")
        return
    for name in wanted:
        if name == "build":
            build()
        else:
            run(name)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except StepFailed as failed:
        raise SystemExit(str(failed)) from None
