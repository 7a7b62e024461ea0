"""Real runs of the command: nothing is doubled or lost, and each build that is broken on purpose is caught."""

import json
import signal
import subprocess
import sys
from typing import Any

import psutil
import pytest

from tests.promises import promise

pytestmark = pytest.mark.timeout(500)
PATIENCE = 110.0  # seconds for one run
SEEDS = 4  # at most, one after the other
MUST_BE_0 = ("doubled", "lost", "unapproved", "trace_broken", "stuck")


def proved(*options: str) -> dict[str, Any]:
    """What a run found. Its exit status must say whether the books agree."""
    command = [sys.executable, "-c", "from missiondesk.cli import main; main()", "prove", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == (1 if any(found[name] for name in MUST_BE_0) else 0), done.stderr
    return found


def proved_until(name: str, *options: str, seed: int) -> list[dict[str, Any]]:
    """Runs with one seed after the other until one found some of `name`: on a busy machine a blow may meet nobody."""
    runs: list[dict[str, Any]] = []
    while not runs or (runs[-1][name] == 0 and len(runs) < SEEDS):
        runs.append(proved(*options, "--seed", str(seed + len(runs))))
    return runs


@promise("effects.exactly-once")
def test_forty_die_and_every_keyed_payment_is_made_once() -> None:
    found = proved("--kills", "40", "--zombies", "5", "--seed", "4471", "--class", "keyed")
    assert {name: found[name] for name in MUST_BE_0} == dict.fromkeys(MUST_BE_0, 0)
    assert (found["kills"], found["zombies"], found["missions"], found["seed"]) == (40, 5, 45, 4471)
    assert found["effects"] > 30, "most missions come to a payment"
    assert found["arrivals"] > 0


@promise("effects.unknown-waits-for-a-person")
@pytest.mark.parametrize("effect_class", ["queryable", "neither"])
def test_without_a_key_nobody_pays_twice_and_what_nobody_knows_waits_for_a_person(effect_class: str) -> None:
    meets = "parked" if effect_class == "neither" else "effects"
    runs = proved_until(meets, "--kills", "15", "--zombies", "1", "--class", effect_class, seed=4472)
    for found in runs:
        assert {name: found[name] for name in MUST_BE_0} == dict.fromkeys(MUST_BE_0, 0)
        assert (found["class"], found["kills"]) == (effect_class, 15)
    assert runs[-1][meets], "no kill met a payment under way: these seeds prove nothing"


@pytest.mark.parametrize(
    ("build", "kills", "seed", "caught_as"),
    [
        ("mark-before-send", 48, 4, "lost"),
        ("naive-retry", 48, 2, "doubled"),
        ("skip-recheck", 24, 2, "unapproved"),
        ("trust-caller", 24, 5, "unapproved"),
    ],
)
def test_a_build_that_is_broken_on_purpose_is_caught(build: str, kills: int, seed: int, caught_as: str) -> None:
    runs = proved_until(caught_as, "--kills", str(kills), "--broken", build, "--no-faults", seed=seed)
    assert {found["broken"] for found in runs} == {build}
    assert runs[-1][caught_as] > 0


def test_a_run_that_is_told_to_end_leaves_nobody_behind() -> None:
    command = [sys.executable, "-c", "from missiondesk.cli import main; main()", "prove", "--kills", "200"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        assert run.stderr.readline().startswith("10 of 202")
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
