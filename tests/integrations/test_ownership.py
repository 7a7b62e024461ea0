"""What of a result belongs to the customer: records one by one, and nothing that tells of the others."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiondesk.integrations.manifest import Tool
from missiondesk.integrations.results.ownership import belonging, owned
from missiondesk.kit.json_values import is_list, is_object
from tests.promises import promise

MINE, OTHER = "cus_1", "cus_2"
ECHO, LIST = "$.customer_id", "$.orders[*].customer_id"


def tool(*owner: str) -> Tool:
    return Tool(effect="read", title="Orders", owner=list(owner))


def order(number: int, of: Any = MINE) -> dict[str, Any]:
    return {"order_id": number, "customer_id": of}


@promise("gate.one-customer-one-world")
def test_a_list_is_looked_at_record_by_record() -> None:
    result = {"customer_id": MINE, "orders": [order(1), order(2, OTHER), order(3)]}
    assert belonging(tool(ECHO, LIST), result, MINE) == {"customer_id": MINE, "orders": [order(1), order(3)]}
    assert not owned(tool(ECHO, LIST), result, MINE)


def test_a_result_that_is_all_the_customers_stays_as_it_is() -> None:
    result = {"customer_id": MINE, "orders": [order(1), order(3)], "total": 2, "page": {"next": None}}
    assert belonging(tool(ECHO, LIST), result, MINE) == result
    assert owned(tool(ECHO, LIST), result, MINE)


@promise("gate.one-customer-one-world")
def test_what_stands_beside_a_shortened_list_does_not_tell_of_the_others() -> None:
    result = {
        "customer_id": MINE,
        "total": 17,
        "page": {"of": 17},
        "ids": [1, 2],
        "data": {"orders": [order(1), order(2, OTHER)], "count": 2},
    }
    left = belonging(tool(ECHO, "$.data.orders[*].customer_id"), result, MINE)
    assert left == {"customer_id": MINE, "data": {"orders": [order(1)]}}


@promise("gate.foreign-looks-like-missing")
@pytest.mark.parametrize("orders", [[], [order(2, OTHER)], [order(1, None), {"order_id": 5}, None, 7, "cus_1"]])
def test_a_list_of_others_and_an_empty_list_look_the_same(orders: list[Any]) -> None:
    assert belonging(tool(LIST), {"orders": orders, "total": 3}, MINE) is None


@promise("gate.foreign-looks-like-missing")
@pytest.mark.parametrize(
    "result",
    [
        {},
        None,
        "cus_1",
        [],
        {"customer_id": OTHER, "orders": [order(1)]},
        {"customer_id": None, "orders": [order(1)]},
        {"orders": [order(1)]},
        {"customer_id": [MINE], "orders": [order(1)]},
        {"customer_id": {"id": MINE}, "orders": [order(1)]},
        {"customer_id": MINE, "orders": "order 1 of cus_2"},
        {"customer_id": MINE, "orders": 4471},
    ],
)
def test_a_result_whose_owner_is_another_or_nobody_is_missing(result: Any) -> None:
    assert belonging(tool(ECHO, LIST), result, MINE) is None
    assert not owned(tool(ECHO, LIST), result, MINE)


@pytest.mark.parametrize("refund", [{}, {"customer_id": OTHER}, {"customer_id": None}, [order(1)], "another's", 7])
def test_every_path_without_a_wildcard_must_hold_the_customers_id(refund: Any) -> None:
    assert belonging(tool(ECHO, "$.refund.customer_id"), {"customer_id": MINE, "refund": refund}, MINE) is None


@pytest.mark.parametrize("result", [{"customer_id": MINE, "refund": None}, {"customer_id": MINE}])
def test_a_record_that_is_not_there_takes_nothing_from_the_one_it_would_stand_in(result: Any) -> None:
    assert belonging(tool(ECHO, "$.refund.customer_id"), result, MINE) == result


def test_the_first_path_must_be_there() -> None:
    assert belonging(tool("$.refund.customer_id", ECHO), {"customer_id": MINE, "refund": None}, MINE) is None
    assert belonging(tool(LIST, ECHO), {"customer_id": MINE}, MINE) is None
    assert belonging(tool(ECHO, LIST), {"customer_id": MINE}, MINE) == {"customer_id": MINE}


@pytest.mark.parametrize("customer", [None, {}, {"id": OTHER}])
def test_a_record_whose_owner_is_left_out_is_nobodys(customer: Any) -> None:
    """A guest's order: the customer is asked for, the order does not say whose it is."""
    result = {"customer_id": MINE, "order": {"order_id": 1, "customer": customer}}
    assert belonging(tool(ECHO, "$.order.customer.id"), result, MINE) is None


@promise("gate.one-customer-one-world")
def test_lists_within_lists_are_looked_at_too() -> None:
    items = [{"sku": "a", "customer_id": MINE}, {"sku": "b", "customer_id": OTHER}]
    result: dict[str, Any] = {
        "orders": [
            {"order_id": 1, "items": items[:1]},
            {"order_id": 2, "items": items, "count": 2},
            {"order_id": 3, "items": items[1:]},
            {"order_id": 4, "items": []},
            {"order_id": 5},
        ],
        "total": 5,
    }
    left = belonging(tool("$.orders[*].items[*].customer_id"), result, MINE)
    assert left == {"orders": [{"order_id": 1, "items": items[:1]}, {"items": items[:1]}]}


