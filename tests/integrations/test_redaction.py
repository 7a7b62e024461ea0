"""What nobody may see of a result is gone before anybody looks, whatever it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiondesk.integrations.manifest import Tool
from missiondesk.integrations.results.redaction import redacted
from missiondesk.integrations.results.sameness import steady
from missiondesk.kit.canonical import digest
from missiondesk.kit.text import REDACTED


def redacting(*paths: str) -> Tool:
    return Tool(effect="read", title="T", owner="nobody", redact=list(paths))


@pytest.mark.parametrize("secret", ["4242", 4242, 1.5, True, None, ["4242"], {"number": "4242"}])
def test_a_redacted_value_is_gone_whatever_its_type(secret: Any) -> None:
    result = {"card": secret, "name": "Mira"}
    assert redacted(redacting("$.card"), result) == {"card": REDACTED, "name": "Mira"}
    assert result["card"] == secret, "what was handed in stays as it is"


@pytest.mark.parametrize(
    ("paths", "left"),
    [
        ([], {"a": {"b": 1}, "list": [{"s": 1}, {"s": 2, "t": 3}, 4]}),
        (["$.a"], {"a": REDACTED, "list": [{"s": 1}, {"s": 2, "t": 3}, 4]}),
        (["$.a.b", "$.a"], {"a": REDACTED, "list": [{"s": 1}, {"s": 2, "t": 3}, 4]}),
        (["$.list[*].s"], {"a": {"b": 1}, "list": [{"s": REDACTED}, {"s": REDACTED, "t": 3}, 4]}),
        (["$.list[-1]", "$.list[0]"], {"a": {"b": 1}, "list": [REDACTED, {"s": 2, "t": 3}, REDACTED]}),
        (["$..s"], {"a": {"b": 1}, "list": [{"s": REDACTED}, {"s": REDACTED, "t": 3}, 4]}),
        (["$.list[?@.t == 3].s"], {"a": {"b": 1}, "list": [{"s": 1}, {"s": REDACTED, "t": 3}, 4]}),
        (["$"], REDACTED),
        (["$.nothing.there", "$.list.s"], {"a": {"b": 1}, "list": [{"s": 1}, {"s": 2, "t": 3}, 4]}),
    ],
)
def test_each_path_is_redacted_wherever_it_leads(paths: list[str], left: Any) -> None:
    assert redacted(redacting(*paths), {"a": {"b": 1}, "list": [{"s": 1}, {"s": 2, "t": 3}, 4]}) == left


def test_what_is_nested_too_deeply_to_look_through_is_not_shown_at_all() -> None:
    deep: Any = {"secret": "s"}
    for _ in range(300):
        deep = {"in": deep}
    assert redacted(redacting("$..secret"), deep) == REDACTED


def test_a_long_list_is_redacted_in_one_go() -> None:
    result = {"orders": [{"card": "4242", "n": n} for n in range(50_000)]}
    assert redacted(redacting("$.orders[*].card"), result)["orders"][-1] == {"card": REDACTED, "n": 49_999}


values = st.recursive(
    st.sampled_from(["secret", "open", 1, None]),
    lambda inner: st.dictionaries(st.sampled_from("abs"), inner) | st.lists(inner, max_size=3),
    max_leaves=15,
)


@given(values)
def test_no_value_under_a_redacted_name_stays(value: Any) -> None:
    assert [one for one in _under("s", redacted(redacting("$..s"), value)) if one != REDACTED] == []


def _under(name: str, value: Any) -> list[Any]:
    if isinstance(value, dict):
        members: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
        return [one for key, inner in members.items() for one in ([inner] if key == name else _under(name, inner))]
    if isinstance(value, list):
        elements: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return [one for inner in elements for one in _under(name, inner)]
    return []


STEADY = Tool(
    effect="read", title="T", owner="nobody", volatile=["$.at", "$.orders[*].seen"], unordered=["$.orders", "$..tags"]
)
RESULT: dict[str, Any] = {"at": 1, "orders": [{"id": 1, "seen": 5, "tags": ["b", "a"]}, {"id": 2, "tags": []}]}


LATER: list[tuple[Any, bool]] = [
    ({**RESULT, "at": 2}, True),
    ({"orders": RESULT["orders"]}, True),
    ({"at": 1, "orders": RESULT["orders"][::-1]}, True),
    ({"at": 1, "orders": [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": [], "seen": 9}]}, True),
    ({"at": 1, "orders": [{"id": 1, "tags": ["a"]}, {"id": 2, "tags": []}]}, False),
    ({"at": 1, "orders": RESULT["orders"][:1]}, False),
    ({"at": 1, "orders": [*RESULT["orders"], RESULT["orders"][0]]}, False),
    (None, False),
]


@pytest.mark.parametrize(("later", "same"), LATER)
def test_what_is_volatile_or_unordered_makes_no_difference(later: Any, same: bool) -> None:
    assert (digest(steady(STEADY, RESULT)) == digest(steady(STEADY, later))) is same


def test_without_the_manifests_word_order_and_every_field_count() -> None:
    plain = redacting()
    assert steady(plain, RESULT) == RESULT
    assert steady(plain, [1, 2]) != steady(plain, [2, 1])
