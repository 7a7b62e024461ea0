"""A model may say what it made an amount of. What it says is checked as a shape here, and made again elsewhere."""

from typing import Any

from missiondesk.workers import Derived, FieldOf, ModelWorker, Propose
from tests.support.scripted_model import Asked, Reply, ScriptedModel, calls
from tests.workers.conftest import Mission
from tests.workers.scripts import EXPLAINED, LOOK, refund_call


def less(asked: Asked, op: str = "min") -> Reply:
    name, arguments = refund_call(asked)
    n = asked.result("billing_list_payments")["observation"]
    fields = [{"observation": n, "path": f"payments[{one}].amount"} for one in (0, 1)]
    derived: dict[str, Any] = {"amount": {"op": op, "of": fields}}
    return calls((name, {**arguments, "for_approval": {**arguments["for_approval"], "derived": derived}}))


async def test_what_a_model_says_it_made_an_amount_of_comes_with_the_change(mission: Mission) -> None:
    with ScriptedModel([LOOK, less]) as model:
        move = await ModelWorker(model.model()).next_move(await mission.desk())
    assert isinstance(move, Propose)
    [refund] = move.actions
    n = next(one.n for one in await mission.trace() if one.kind == "seen")
    fields = tuple(FieldOf(observation=n, path=f"payments[{one}].amount") for one in (0, 1))
    assert refund.derived == {"amount": Derived(op="min", of=fields)}
    schema = model.asked[0].tools["billing_refund_payment"]["parameters"]["properties"]["for_approval"]
    assert schema["properties"]["derived"]["additionalProperties"]["properties"]["op"]["enum"][0] == "sum"
    assert "derived" not in schema["required"]


async def test_a_derivation_that_is_none_is_refused_with_its_place(mission: Mission) -> None:
    with ScriptedModel([LOOK, lambda asked: less(asked, "average"), EXPLAINED]) as model:
        await ModelWorker(model.model()).next_move(await mission.desk())
    assert "for_approval.derived.amount.op" in model.asked[-1].errors("billing_refund_payment")[0]
