"""Real runs of the command: nothing is doubled or lost, and nobody is left behind."""

import signal
import subprocess
import sys

import psutil
import pytest

from tests.promises import promise
from tests.support.proved import MUST_BE_0, PATIENCE, proved

pytestmark = pytest.mark.timeout(500)


@promise("effects.exactly-once")
def test_forty_die_and_every_keyed_payment_is_made_once() -> None:
    found = proved("--kills", "40", "--zombies", "5", "--seed", "4471", "--class", "keyed")
    assert {name: found[name] for name in MUST_BE_0} == dict.fromkeys(MUST_BE_0, 0)
    assert (found["kills"], found["zombies"], found["missions"], found["seed"]) == (40, 5, 33, 4471)
    assert found["effects"] > 20, "most missions come to a payment"
    assert found["arrivals"] > 0
    assert found["at_points"] > 10, "most who are to die at a place come there"
    assert found["freezes"] == 1


def test_a_run_that_is_told_to_end_leaves_nobody_behind() -> None:
    command = [sys.executable, "-c", "from missiondesk.cli import main; main()", "prove", "--kills", "200"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        assert run.stderr.readline().startswith("10 of 211")
        others = psutil.Process(run.pid).children(recursive=True)
        run.terminate()
        assert run.wait(30) == 128 + signal.SIGTERM
    assert len(others) > 3, "workers, their parent, the ledger and the chaos server"
    gone, alive = psutil.wait_procs(others, timeout=10)
    assert (len(gone), alive) == (len(others), [])


@pytest.mark.parametrize("option", ["--class", "--broken"])
def test_a_word_that_means_nothing_is_answered_with_those_that_do(option: str) -> None:
    command = [sys.executable, "-c", "from missiondesk.cli import main; main()", "prove", option, "keyd"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert f"{option} must be one of" in done.stderr
    assert "'keyd'" in done.stderr
