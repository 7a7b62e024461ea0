"""One value, one spelling; where programs could read a number differently, nothing is sealed over it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiondesk.kit.canonical import canonical, digest, plain

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
).filter(lambda value: "\\ud" not in json.dumps(value))


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.5, "0.5"),
        (4990, "4990"),
        ({"b": 1, "a": "€"}, '{"a":"€","b":1}'),
        ([None], "[null]"),
    ],
)
def test_a_value_has_one_spelling(value: object, spelled: str) -> None:
    assert canonical(value).decode() == spelled


@given(JSON)
def test_what_was_spelled_and_read_is_spelled_the_same(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)
    assert digest(json.loads(json.dumps(value))) == digest(value)


@pytest.mark.parametrize("number", [2**53, -(2**53), 1e21, 1e-7, -1e-5])
def test_numbers_that_programs_read_differently_are_known(number: float) -> None:
    assert not plain(number)


@pytest.mark.parametrize("number", [0, -1, 2**53 - 1, 49.9, 0.0001, 1e15])
def test_ordinary_numbers_are_plain(number: float) -> None:
    assert plain(number)
