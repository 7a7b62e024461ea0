"""A command: one supervised process for all calls, begun with the first, ended when idle, begun again when it died."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping, Sequence

from missiondesk.integrations.mcp_client.asking_again import Exchange
from missiondesk.integrations.mcp_client.held import Held
from missiondesk.integrations.mcp_client.process import stdio
from missiondesk.integrations.mcp_client.session import Learned, Session, learn, speak

IDLE = 300.0  # seconds without a call, then the process is ended
_SHORTEST, _LONGEST = 0.2, 30.0  # seconds between its end and its next beginning
_WORTH_WAITING = 1.0  # seconds that a call waits for the next beginning
_MORE_AT_FIRST = 4.0  # seconds that a call waits for a process that starts, beyond its patience
_STARTING = 60.0  # seconds that a process has for its first answer: some install themselves first
_PROBE = 10.0  # seconds for the question how to speak


class OverStdio:
    """The way to one command."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None,
        patience: float,
        idle: float = IDLE,
    ) -> None:
        self._command = command
        self._env = env
        self._patience = patience
        self._idle = idle
        self._held: Held | None = None
        self._in_use = 0
        self._idle_timer: asyncio.TimerHandle | None = None
        self._pause = 0.0
        self._not_before = 0.0
        self._why = ""
        self._learned: Learned | None = None
        self._asked_how = False  # the question how to speak is under way
        self._doubt = True  # whether it may have ended because of that question
        self._to_greet_anew: Held | None = None
        self._closing = False

    @contextlib.asynccontextmanager
    async def session(self) -> AsyncGenerator[Held]:
        """The session that all calls share. Raises `ConnectionError` when there is none, with why and until when."""
        self._in_use += 1
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        try:
            held = await self._running()
            yield held
            self._pause = 0.0  # it has answered
        finally:
            self._in_use -= 1
            self._watch_idle()

    async def lists_the_same(self) -> None:
        """Its process is asked in its session."""

    def remember(self, exchange: Exchange | None) -> None:
        """There is none."""

    def forget(self) -> bool:
        """A process says at each beginning how it wants to be spoken to."""
        return False

    async def close(self) -> None:
        self._closing = True
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        if self._held is not None:
            if self._held.session is None:
                self._held.task.cancel()
            self._held.leave()
            await asyncio.wait({self._held.task})

    async def _running(self) -> Held:
        while True:
            held = await self._begun()
            try:
                async with asyncio.timeout(self._patience + _MORE_AT_FIRST):
                    await held.ready()
            except TimeoutError:
                raise ConnectionError("Its process was started and has not said a word yet. It may soon.") from None
            except ConnectionError:
                if held is not self._to_greet_anew:
                    raise
            else:
                return held

    async def _begun(self) -> Held:
        while self._held is None or self._held.over:
            if self._closing:
                raise ConnectionError("The connection was closed.")
            pause = self._not_before - asyncio.get_running_loop().time()
            if pause > _WORTH_WAITING:
                raise ConnectionError(f"{self._why} It is started again in {pause:.0f} seconds.")
            if pause > 0:
                await asyncio.sleep(pause)
            elif self._held is not None and not self._held.task.done():
                await asyncio.wait({self._held.task})  # two of the same might get in each other's way
            else:
                self._start()
        return self._held

    def _start(self) -> None:
        self._held = held = Held(stdio(self._command, self._env), self._begin, opening=_STARTING)
        held.task.add_done_callback(lambda _: self._ended(held))

    async def _begin(self, session: Session) -> None:
        if self._learned == "handshake":
            await speak(session, self._learned)
        else:
            self._asked_how = True
            self._learned = await learn(session, patience=_PROBE)
        self._asked_how, self._doubt = False, True

    def _ended(self, held: Held) -> None:
        if held.why is None:
            return  # we asked for it
        if self._asked_how and self._doubt:  # some end when the first word is not the one they know
            self._asked_how, self._doubt = False, False
            self._learned, self._to_greet_anew = "handshake", held
            return
        if held.session is None:
            self._learned = None
        self._pause = min(max(self._pause * 2, _SHORTEST), _LONGEST)
        self._not_before = asyncio.get_running_loop().time() + self._pause
        self._why = held.why

    def _watch_idle(self) -> None:
        if self._held is not None and not self._in_use and not self._closing:
            self._idle_timer = asyncio.get_running_loop().call_later(self._idle, self._held.leave)
