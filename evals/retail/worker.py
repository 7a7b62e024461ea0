"""The worker of the exam: a language model that plays gold actions. First all reads, then all writes in one answer.

It is perfect, not blind: it reads what it is about to change even where the gold answer does not (a proposal needs
evidence), goes on after a refusal, and never says that something is done which is not.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.retail.system import Call, System, Task
from tests.support.scripted_model import Asked, Play, Reply, Result, calls, for_approval, hands_off, text_of, verdict

DONE = "This is done now"  # how every message begins that tells of a change
_AGAIN = ("not proposed", "skipped", "stale", "withdrawn")  # nothing was sent
_MOST_PROPOSALS = 3  # of one action


@dataclass(frozen=True, slots=True)
class _Made:
    """A call that the worker made, and what it gave."""

    call: Call
    result: Result


def worker_for(system: System, tasks: Iterable[Task]) -> Play:
    """One model for many missions: each is known by what its customer wrote."""
    by_words = {task.message: task for task in tasks}

    def play(asked: Asked) -> Reply:
        task = by_words.get(asked.customer[0]) if asked.customer else None
        return _Mission(system, task, asked).next() if task else hands_off("These are not the words of a task.")

    return play


def first_reads(system: System, task: Task) -> list[Call]:
    """The gold reads, and those of records that are changed without having been read."""
    there = {one.bytes for one in task.reads}
    return [*task.reads, *(one for one in _looks(system, task.writes) if one.bytes not in there)]


def _looks(system: System, writes: Iterable[Call]) -> list[Call]:
    """The reads of the records that `writes` change, each once."""
    return list({one.bytes: one for one in map(system.look, writes)}.values())


class _Mission:
    """One task as one request of its mission shows it; the answer depends on nothing else."""

    def __init__(self, system: System, task: Task, asked: Asked) -> None:
        self._system = system
        self._task = task
        self._asked = asked
        self._prefix = f"{system.id}_"  # of each tool's name, as a model sees it
        self._made = _made(asked, self._prefix)

    def next(self) -> Reply:
        reads, writes = first_reads(self._system, self._task), self._task.writes
        if reads and not self._made:
            return self._calls(reads)
        wanted = {self._sent(write).bytes for write in writes}
        proposed = [position for position, one in enumerate(self._made) if one.call.bytes in wanted]
        if proposed:
            return self._after([self._made[i] for i in proposed], since=self._made[proposed[-1] + 1 :])
        return self._propose(writes, self._made) if writes else self._unchanged()

    def _after(self, proposed: Sequence[_Made], *, since: Sequence[_Made]) -> Reply:
        """On from the answer to a proposal. `since`: what was read after it."""
        newest = {one.call.bytes: one.result for one in proposed}
        results = [newest.get(self._sent(write).bytes) for write in self._task.writes]
        states = ["not proposed" if result is None else result.state or result.error for result in results]
        if "rejected" in states:
            return verdict("declined", "A person said no.", "We cannot do this for you.")
        if all(state == "done" for state in states):
            return self._resolved()
        if others := [state for state in states if state not in ("done", "failed", *_AGAIN)]:
            return hands_off(f"A gold action came to: {others[0]}")
        if not since:
            return self._calls(_looks(self._system, self._task.writes))
        left = [write for write, state in zip(self._task.writes, states, strict=True) if state in _AGAIN]
        if left and max(Counter(one.call.bytes for one in proposed).values()) >= _MOST_PROPOSALS:
            return hands_off("It does not come to an end.")
        if left:
            return self._propose(left, since)
        return self._resolved() if "done" in states else self._impossible(since)

    def _propose(self, writes: Sequence[Call], rests_on: Sequence[_Made]) -> Reply:
        message = f"{DONE}: {'; '.join(map(str, writes))}. {self._must_tell}".strip()
        first, *others = writes
        why = "The customer asks for it."
        return calls(
            (
                self._prefix + first.tool,
                {**self._sent(first).arguments, **for_approval(why, _numbers(rests_on), message)},
            ),
            *((self._prefix + one.tool, {**self._sent(one).arguments, **_as_the_first(why)}) for one in others),
        )

    def _resolved(self) -> Reply:
        return self._handed_off() if self._task.hands_off else verdict("resolved", "All that could be done is done.")

    def _unchanged(self) -> Reply:
        if self._task.hands_off:
            return self._handed_off()
        message = f"We looked into it. {self._must_tell}".strip()
        return verdict("explained", "Nothing has to change.", message, _numbers(self._made))

    def _impossible(self, since: Sequence[_Made]) -> Reply:
        return verdict("explained", "The shop refuses it.", "This is not possible, sorry.", _numbers(since))

    def _handed_off(self) -> Reply:
        return hands_off("The gold answer ends with a person.")

    def _calls(self, wanted: Sequence[Call]) -> Reply:
        return calls(*((self._prefix + one.tool, dict(self._sent(one).arguments)) for one in wanted))

    def _sent(self, call: Call) -> Call:
        """The call without the arguments that are bound; a tool that is not offered is called as it is."""
        offer = self._asked.tools.get(self._prefix + call.tool)
        if offer is None:
            return call
        offered = offer["parameters"]["properties"]
        return Call(call.tool, {name: value for name, value in call.arguments.items() if name in offered})

    @property
    def _must_tell(self) -> str:
        return f"To your question: {', '.join(self._task.must_tell)}." if self._task.must_tell else ""


def _made(asked: Asked, prefix: str) -> list[_Made]:
    """All calls of the system's tools that have a result, in order."""
    results = {one["tool_call_id"]: text_of(one) for one in asked.messages if one["role"] == "tool"}
    return [
        _Made(Call(name.removeprefix(prefix), arguments), Result(name, _parsed(results[call["id"]])))
        for message in asked.messages
        for call in message.get("tool_calls") or ()
        if (name := call["function"]["name"]).startswith(prefix) and call["id"] in results
        for arguments in [_own(json.loads(call["function"]["arguments"]))]
    ]


def _own(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name != "for_approval"}


def _as_the_first(why: str) -> dict[str, Any]:
    return {"for_approval": {"why": why, "evidence": None, "message_to_customer": None}}


def _numbers(made: Iterable[_Made]) -> list[int]:
    """What can be cited: records that were found."""
    return [
        number
        for one in made
        if (number := one.result.observation) is not None
        and one.call.tool != "calculate"
        and "missing" not in one.result.value
    ]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return {"error": text}
