"""A server as a process of ours: its lines in and out, what it says on stderr, and its end with all that it started."""

import asyncio
import contextlib
import os
import re
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence

import anyio
from anyio.abc import ObjectReceiveStream, ObjectSendStream
from mcp.shared.message import SessionMessage
from mcp.types import jsonrpc_message_adapter

from missiondesk.integrations.mcp_client.answers import LARGEST
from missiondesk.integrations.mcp_client.reasons import quoted

_INHERITED = (
    *("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER"),
    *("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"),  # whom this machine trusts
)
_CHUNK = 65_536
_TAIL = 4_096  # bytes of stderr that are kept
_READING = 20.0  # seconds that it may leave its input unread, when the pipe is full
_BY_ITSELF = 1.0  # seconds a server has to end after its input has
_BY_REQUEST = 2.0  # seconds from SIGTERM to SIGKILL


class Ended(ConnectionError):
    """The process cannot be started, or is over."""


class TooLong(ConnectionError):
    """A line is longer than `LARGEST`."""


@contextlib.asynccontextmanager
async def stdio(
    command: Sequence[str], env: Mapping[str, str] | None
) -> AsyncGenerator[tuple[ObjectReceiveStream[SessionMessage | Exception], ObjectSendStream[SessionMessage]]]:
    """The streams of a new process, as the SDK wants them. It sees `env` and a few harmless variables of ours.

    Raises `Ended` or `TooLong` out of the context, as soon as it is so.
    """
    process = await _started(command, env)
    told, incoming = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    outgoing, to_write = anyio.create_memory_object_stream[SessionMessage](0)
    stderr, in_order = _Tail(), False
    try:
        async with told, incoming, outgoing, to_write, anyio.create_task_group() as tasks:
            tasks.start_soon(stderr.read, process)
            tasks.start_soon(_listen, process, told, stderr)
            tasks.start_soon(_write, process, to_write)
            try:
                yield incoming, outgoing
                in_order = True
            finally:
                tasks.cancel_scope.cancel()
    finally:
        with anyio.CancelScope(shield=True):
            await _end(process, gently=in_order)


async def _started(command: Sequence[str], env: Mapping[str, str] | None) -> Process:
    ours = {name: value for name in _INHERITED if (value := os.environ.get(name)) is not None}
    complete = {**ours, **(env or {})}
    try:
        return await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=complete, start_new_session=True
        )
    except FileNotFoundError as error:
        where = "" if "/" in command[0] else f" in {quoted(complete.get('PATH', 'an empty PATH'))}"
        raise Ended(f"There is no command {quoted(command[0])}{where}.") from error
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise Ended(f"The command {quoted(command[0])} cannot be started: {said}.") from error


async def _listen(process: Process, told: ObjectSendStream[SessionMessage | Exception], stderr: "_Tail") -> None:
    """Raises when there is nothing more to hear, for a session must learn of it."""
    assert process.stdout is not None
    strange = ""
    async for line in _lines(process.stdout):
        item = _message(line)
        if isinstance(item, ValueError):  # many print a greeting where messages belong
            strange = line.decode(errors="replace")
        try:
            await told.send(item)
        except anyio.BrokenResourceError:
            return  # nobody listens any more, and whoever did knows why
    code = process.returncode if await _over(process, 0.5) else None
    how = "It closed its output" if code is None else f"Its process ended ({_code(code)})"
    said = _most_telling(stderr.said() or strange)
    raise Ended(f"{how} and said: {quoted(said)}" if said else f"{how} and said nothing.")


def _message(line: bytes) -> SessionMessage | ValueError:
    try:
        return SessionMessage(jsonrpc_message_adapter.validate_json(line, by_name=False))
    except ValueError as error:
        return error


async def _lines(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    begun = bytearray()
    while chunk := await stream.read(_CHUNK):
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            _fits(len(begun) + len(line))
            if text := bytes(begun + line).strip():
                yield text
            begun.clear()
        begun += rest
        _fits(len(begun))


def _fits(size: int) -> None:
    if size > LARGEST:
        raise TooLong(f"It sent a line of more than {LARGEST:,} bytes, so its process was ended.")


async def _write(process: Process, to_write: ObjectReceiveStream[SessionMessage]) -> None:
    assert process.stdin is not None
    async for message in to_write:
        line = message.message.model_dump_json(by_alias=True, exclude_unset=True)
        try:
            process.stdin.write(line.encode() + b"\n")
            async with asyncio.timeout(_READING):
                await process.stdin.drain()
        except (ConnectionError, TimeoutError):
            await asyncio.sleep(1)  # who reads its output knows better why, and ends this wait
            raise Ended("It does not read what it is sent.") from None


class _Tail:
    """The last words on stderr; the rest is read and forgotten, so that nobody waits for us to read it."""

    def __init__(self) -> None:
        self._kept = b""

    def said(self) -> str:
        return self._kept.decode(errors="replace").strip()

    async def read(self, process: Process) -> None:
        assert process.stderr is not None
        while chunk := await process.stderr.read(_CHUNK):
            self._kept = (self._kept + chunk)[-_TAIL:]


def _most_telling(text: str) -> str:
    """The last line that names an error, or the last words."""
    errors = [line for line in text.splitlines() if re.search(r"error\b", line, re.IGNORECASE)]
    return (errors[-1] if errors else text[-300:]).strip()


async def _end(process: Process, *, gently: bool) -> None:
    """Gently its input ends first, then comes SIGTERM. In any case SIGKILL for its group, whoever of it is left."""
    assert process.stdin is not None
    process.stdin.close()
    if gently and not await _over(process, _BY_ITSELF):
        _signal(process, signal.SIGTERM)
        await _over(process, _BY_REQUEST)
    _signal(process, signal.SIGKILL)
    await _over(process, _BY_REQUEST)
    # asyncio keeps its pipes open while a child of the dead process holds them, and offers no public way to let go
    transport = getattr(process, "_transport", None)
    if isinstance(transport, asyncio.SubprocessTransport):
        transport.close()


def _signal(process: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


async def _over(process: Process, seconds: float) -> bool:
    """Whether it ends in time. Not `wait()`: that also waits for children who hold its pipes."""
    until = asyncio.get_running_loop().time() + seconds
    while process.returncode is None:
        if asyncio.get_running_loop().time() >= until:
            return False
        await asyncio.sleep(0.01)
    return True


def _code(code: int) -> str:
    return f"by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