def test_a_record_that_is_the_customers_may_hold_an_empty_list() -> None:
    result: dict[str, Any] = {"orders": [{**order(1), "items": []}, {**order(2, OTHER), "items": []}]}
    left = belonging(tool(LIST, "$.orders[*].items[*].customer_id"), result, MINE)
    assert left == {"orders": [{**order(1), "items": []}]}


@pytest.mark.parametrize(
    ("path", "result", "left"),
    [
        ("$.orders.*.customer_id", {"orders": {"a": order(1), "b": order(2, OTHER)}}, {"orders": {"a": order(1)}}),
        ("$[*].customer_id", [order(1), order(2, OTHER)], [order(1)]),
        ("$['by customer'][*]", {"by customer": [MINE, OTHER]}, {"by customer": [MINE]}),
        ('$["orders"][*]["owner"].id', {"orders": [{"owner": {"id": MINE}}, {"owner": None}]}, None),
        ("$[0].customer_id", [order(1)], [order(1)]),
        ("$[0].customer_id", {"0": order(1)}, None),
        ("$", MINE, MINE),
    ],
)
def test_records_stand_in_lists_and_in_objects(path: str, result: Any, left: Any) -> None:
    expected = {"orders": [{"owner": {"id": MINE}}]} if left is None and "owner" in path else left
    assert belonging(tool(path), result, MINE) == expected


@pytest.mark.parametrize(
    ("value", "record", "same"),
    [
        ("42", "42", True),
        (42, "42", True),
        (42.0, "42", False),
        ("042", "42", False),
        (True, "True", False),
        (True, "1", False),
        (" 42", "42", False),
        (None, "None", False),
        ("", "", False),
    ],
)
def test_ids_are_text_or_whole_numbers(value: Any, record: str, same: bool) -> None:
    assert owned(tool(ECHO), {"customer_id": value}, record) is same


@pytest.mark.parametrize(
    "path", ["$..customer_id", "$.orders[?@.mine].customer_id", "$.orders[0:2].customer_id", "$.orders[-1].customer_id"]
)
def test_a_path_that_searches_or_filters_proves_nothing(path: str) -> None:
    assert belonging(tool(path), {"customer_id": MINE, "orders": [{**order(1), "mine": True}]}, MINE) is None


def test_what_belongs_to_nobody_is_everybodys() -> None:
    anyones = Tool(effect="read", title="Product", owner="nobody")
    assert belonging(anyones, {"sku": "a"}, "") == {"sku": "a"}
    assert owned(anyones, {"sku": "a"}, "")


ids = st.sampled_from([MINE, OTHER, "cus_11", "", None, 1, 1.0, True, ["cus_1"], {"id": MINE}])
leaves = st.one_of(ids, st.integers(0, 9))
records = st.recursive(
    st.dictionaries(st.sampled_from(["customer_id", "order_id", "secret"]), leaves, max_size=3),
    lambda inner: st.dictionaries(
        st.sampled_from(["customer_id", "items", "orders", "secret"]),
        st.one_of(ids, st.lists(inner, max_size=3), inner),
    ),
    max_leaves=12,
)
results = st.fixed_dictionaries(
    {}, optional={"customer_id": ids, "orders": st.lists(records, max_size=4), "total": ids}
)
PATHS = [ECHO, LIST, "$.orders[*].items[*].customer_id", "$.order.customer_id", "$.orders.*.customer_id"]


@promise("gate.one-customer-one-world")
@given(results, st.lists(st.sampled_from(PATHS), min_size=1, max_size=3, unique=True))
def test_no_record_of_another_ever_stays(result: Any, paths: list[str]) -> None:
    left = belonging(tool(*paths), result, MINE)
    assert [one for path in paths for one in ids_at(path.split(".")[1:], left) if one != MINE] == []
    assert left is None or _within(left, result), "nothing is made up"


def ids_at(path: list[str], value: Any) -> Iterator[Any]:
    """What stands at the end of a path, written down a second time and more simply: `...` where it is not there."""
    if not path:
        yield value
        return
    name, each = path[0].removesuffix("[*]"), path[0].endswith("[*]")
    if name == "*":
        yield from (one for inner in children(value) for one in ids_at(path[1:], inner))
    elif is_object(value) and value.get(name) is not None:
        inners = children(value[name]) if each else [value[name]]
        yield from (one for inner in inners for one in ids_at(path[1:], inner))
    elif is_object(value) and len(path) == 1:
        yield ...


def children(value: Any) -> list[Any]:
    if is_object(value):
        return list(value.values())
    return list(value) if is_list(value) else [...]


def _within(part: Any, whole: Any) -> bool:
    if is_object(part) and is_object(whole):
        return all(name in whole and _within(inner, whole[name]) for name, inner in part.items())
    if is_list(part) and is_list(whole):
        return all(any(_within(one, other) for other in whole) for one in part)
    return part == whole
