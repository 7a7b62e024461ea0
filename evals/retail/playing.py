"""One task through the front door: the customer writes, whatever waits is decided, and what happened is gathered."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from evals.retail.api import Person
from evals.retail.installation import Installation
from evals.retail.system import Call, System, Task

Answer = Literal["approve", "reject"]
_PATIENCE, _LOOK = 120.0, 0.1  # seconds: for the next thing to happen, and between two looks
_ENDLESS = 6  # proposals of one mission


@dataclass(frozen=True, slots=True)
class Played:
    """What happened in one task of the installation at `url`.

    `faults`: what went otherwise than the exam can go on with.
    """

    system: System
    url: str
    task: Task
    answer: Answer
    final_hash: str
    calls: list[Call]
    cards: list[Mapping[str, Any]]
    trace: list[Mapping[str, Any]]
    verified: bool
    view: Mapping[str, Any]
    outcome: str | None
    faults: list[str] = field(default_factory=list[str])

    @property
    def approved(self) -> list[Mapping[str, Any]]:
        """The actions that were approved, in the order of their cards."""
        return [action for card in self.cards if _decided(card) == "approve" for action in card["actions"]]


class Case:
    """A task's case while it goes on. `people`: an agent, and then supervisors."""

    def __init__(
        self, task: Task, here: Installation, customer: Person, people: Sequence[Person], answer: Answer
    ) -> None:
        self._task = task
        self._here = here
        self._customer = customer
        self._people = people
        self._agent = people[0]
        self._answer: Answer = answer
        self._answered: Counter[str] = Counter()
        self._faults: list[str] = []

    async def play(self) -> Played:
        """From the customer's words to the end. Where it cannot go on is a fault; what is there is gathered."""
        case = (await self._customer.post("/api/customer/cases", {"text": self._task.message}))["id"]
        try:
            while (item := await self._next_item(case)) is not None and self._answered.total() < _ENDLESS:
                if item["kind"] != "proposal":
                    self._faults.append(f"waits as {item['kind']}: {item['title']}")
                    break
                await self._decide(item["id"])
        except TimeoutError:
            self._faults.append(f"nothing happened for {_PATIENCE:.0f} s")
        except httpx.HTTPStatusError as no:
            self._faults.append(f"{no.request.url.path} answered {no.response.status_code}: {no.response.text[:300]}")
        return await self._gathered(case)

    async def _next_item(self, case: str) -> Mapping[str, Any] | None:
        """What waits for a person in this case; `None` when its mission has ended."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                missions = (await self._agent.get(f"/api/desk/cases/{case}"))["missions"]
                if missions and missions[-1]["state"] == "done":
                    return None
                if missions and missions[-1]["waits_for"] in ("decision", "unknown_effect"):
                    queue = (await self._agent.get("/api/desk/proposals"))["items"]
                    if mine := [item for item in queue if item["case_id"] == case]:
                        return mine[0]
                await asyncio.sleep(_LOOK)

    async def _decide(self, proposal: str) -> None:
        """Answer what the card shows, after a look at the records: they must not have moved yet.

        By the next person who is good for it: each answers once.
        """
        card = await self._agent.get(f"/api/desk/proposals/{proposal}")
        if not self._answered and await self._hash() != self._task.initial_hash:
            self._faults.append("the records moved before anything was decided")
        people = self._people[1:] if card["ruling"]["role"] == "supervisor" else self._people
        who = people[min(self._answered[proposal], len(people) - 1)]
        self._answered[proposal] += 1
        body = {"kind": self._answer, "digest": card["digest"]}
        if self._answer == "reject":
            body["reason"] = "Not today."
        await who.post(f"/api/desk/proposals/{proposal}/decisions", body)

    async def _gathered(self, case: str) -> Played:
        seen = await self._agent.get(f"/api/desk/cases/{case}")
        mission = seen["missions"][-1] if seen["missions"] else None
        trace = await self._agent.get(f"/api/desk/missions/{mission['id']}/observations") if mission else None
        lines: list[Mapping[str, Any]] = trace["items"] if trace else []
        cards = dict.fromkeys(line["detail"]["proposal"] for line in lines if line["kind"] == "proposed")
        return Played(
            self._here.records.system,
            self._here.url,
            self._task,
            self._answer,
            await self._hash(),
            await asyncio.to_thread(self._here.records.calls, self._task),
            [await self._agent.get(f"/api/desk/proposals/{card}") for card in cards],
            lines,
            bool(trace and trace["verified"]),
            await self._customer.get(f"/api/customer/cases/{case}"),
            mission["outcome"] if mission else None,
            self._faults,
        )

    async def _hash(self) -> str:
        return await asyncio.to_thread(self._here.records.hash_of, self._task)


def _decided(card: Mapping[str, Any]) -> str | None:
    return card["decisions"][-1]["kind"] if card["decisions"] else None
