"""An admin agrees in a browser on this machine, and the answer comes back to a free port of loopback."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

from missiondesk.kit.errors import Refused

_PATH = "/callback"
_PAGE = (
    "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-security-policy: default-src 'none'\r\n"
    "cache-control: no-store\r\nreferrer-policy: no-referrer\r\nconnection: close\r\n\r\n"
    "<!doctype html><title>Missiondesk</title><p>{words}</p>"
)

Begin = Callable[[str], Awaitable[str]]  # the address to come back to → the address to open
Finish = Callable[[Mapping[str, str]], Awaitable[None]]


class NobodyAgreed(Refused):
    """Nobody agreed in time. Begin again."""


async def let_agree(begin: Begin, finish: Finish, show: Callable[[str], None], *, within: float = 600) -> None:
    """`show` the address to open, wait for the answer, at most `within` seconds, and sign in with it.

    Raises `NobodyAgreed`, and what `begin` and `finish` raise.
    """
    async with _listening() as (back, answers):
        url = await begin(back)
        state = _fields(url).get("state")
        show(url)
        try:
            async with asyncio.timeout(within):
                while (answer := await answers.get()).get("state") != state:
                    pass  # any page of the browser could have sent it
        except TimeoutError:
            raise NobodyAgreed from None
        await finish(answer)


@asynccontextmanager
async def _listening() -> AsyncGenerator[tuple[str, asyncio.Queue[dict[str, str]]]]:
    answers: asyncio.Queue[dict[str, str]] = asyncio.Queue(100)

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(10):
                target = (await reader.readuntil(b"\r\n")).split(b" ")[1].decode("ascii")
                while (await reader.readuntil(b"\r\n")).strip():
                    pass
                there = urlsplit(target).path == _PATH and not answers.full()
                if there:
                    answers.put_nowait(_fields(target))
                words = "Thank you. You can close this page and go back to the terminal." if there else "Not here."
                writer.write(_PAGE.format(status="200 OK" if there else "404 Not Found", words=words).encode())
                await writer.drain()
        except (OSError, TimeoutError, ValueError, IndexError, EOFError, asyncio.LimitOverrunError):
            pass  # whoever it was, it was no browser with an answer
        finally:
            writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{_PATH}", answers
    finally:
        server.close()


def _fields(url: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}
