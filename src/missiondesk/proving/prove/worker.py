"""Inside a forked worker: what the order makes of it, before it runs turns like any other process."""

import importlib
import logging
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from missiondesk.effects import Executor
from missiondesk.integrations import Answer, Connections, Known
from missiondesk.kit import crashpoint
from missiondesk.missions import Parts
from missiondesk.proving.prove.broken import BUILDS
from missiondesk.proving.prove.herd import Order
from missiondesk.proving.prove.schedule import Stop
from missiondesk.proving.sandbox import CONNECTION

_RECHECKED = f"{CONNECTION}.get_account"  # the last that is read before an action is sent


def become(order: Order) -> None:
    """Take on the environment of the order, and write to its log."""
    out = os.open(order.log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.clear()
    os.environ.update(order.environment)
    if order.crash_at:
        os.environ["MISSIONDESK_CRASH_AT"] = order.crash_at
    importlib.reload(crashpoint)  # it was loaded before this environment was known
    logging.basicConfig(level="WARNING", format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")


def fitted(parts: Parts, order: Order) -> Parts:
    """`parts` with the executor that the order wants: one that stands still once, or one that is broken."""
    build = BUILDS[order.broken] if order.broken else Executor
    connections = _Stopping(parts.connections, order.stop) if order.stop else parts.connections
    return replace(parts, executor=build(connections, parts.policy))


class _Stopping(Connections):
    """Connections of which one call, the first, makes the whole process stand still until somebody continues it."""

    def __init__(self, real: Connections, stop: Stop) -> None:
        self.__dict__ = real.__dict__  # all that it knows and learns is shared: it is the same, but for that
        self.__dict__["_stop"] = stop

    async def ask(self, known: Known, *args: Any, **more: Any) -> Answer:
        answer = await super().ask(known, *args, **more)
        if known.key == _RECHECKED:
            self._stand_still_at("after-recheck")
        return answer

    @asynccontextmanager
    async def for_writing(self, known: Known) -> AsyncGenerator[Any]:
        async with super().for_writing(known) as way:
            self._stand_still_at("before-call")
            yield way
            self._stand_still_at("after-call")

    def _stand_still_at(self, place: Stop) -> None:
        if self.__dict__["_stop"] == place:
            self.__dict__["_stop"] = None
            os.kill(os.getpid(), signal.SIGSTOP)
