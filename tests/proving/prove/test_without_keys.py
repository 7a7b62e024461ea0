"""Real runs with systems that know no key: nobody pays twice, and what nobody knows waits for a person."""

import pytest

from tests.promises import promise
from tests.support.proved import MUST_BE_0, proved_until

pytestmark = pytest.mark.timeout(500)


@promise("effects.unknown-waits-for-a-person")
@pytest.mark.parametrize("effect_class", ["queryable", "neither"])
def test_without_a_key_nobody_pays_twice_and_what_nobody_knows_waits_for_a_person(effect_class: str) -> None:
    meets = "parked" if effect_class == "neither" else "effects"
    runs = proved_until(meets, "--kills", "15", "--zombies", "1", "--class", effect_class, seed=4472)
    for found in runs:
        assert {name: found[name] for name in MUST_BE_0} == dict.fromkeys(MUST_BE_0, 0)
        assert (found["class"], found["kills"]) == (effect_class, 15)
    assert runs[-1][meets], "no kill met a payment under way: these seeds prove nothing"
