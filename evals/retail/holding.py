"""The exam as a whole: tasks in batches, one installation each, a few tasks at once."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import httpx

from evals.retail.api import Person
from evals.retail.installation import PASSWORD, STAFF, ExamFailed, Installation, email_of, installed
from evals.retail.playing import Answer, Case, Played
from evals.retail.system import System, Task

_BATCH = 20  # the server keeps a copy of the shop in memory for each task
_AT_ONCE = 4


async def held(
    system: System,
    chosen: Sequence[Task],
    rejected: Collection[str],
    say: Callable[[str], None],
    policy: Path | None = None,
) -> list[Played]:
    """All that was played, in the order of `chosen`; what is proposed in the tasks named `rejected` is rejected.

    `policy`: instead of the company's own.

    Raises `ExamFailed` if an installation cannot be made, or is gone.
    """
    played: dict[str, Played] = {}

    def told(one: Played) -> None:
        played[one.task.id] = one
        say(f"{len(played)}/{len(chosen)} task {one.task.id}: {one.outcome or 'no end'}{_wrong(one)}")

    for batch in batches(chosen):
        try:
            async with installed(system, batch, policy) as here:
                await _play_all(batch, here, rejected, told)
        except* (ExamFailed, httpx.TransportError) as failed:
            raise ExamFailed("; ".join(str(one) or repr(one) for one in _leaves(failed))) from None
    return [played[task.id] for task in chosen]


def batches(chosen: Sequence[Task]) -> list[list[Task]]:
    """As few as can be, of nearly the same size, with no customer twice in one: a record has one owner in a portal."""
    customers = [task.user_id for task in chosen]
    most = max((customers.count(one) for one in customers), default=0)
    found: list[list[Task]] = [[] for _ in range(max(most, -(-len(chosen) // _BATCH)))]
    for task in sorted(chosen, key=lambda one: (-customers.count(one.user_id), one.user_id)):
        free = [batch for batch in found if task.user_id not in {one.user_id for one in batch}]
        min(free, key=len).append(task)
    return found


async def _play_all(
    batch: Sequence[Task], here: Installation, rejected: Collection[str], told: Callable[[Played], None]
) -> None:
    places = asyncio.Semaphore(_AT_ONCE)
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(httpx.AsyncClient(base_url=here.url, timeout=60))
        people = [await Person.sign_in(api, email, PASSWORD) for email in STAFF]

        async def play(task: Task) -> None:
            answer: Answer = "reject" if task.id in rejected else "approve"
            async with places:
                customer = await Person.sign_in(api, email_of(task), PASSWORD, portal=here.records.system.id)
                told(await Case(task, here, customer, people, answer).play())

        async with asyncio.TaskGroup() as group:
            for task in batch:
                group.create_task(play(task))


def _leaves(group: BaseExceptionGroup[Exception]) -> list[BaseException]:
    """The exceptions in a group, without the groups in it."""
    return [
        leaf for one in group.exceptions for leaf in (_leaves(one) if isinstance(one, BaseExceptionGroup) else [one])
    ]


def _wrong(one: Played) -> str:
    return f" ({'; '.join(one.faults)})" if one.faults else ""
