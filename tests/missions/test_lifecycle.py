"""The life of a mission, driven by chance: whatever befalls it, what we promise holds after every step.

Here chance is fixed, so that a failure is the same for everybody. For a longer search with another seed each time:

    LIFECYCLE_EXAMPLES=2000 LIFECYCLE_STEPS=60 python -m pytest tests/missions/test_lifecycle.py --timeout=0

What it finds is printed as the steps that lead there; `.hypothesis/` remembers them, and the next search begins there.
"""

import asyncio
import os
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from missiondesk.decisions import DecisionKind
from missiondesk.effects import Executor
from missiondesk.proving.prove.broken import BUILDS
from tests.missions.lifecycle.machine import NOT_YET, Lifecycle
from tests.missions.lifecycle.turns import End
from tests.missions.lifecycle.world import installation_at, made_quick
from tests.promises import promise
from tests.support.postgres import Postgres

LONGER = "LIFECYCLE_EXAMPLES" in os.environ
SEARCH = settings(
    max_examples=int(os.environ.get("LIFECYCLE_EXAMPLES", "20")),
    stateful_step_count=int(os.environ.get("LIFECYCLE_STEPS", "25")),
    derandomize=not LONGER,
    phases=list(Phase) if LONGER else [Phase.generate],  # making the steps fewer takes minutes: only in a longer search
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    print_blob=False,
)
FIRST_FOUND = settings(SEARCH, phases=[Phase.generate])


@contextmanager
def lifecycle(postgres: Postgres, home: Path, build: type[Executor]) -> Generator[type[Lifecycle]]:
    """The machine over an installation of its own, with this executor."""
    with postgres.cloned() as record, asyncio.Runner() as runner:
        around = AsyncExitStack()
        here = runner.run(around.enter_async_context(installation_at(record, home, made_quick(build))))
        try:
            yield type("Lifecycle", (Lifecycle,), {"here": here, "runner": runner})
        finally:
            runner.run(around.aclose())


@promise("effects.exactly-once")
@promise("effects.freeze-stops-them")
@promise("decisions.what-you-approve-is-what-runs")
@promise("missions.another-process-takes-over")
def test_whatever_happens_in_whatever_order_the_books_agree(postgres: Postgres, tmp_path: Path) -> None:
    with lifecycle(postgres, tmp_path, Executor) as machine:
        run_state_machine_as_test(machine, settings=SEARCH)


def test_an_executor_that_does_not_read_the_evidence_again_is_found(postgres: Postgres, tmp_path: Path) -> None:
    with (
        lifecycle(postgres, tmp_path, BUILDS["skip-recheck"]) as machine,
        pytest.raises(AssertionError, match="which had changed"),
    ):
        run_state_machine_as_test(machine, settings=FIRST_FOUND)


@promise("decisions.what-you-approve-is-what-runs")
def test_an_executor_that_trusts_what_stands_there_is_seen_to_pay_another_amount(
    postgres: Postgres, tmp_path: Path
) -> None:
    with lifecycle(postgres, tmp_path, BUILDS["trust-caller"]) as machine:
        life = machine()
        life.begins(tool="pay_queryable", two=False, until="approved")
        life.books_agree()
        life.tampers()
        life.turns()
        with pytest.raises(AssertionError, match="sent by 0 grants as it was approved"):
            life.books_agree()


@promise("decisions.no-answer-is-no")
def test_who_stood_still_after_the_last_check_does_not_send_what_has_expired_meanwhile(
    postgres: Postgres, tmp_path: Path
) -> None:
    """As a laptop that is closed in that moment, and opened the next day."""
    with lifecycle(postgres, tmp_path, Executor) as machine:
        life = machine()
        life.begins(tool="pay_keyed", two=False, until="approved")
        life.books_agree()
        life.stands_still(commit=7)
        life.time_passes(by=timedelta(hours=25))
        life.goes_on()
        life.books_agree()
        life.teardown()
        assert life.here.ledger.book.payments() == []


@promise("decisions.by-itself-only-as-a-rule-says")
@pytest.mark.parametrize("dies", [(1, "dies after"), (1, "dies before"), (2, "dies after")])
def test_what_goes_by_itself_is_driven_too(dies: tuple[int, End], postgres: Postgres, tmp_path: Path) -> None:
    with lifecycle(postgres, tmp_path, Executor) as machine:
        life = machine()
        life.begins(tool="pay_once", two=False, until="proposed")
        life.books_agree()
        life.writes(two=False)
        life.dies(*dies)
        life.books_agree()
        life.turns()
        life.books_agree()
        life.teardown()
        assert len(life.here.ledger.book.payments()) == 1
        [decision] = [one for made in life.books[-1].decisions.values() for one in made]
        assert (decision.kind, decision.by_id) == ("approve", "rule:by-itself")


def test_every_kind_of_decision_is_driven() -> None:
    driven = {"approve", "edit", "reject", "respond"}
    assert set(get_args(DecisionKind)) <= driven | NOT_YET, "the machine needs a rule for the new one"
