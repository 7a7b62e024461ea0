"""The server's own process: found for certain, never mistaken for a stranger that got its number."""

import signal
import time
from pathlib import Path

import psutil

from missiondesk.kit.embedded.failing import EmbeddedFailed

PATIENCE = 60  # seconds for a server to come up or to stop, recovery after a crash included
NOBODY = b"2147483646\n"  # a pid that no system hands out


def postmaster(data: Path) -> psutil.Process | None:
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


def forget_reused_pids(data: Path, sockets: Path) -> None:
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


def stop(data: Path) -> None:
    if (server := postmaster(data)) is None:
        return
    server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": ends its connections, then itself, in order
    give_up = time.monotonic() + PATIENCE
    while postmaster(data) is not None:
        if time.monotonic() > give_up:
            raise EmbeddedFailed(f"PostgreSQL (pid {server.pid}) does not stop. Look into {data / 'log'}.")
        time.sleep(0.02)
