"""Finds a browser for the tests and prints its path; what it does about a missing one it says first, on stderr.

An installed browser, else Debian's package, else Playwright's own download, else what to install. The headless one
first: it has no window to draw, so that a page costs it a third of what it costs the other.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("chromium-headless-shell", "chromium")  # Debian's, and the commands in them; an old Debian has one only
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30  # seconds for a browser to say its version


def main() -> None:
    """The path on stdout. Raises `SystemExit` with what to install."""
    found = installed() or from_debian() or from_playwright()
    if found is None:
        raise SystemExit(
            "No browser for the tests. Install one (Debian: `apt install chromium`), "
            "or name one: `MISSIONDESK_CHROMIUM=/path/to/chromium make test`."
        )
    print(found)


def installed() -> str | None:
    """The one that is named, or one on the PATH."""
    named = os.environ.get("MISSIONDESK_CHROMIUM")
    if named:
        if not starts(named):
            raise SystemExit(f"MISSIONDESK_CHROMIUM names {named}, which does not start.")
        return named
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and starts(path)), None)


def from_debian() -> str | None:
    """Debian's, where we are root or may become root."""
    become_root = _become_root()
    if not _is_debian() or become_root is None:
        return None
    say("No browser is installed: installing Debian's Chromium for the browser tests (some 300 MB).")

    def apt(*arguments: str) -> bool:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = [*become_root, "apt-get", *arguments]
        return subprocess.run(command, env=quiet, stdout=sys.stderr, check=False).returncode == 0

    install = ("install", "--yes", "--no-install-recommends")
    if not (apt("update") and any(apt(*install, package) for package in PACKAGES)):
        say("apt-get did not work.")
        return None
    return installed()


def from_playwright() -> str | None:
    """Playwright's own Chromium, kept in the user's cache."""
    from playwright.sync_api import sync_playwright  # here: not needed, and slow, when a browser is installed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if starts(path):
        return path
    say("No browser is installed: Playwright downloads its Chromium for the browser tests (some 200 MB).")
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(download, stdout=sys.stderr, check=False).returncode != 0:
        say("The download did not work.")
        return None
    if not starts(path):
        say(f"{path} does not start; as root, `playwright install-deps chromium` adds what it needs.")
        return None
    return path


def starts(path: str) -> bool:
    """Whether there is a program that tells its version: a stub, or one without its libraries, does not."""
    if not Path(path).is_file():
        return False
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    # the family is not enough: Ubuntu's package of that name is only a door to snap
    return release.is_file() and "ID=debian" in release.read_text().splitlines() and bool(shutil.which("apt-get"))


def _become_root() -> tuple[str, ...] | None:
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") is None:
        return None
    if sys.stdin.isatty():
        return ("sudo",)
    without_asking = subprocess.run(["sudo", "--non-interactive", "true"], capture_output=True, check=False)
    return ("sudo", "--non-interactive") if without_asking.returncode == 0 else None


def say(words: str) -> None:
    print(f"browser: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
