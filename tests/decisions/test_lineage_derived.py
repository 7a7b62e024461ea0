"""Derived values: a worker says what it made an amount of, and our code makes it again from what was really seen."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from evals.lineage.case import euro, said, seen
from missiondesk.decisions import Derived, FieldOf, Origin, origins_of
from missiondesk.trace import Observation
from tests.demo.northwind import Northwind
from tests.promises import promise
from tests.support.company import copied, edit
from tests.support.postgres import Cloned
from tests.support.world import CHARGED_TWICE, until, world_at

PAYMENTS = seen(3, {"payments": [{"amount": euro(2_000), "count": 3}, {"amount": euro(500), "count": 4}]})
REFUNDS = seen(4, {"refund": {"amount": euro(770), "in_dollars": euro(770, "USD"), "note": "7.70"}})
TRACE = [said(1, "Hello"), PAYMENTS, REFUNDS]
PAID, BACK = FieldOf(observation=3, path="$.payments[0].amount"), FieldOf(observation=4, path="refund.amount")
OTHER = FieldOf(observation=3, path="payments.1.amount")


def origin(value: Any, op: Any, *of: FieldOf, trace: list[Observation] = TRACE) -> Origin:
    said = {"amount": Derived(op=op, of=of)}
    return origins_of({"amount": value}, bound=(), seen=trace, constants={}, brief="b@1", derived=said)["amount"]


@promise("decisions.every-value-has-an-origin")
@pytest.mark.parametrize(
    ("value", "op", "of", "label"),
    [
        (euro(1_230), "difference", (PAID, BACK), "€12.30 = €20.00 − €7.70 (observations #3, #4)"),
        (euro(3_270), "sum", (PAID, OTHER, BACK), "€32.70 = €20.00 + €5.00 + €7.70 (observations #3, #4)"),
        (euro(2_500), "sum", (PAID, OTHER), "€25.00 = €20.00 + €5.00 (observation #3)"),
        (euro(770), "min", (PAID, BACK), "€7.70 = the smallest of €20.00, €7.70 (observations #3, #4)"),
    ],
)
def test_what_comes_out_exactly_is_a_record_and_says_how(
    value: Any, op: str, of: tuple[FieldOf, ...], label: str
) -> None:
    found = origin(value, op, *of)
    assert (found.kind, found.label, found.path) == ("record", label, None)
    assert found.observations == {one.observation for one in of}, "all of it is evidence, and is read again"
    assert found.made is not None
    assert found.made.of[0].path.startswith("$."), "each can be jumped to"


def test_whole_numbers_can_be_derived_too() -> None:
    counts = [FieldOf(observation=3, path=f"payments[{n}].count") for n in (0, 1)]
    assert origin(7, "sum", *counts).kind == "record"
    assert origin(8, "sum", *counts).kind == "model"
    assert origin(7.0, "sum", *counts).kind == "record", "the same number, byte for byte"


@promise("decisions.every-value-has-an-origin")
@pytest.mark.parametrize(
    ("value", "op", "of"),
    [
        (euro(1_231), "difference", (PAID, BACK)),
        (euro(1_230, "USD"), "difference", (PAID, BACK)),
        (1_230, "difference", (PAID, BACK)),
        (euro(-1_230), "difference", (BACK, PAID)),
        (euro(4_000), "sum", (PAID, PAID)),
        (euro(4_000), "sum", (PAID, FieldOf(observation=3, path="payments[0].amount"))),
        (euro(2_770), "sum", (PAID, FieldOf(observation=4, path="$.refund.in_dollars"))),
        (euro(2_770), "sum", (PAID, FieldOf(observation=4, path="$.refund.note"))),
        (euro(2_770), "sum", (PAID, FieldOf(observation=9, path="$.refund.amount"))),
        (euro(2_770), "sum", (PAID, FieldOf(observation=1, path="text"))),
        (euro(2_770), "sum", (PAID, FieldOf(observation=4, path="$..amount"))),
    ],
)
def test_what_does_not_come_out_exactly_is_made_up(value: Any, op: str, of: tuple[FieldOf, ...]) -> None:
    assert origin(value, op, *of).kind == "model"


def test_a_wrong_derivation_takes_nothing_from_a_value_that_stands_in_a_record() -> None:
    found = origin(euro(2_000), "sum", PAID, BACK)
    assert (found.kind, found.observation, found.path, found.made) == ("record", 3, "$.payments[0].amount", None)


def test_a_path_that_leads_to_two_fields_is_none() -> None:
    twice = seen(5, {"a": {"b": euro(100)}, "a.b": euro(200)})
    fields = (PAID, FieldOf(observation=5, path="a.b"))
    assert origin(euro(2_100), "sum", *fields, trace=[*TRACE, twice]).kind == "model"


@pytest.mark.parametrize("of", [[PAID], [PAID] * 7])
def test_one_field_is_no_derivation_and_too_many_add_up_to_anything(of: list[FieldOf]) -> None:
    with pytest.raises(ValidationError):
        Derived(op="sum", of=tuple(of))


async def test_a_procedure_declares_it_the_card_shows_it_and_it_is_sent(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    procedure = company / "briefs" / "duplicate-charge" / "procedure.py"
    edit(procedure, "import Ask, Cited, Conclude, Finding,", "import Ask, Cited, Conclude, Derived, FieldOf, Finding,")
    of = ", ".join(f'FieldOf(observation=evidence[1], path="payments[1].{name}")' for name in ("amount", "refundable"))
    constant = '"reason": desk.brief.head.constants["reason"],\n            },\n'
    edit(procedure, constant, f'{constant}            derived={{"amount": Derived(op="min", of=({of}))}},\n')
    async with world_at(database, northwind, tmp_path, company=str(company)) as world:
        mira, ana = await world.customer("mira"), await world.agent("ana")
        await mira.writes(CHARGED_TWICE)
        card = await ana.card()
        [origin] = [one["origin"] for one in card["actions"][0]["arguments"] if one["name"] == "amount"]
        n = origin["made"]["of"][0]["observation"]
        assert origin["label"] == f"€49.90 = the smallest of €49.90, €49.90 (observation #{n})"
        assert [one["path"] for one in origin["made"]["of"]] == ["$.payments[1].amount", "$.payments[1].refundable"]
        assert n in {one["observation"] for one in card["evidence"]}
        await ana.approves(card)
        await until(lambda: ana.get(f"/api/desk/proposals/{card['id']}"), lambda now: now["state"] == "done")
