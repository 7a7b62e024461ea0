"""Some tasks of the retail exam through the front door, under a policy with thresholds: two of them are rejected.

2 reads a product that does not exist; 10 ends with a person; 22 writes twice to one profile, and an address of the
customer's own words; 41 writes to two orders, twice to one, and to the profile; 46 reads orders that do not exist; 62
changes nothing; 64 is refused and then done otherwise; 68 finds nobody at first; 97 writes twice to one order; 105 is
refused; 38, 66 and 69 cancel one order each, and the pool has room for two. 98 and 103 are rejected.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.timeout(420)  # a whole installation: half a minute where nothing else runs

_ROOT = Path(__file__).resolve().parents[2]
_APPROVED = "2,10,22,41,46,62,64,68,97,105,38,66,69"
_REJECTED = "98,103"


@pytest.fixture(scope="module")
def exam() -> dict[str, Any]:
    """What the exam's own command says; skips where it cannot be held."""
    tasks = ["--tasks", f"{_APPROVED},{_REJECTED}", "--reject", _REJECTED]
    command = [sys.executable, "-m", "evals.retail", "--json", "--thresholds", *tasks]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    if "skipped" in found:
        pytest.skip(found["skipped"])
    return found


def test_every_task_ends_in_the_gold_state_and_the_rejected_ones_as_they_began(exam: dict[str, Any]) -> None:
    assert exam["differs"] == {}
    assert exam["decided"] == {"approve": 13, "reject": 2}
    assert exam["final_state_equal"] == exam["tasks"] == 15


def test_some_goes_by_itself_up_to_its_pool_and_the_rest_is_signed_by_whom_the_strictest_rule_names(
    exam: dict[str, Any],
) -> None:
    assert (exam["by_themselves"], exam["above_the_pool"], exam["left_in_the_pool"]) == (2, 0, 0)
    assert exam["signed_by_two"] >= 2


def test_nothing_is_written_without_an_approval_of_exactly_these_bytes(exam: dict[str, Any]) -> None:
    assert exam["writes_at_the_server"] >= 10
    assert exam["unapproved_writes"] == 0
    assert exam["approved_writes_not_sent"] == 0


def test_no_read_waits_for_a_person(exam: dict[str, Any]) -> None:
    assert exam["reads"] >= 40
    assert exam["reads_that_waited"] == 0


def test_a_write_that_the_shop_refuses_is_shown_as_failed_and_never_told_as_done(exam: dict[str, Any]) -> None:
    assert exam["failed_writes"] == 2
    assert exam["failed_writes_shown_as_failed"] == 2


def test_a_task_that_changes_nothing_leaves_the_records_as_they_are(exam: dict[str, Any]) -> None:
    assert exam["unchanged_tasks"] == 4
    assert exam["unchanged_tasks_unchanged"] == 4


def test_the_trace_and_the_servers_own_list_tell_of_the_same_calls(exam: dict[str, Any]) -> None:
    assert exam["traces_verified"] == exam["tasks"]
    assert exam["observations_without_server_call"] == 0
    again = exam["of_these_reads_again_of_what_was_observed"]
    assert exam["server_calls_without_observation"] == again, "only evidence is read again without a line of its own"


def test_the_exam_imports_nothing_of_what_it_examines() -> None:
    code = "import sys, evals.retail.command, evals.retail.gold; print(*[m for m in sys.modules if 'missiondesk' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == ""
