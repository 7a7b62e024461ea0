"""No key, no network: the flagship still comes to its verdict."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.promises import promise

WATCH = Path(__file__).parents[1] / "support" / "offline"
MAIN = "from missiondesk.cli import main; main()"


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.endswith("_API_KEY") and name != "DATABASE_URL"
    }
    path = os.pathsep.join([str(WATCH), kept.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**kept, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@promise("house.works-offline")
def test_the_flagship_resolves_without_a_key_and_without_leaving_this_machine() -> None:
    done = run(MAIN, "demo", "--headless", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["outcome"], told["refunds_at_billing"], told["customer_told"]) == ("resolved", 1, True)
    assert told["trace_verified"]
    assert told["amount"] == {"minor": 4990, "currency": "EUR"}


def test_the_watch_notices_who_goes_out() -> None:
    out = run("import socket; socket.socket().connect(('192.0.2.1', 9))")
    assert (out.returncode, "went out to" in out.stderr) == (97, True)
