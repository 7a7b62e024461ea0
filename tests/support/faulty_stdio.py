"""The faulty system as a command: `python -m tests.support.faulty_stdio BOOK [ERA] [START]`.

What it is asked and does is written to the file BOOK, a JSON list a line. START is a fault of its beginning.
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.support.faulty import HUGE, MODERN, Json, System, noise, told


def main(book: Path, era: str = MODERN, start: str = "") -> None:
    def note(*words: Any) -> None:
        with book.open("a") as file:
            file.write(json.dumps(words) + "\n")

    note("began", os.getpid())
    begin(start, note)
    system = System(era=era)
    for line in sys.stdin:
        message: Json = json.loads(line)
        note("asked", message.get("method"), message.get("params"))
        if start == "only_initialize" and message["method"] == "server/discover":
            sys.exit(3)
        if "id" in message and "method" in message:
            answer(system, message)
            note("done", list(system.done))
        if start == "deaf" and message["method"] == "tools/list":
            time.sleep(600)
    if start == "stubborn":
        time.sleep(600)


def begin(start: str, note: Any) -> None:
    match start:
        case "fails":
            sys.stderr.write("cannot read \u202e/etc/billing.key\n")
            sys.exit(7)
        case "greets":
            say("Billing server 3.1, welcome!")
        case "stubborn":  # stays when its input ends and when it is asked to end, and so does its child
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            note("child", child.pid)
        case "loud":
            sys.stderr.write("x" * 2_000_000)
        case _:
            pass


def answer(system: System, message: Json) -> None:
    match system.fault_of(message):
        case "hang":
            pass
        case "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        case "done_and_dies":
            system.reply(message)
            sys.stderr.write("out of memory\n")
            sys.exit(9)
        case "long_line":
            for _ in range(HUGE // 65_536):
                sys.stdout.write("x" * 65_536)
        case "announces":
            say('{"jsonrpc": "2.0", "method": "notifications/tools/list_changed"}')
            say(json.dumps(system.reply(message)))
        case "garbage":
            say('{"jsonrpc": "2.0", "id"')
        case "flood":
            for n in itertools.count():
                say(json.dumps(noise(n)))
        case "progress":
            for one in told(message, 200):
                say(json.dumps(one))
            say(json.dumps(system.reply(message)))
        case "environment":
            reply = system.reply(message)
            reply["result"]["structuredContent"] = {"found": json.dumps(dict(os.environ))}
            say(json.dumps(reply))
        case _:
            say(json.dumps(system.reply(message)))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
