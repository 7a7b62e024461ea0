"""`python -m missiondesk_demo.systems`: start one system, or make the files of all three."""

import argparse
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import NoReturn, cast

from missiondesk_demo.systems import SYSTEMS, System


def main() -> None:
    """Read the command line and do it; problems are one sentence on stderr and exit status 1 or 2."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    asked = _parser().parse_args()
    if asked.what == "seed":
        _seed(asked.home, reset=asked.reset)
    else:
        _serve(cast(System, asked.what), asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m missiondesk_demo.systems", description="Northwind's systems.")
    whats = parser.add_subparsers(dest="what", metavar=f"{{{','.join(SYSTEMS)},seed}}", required=True)
    for system in SYSTEMS:
        one = whats.add_parser(system, help=f"serve {system} over MCP")
        _add_home(one)
        way = one.add_mutually_exclusive_group()
        way.add_argument("--port", type=_port, default=0, help="on 127.0.0.1; without it, a free one")
        way.add_argument("--stdio", action="store_true", help="over stdin and stdout instead of HTTP")
        one.add_argument("--while-stdin-open", action="store_true", help="end when stdin reaches its end")
    seed = whats.add_parser("seed", help="make the three database files where they are missing")
    _add_home(seed)
    seed.add_argument("--reset", action="store_true", help="forget all that happened since they were made")
    return parser


def _add_home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, required=True, metavar="DIR", help="folder of the database files")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; 0 to 65535, please")
    return int(text)


def _seed(home: Path, *, reset: bool) -> None:
    for system in SYSTEMS:
        sys.stdout.write(f"{_file(system, home, reset=reset)}\n")


def _serve(system: System, asked: argparse.Namespace) -> None:
    if asked.while_stdin_open and not asked.stdio:  # over stdio that is so anyway
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    # First what may be in the way, then the slow imports; a caller who comes early waits instead of failing.
    listening = None if asked.stdio else _listen(asked.port)
    file = _file(system, asked.home, reset=False)
    from missiondesk_demo.systems.serving import serve_http, serve_stdio

    if listening is None:
        serve_stdio(system, file)
    else:
        serve_http(system, file, listening)


def _file(system: System, home: Path, *, reset: bool) -> Path:
    from missiondesk_demo.systems import seed

    try:
        return seed.reset(system, home) if reset else seed.seed_missing(system, home)
    except seed.NotWritable as problem:
        _give_up(str(problem))


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio sends small packets at once only then: 50 ms a call without it, 7 with it.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(100)
    except OSError as error:
        _give_up(
            f"cannot listen on 127.0.0.1:{port}: {error.strerror}; choose another --port, or none to get a free one"
        )
    return listening


def _end_with_stdin() -> None:
    while os.read(0, 4096):
        pass
    _end()


def _end(*_: object) -> None:
    os._exit(0)  # at once, whatever streams are open: the database file is whole at every instant


def _give_up(problem: str) -> NoReturn:
    sys.stderr.write(f"missiondesk_demo.systems: {problem}\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
