"""Builds that are broken on purpose: each is caught. A file of its own, to run beside the others."""

import pytest

from tests.support.proved import proved_until

pytestmark = pytest.mark.timeout(500)


@pytest.mark.parametrize(
    ("build", "kills", "seed", "caught_as"),
    [
        ("mark-before-send", 48, 4, "lost"),
        ("naive-retry", 48, 2, "doubled"),
        ("skip-recheck", 24, 2, "unapproved"),
        ("trust-caller", 24, 7, "unapproved"),
    ],
)
def test_a_build_that_is_broken_on_purpose_is_caught(build: str, kills: int, seed: int, caught_as: str) -> None:
    runs = proved_until(caught_as, "--kills", str(kills), "--broken", build, "--no-faults", seed=seed)
    assert {found["broken"] for found in runs} == {build}
    assert runs[-1][caught_as] > 0
