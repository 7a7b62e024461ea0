"""Pins what requirements*.in ask for, with hashes: `make lock`. Writes no address and no path of this machine."""

import subprocess
import sys
from pathlib import Path

from tools.setup import pins

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
    *("--python-version", "3.11", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)


def main(options: list[str]) -> None:
    """In this order, so that a package has one version in all three. `options` (`--upgrade`) go to uv."""
    compile_lock("requirements", [], options)
    compile_lock("requirements-build", ["requirements"], options)
    compile_lock("requirements-dev", ["requirements", "requirements-build"], options)


def compile_lock(name: str, below: list[str], options: list[str]) -> None:
    asked = [f"{each}.in" for each in ([*below, name] if name == "requirements-dev" else [name])]
    held = [part for each in below for part in ("--constraints", f"{each}.lock")]
    lock = ROOT / f"{name}.lock"
    subprocess.run([*COMPILE, *options, *asked, *held, "--output-file", lock.name], cwd=ROOT, check=True)
    print(f"lock: {len(pins(lock))} packages in {lock.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
