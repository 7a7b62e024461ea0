"""A system goes away in the middle of a turn, and comes back: both kinds of worker go on from where they were."""

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

import pytest

from missiondesk.integrations import ConnectionPaused, Connections, Declared, Reviewed
from missiondesk.trace import Observation
from missiondesk.workers import Ask, ModelWorker, Move, ProcedureWorker, Propose, SystemAway, Worker
from tests.support.doorway import Doorway, doorway
from tests.support.scripted_model import ScriptedModel, asks, calls
from tests.support.world import until
from tests.workers.conftest import Mission
from tests.workers.little_billing import connections_to
from tests.workers.scripts import EXPLAINED, FLAGSHIP, LIST, LOOK, SEARCH, refund_later

PROCEDURE = """
from missiondesk.workers import Ask

async def next_move(desk):
    await desk.consult("charged twice")
    found = await desk.read("billing.list_payments", order_id="4471")
    return Ask(f"Is it {found.value['payments'][1]['payment_id']}?")
"""


@dataclass
class Apart:
    """A mission whose billing lies behind a door, which is shut."""

    mission: Mission
    door: Doorway

    async def until_back(self, worker: Worker, turn: int = 1) -> Move:
        """The door opens, and the turn is run as often as it takes."""
        self.door.open()

        async def again() -> Move | None:
            try:
                return await worker.next_move(await self.mission.desk(turn))
            except ConnectionPaused:
                return None

        return await until(again, lambda move: move is not None)


@pytest.fixture
async def apart(mission: Mission, address: tuple[object, str]) -> AsyncGenerator[Apart]:
    async with doorway(address[1]) as door:
        connections = await connections_to(door.url)
        door.shut()
        yield Apart(replace(mission, connections=connections), door)
        await connections.close()


async def test_a_model_is_not_asked_again_for_what_it_said_before_the_system_went_away(apart: Apart) -> None:
    with ScriptedModel(FLAGSHIP) as model:
        worker = ModelWorker(model.model())
        for _ in range(2):
            with pytest.raises(ConnectionPaused, match="Billing does not answer"):
                await worker.next_move(await apart.mission.desk())
        move = await apart.until_back(worker)
    assert isinstance(move, Propose)
    assert len(model.asked) == 2, "one answer to look, one to propose"
    assert _kinds(await apart.mission.trace()) == {"thought": 2, "consulted": 1, "seen": 1}
    assert apart.mission.billing.reads == ["list_payments"]


async def test_a_read_beside_the_one_that_fails_is_not_done_again(apart: Apart) -> None:
    """The knowledge was searched while billing was tried."""
    with ScriptedModel([calls(SEARCH, LIST), refund_later]) as model:
        worker = ModelWorker(model.model())
        with pytest.raises(ConnectionPaused):
            await worker.next_move(await apart.mission.desk())
        assert _kinds(await apart.mission.trace()) == {"thought": 1, "consulted": 1}
        assert isinstance(await apart.until_back(worker), Propose)
    assert _kinds(await apart.mission.trace())["consulted"] == 1


async def test_what_the_customer_writes_meanwhile_is_heard_with_the_results(apart: Apart) -> None:
    with ScriptedModel([LOOK, EXPLAINED]) as model:
        worker = ModelWorker(model.model())
        with pytest.raises(ConnectionPaused):
            await worker.next_move(await apart.mission.desk())
        apart.mission.says("Any news?")
        with pytest.raises(ConnectionPaused):
            await worker.next_move(await apart.mission.desk(turn=2))
        await apart.until_back(worker, turn=2)
    assert len(model.asked) == 2
    assert model.asked[-1].customer == ["I was charged twice for order 4471.", "Any news?"]
    assert model.asked[-1].has("billing_list_payments")


async def test_a_question_beside_the_read_was_never_asked_and_the_model_hears_so(apart: Apart) -> None:
    which = ("ask_customer", {"question": "Which one?"})
    with ScriptedModel([calls(LIST, which), asks("Which one?")]) as model:
        worker = ModelWorker(model.model())
        with pytest.raises(ConnectionPaused):
            await worker.next_move(await apart.mission.desk())
        apart.mission.says("Any news?")
        move = await apart.until_back(worker, turn=2)
    assert move == Ask("Which one?")
    assert "with no read in the same step" in model.asked[-1].errors("ask_customer")[0]
    assert model.asked[-1].has("billing_list_payments")


async def test_a_procedure_that_runs_again_tells_nothing_twice(apart: Apart) -> None:
    worker = ProcedureWorker(replace(apart.mission.brief, procedure=PROCEDURE))
    for _ in range(2):
        with pytest.raises(ConnectionPaused):
            await worker.next_move(await apart.mission.desk())
    assert await apart.until_back(worker) == Ask("Is it pay_7702?")
    assert _kinds(await apart.mission.trace()) == {"thought": 1, "consulted": 1, "seen": 1}


@pytest.fixture
async def ours(mission: Mission) -> Declared:
    """What was decided on and reviewed of billing."""
    return mission.connections.now


async def test_a_system_that_says_no_is_not_said_to_be_away(mission: Mission, ours: Declared) -> None:
    strict = Declared({"billing": ours.files["billing"].model_copy(update={"missing": []})}, ours.reviews)
    await _ends(mission, strict, r"^Billing refused: .*no such order$")


async def test_a_tool_that_changed_is_said_to_be_taken_away(mission: Mission, ours: Declared) -> None:
    before = deepcopy(dict(ours.reviews["billing"].tools))
    before["list_payments"]["description"] += " All of them."
    reviewed = Reviewed(server=ours.reviews["billing"].server, tools=before)
    await _ends(mission, Declared(ours.files, {"billing": reviewed}), "^“Payments” of Billing was taken away")


async def _ends(mission: Mission, declared: Declared, words: str) -> None:
    """Both workers end with these words, and neither is told to wait."""
    connections = Connections(declared, patience=5)
    mine = replace(mission, connections=connections)
    desk = await mine.desk()
    with pytest.raises(SystemAway, match=words):
        await desk.read("billing.list_payments", order_id="1")
    connections = Connections(declared, patience=5)
    reads = calls(("billing_list_payments", {"order_id": "1"}))
    with ScriptedModel([reads]) as model, pytest.raises(SystemAway, match=words):
        await ModelWorker(model.model()).next_move(await replace(mine, connections=connections).desk(turn=2))
    await connections.close()
    await mine.connections.close()


def _kinds(trace: Sequence[Observation]) -> dict[str, int]:
    return dict(Counter(one.kind for one in trace))
