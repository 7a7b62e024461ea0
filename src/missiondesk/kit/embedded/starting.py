"""The embedded PostgreSQL: whoever comes first starts it, the next ones join, the last to leave stops it.

In the home: `pg` is the database, `lock` is held while somebody starts or stops it, `users` by everybody who uses it.
Both locks are the kernel's, so they also end with a process that was killed. The server outlives its starter.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

import psutil
import psycopg

from missiondesk.kit.embedded.failing import EmbeddedFailed, complaint, failed
from missiondesk.kit.embedded.processes import PATIENCE, forget_reused_pids, postmaster, stop
from missiondesk.kit.embedded.programs import MAJOR, SYSTEM_USER, Account, account_here, programs_for

ROLE = "missiondesk_app"
DATABASE = "missiondesk"
LONGEST_SOCKET_FOLDER = 90  # bytes; the system's limit is 104 to 108 with PostgreSQL's own file name
PASSING = (  # said when a killed server's processes still leave, or another server just comes up
    *("still in use", "already exists", "is empty", "starting up"),
    *("not yet accepting", "recovery mode", "connection to client"),
)
SHORT = Path("/tmp")  # not $TMPDIR: two processes may differ in it, and must meet
SETTINGS = ("max_connections=200", "timezone=UTC", "log_parameter_max_length=0", "log_error_verbosity=terse")


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
            stop(self.home / "pg")


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
        raise failed(f"The embedded PostgreSQL cannot run in {home}", str(error)) from error


def _start(home: Path, say: Callable[[str], None]) -> Embedded:
    if odd := re.search(r"[\"$`\\\n]", str(home)):
        raise EmbeddedFailed(f"PostgreSQL cannot live in {home}: choose a path without {odd[0]!r}.")
    account = account_here()
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


def _check_home(home: Path, account: Account) -> None:
    if account.other and account.run("/bin/sh", "-c", 'cd -- "$0"', home)[0]:
        raise EmbeddedFailed(
            f"PostgreSQL refuses to run as root, so it runs as the user {SYSTEM_USER!r}, who may not enter {home}. "
            "Choose a home outside closed folders, such as /var/lib/missiondesk, or run as an ordinary user."
        )


def _socket_folder(home: Path, account: Account) -> Path:
    """Where the socket is. Only its owner can enter, as the socket makes everybody who reaches it superuser."""
    folder = home / "run"
    if len(os.fsencode(folder)) >= LONGEST_SOCKET_FOLDER or not re.fullmatch(r"[A-Za-z0-9_./-]+", str(folder)):
        folder = SHORT / f"missiondesk-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"
    _private_folder(folder, account)
    return folder


def _private_folder(folder: Path, account: Account) -> None:
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


def _check_data(data: Path, account: Account) -> None:
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


def _bring_up(home: Path, sockets: Path, account: Account, lock: int, say: Callable[[str], None]) -> None:
    data, give_up = home / "pg", time.monotonic() + PATIENCE
    programs = programs_for(home, account, say)
    if not data.exists():
        say(f"Making a database in {home}")
        _make_data(home, programs, account, lock)
    say("Starting the database")
    while trouble := _settle(_url(sockets)):
        if postmaster(data) is None:  # else it is recovering, or stopping
            forget_reused_pids(data, sockets)
            trouble = _launch(programs, data, sockets, account) or trouble
        if time.monotonic() > give_up:
            raise failed(f"PostgreSQL does not start in {home}", trouble)
        time.sleep(0.05)


def _launch(programs: Path, data: Path, sockets: Path, account: Account) -> str | None:
    """Start the server, wait for it. `None`: it is up, else why not this time. Raises what will not pass by itself."""
    log = data / "log"
    read = log.stat().st_size if log.exists() else 0
    options = " ".join(["-h ''", f"-k {sockets}", *(f"-c {setting}" for setting in SETTINGS)])
    code, said = account.run(programs / "pg_ctl", "-D", data, "start", "-w", "-l", log, "-o", options)
    if not code:
        return None
    words = log.read_bytes()[read:].decode(errors="replace") if log.exists() else ""
    complained = complaint(words) or complaint(said)
    if complained and not any(passing in complained for passing in PASSING):
        raise failed(f"PostgreSQL does not start in {data.parent}", complained)
    return complained or said  # without a complaint it was killed


def _make_data(home: Path, programs: Path, account: Account, lock: int) -> None:
    """Under another name first: killed half-way, it is made anew. The lock stays held while initdb lives."""
    new = home / "pg-new"
    if new.exists():
        shutil.rmtree(new)
    _private_folder(new, account)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    code, words = account.run(programs / "initdb", "-D", new, "-U", "postgres", "--auth=trust", *locale, keep=[lock])
    if code:
        raise failed(f"PostgreSQL cannot make a database in {home}", complaint(words) or words)
    new.rename(home / "pg")
    folder = os.open(home, os.O_RDONLY)
    try:
        os.fsync(folder)  # a power cut must not take the name back
    finally:
        os.close(folder)
