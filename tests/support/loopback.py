"""A web application on a free port of loopback, in a thread, for as long as it is entered."""

import asyncio
import socket
import threading
from concurrent.futures import Future
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """Ends when it is told, not when it looks up next."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told_to_end: Future[None] = Future()
        self.force_exit = config.lifespan == "off"  # nothing to tidy up, and nobody to wait for

    async def main_loop(self) -> None:
        await asyncio.wrap_future(self.told_to_end)


class Loopback:
    """`url` is its address without a path. `lifespan`: the application has something to begin and to end."""

    def __init__(self, app: ASGIApp, *, lifespan: bool = False) -> None:
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)  # else asyncio leaves Nagle on: 40 ms a request
        config = uvicorn.Config(app, log_level="critical", lifespan="on" if lifespan else "off", ws="none")
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(64)  # who comes before the thread runs waits in the queue
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.told_to_end.set_result(None)
        self._thread.join(timeout=10)
        self._socket.close()
        assert not self._thread.is_alive(), "the server does not end"
