"""What live streams share: they sleep until something was announced, and look at their session now and then."""

import asyncio

CHECK_SESSION = 15.0  # seconds


async def wait(woken: asyncio.Event, seconds: float) -> None:
    """Until woken, or the time is over."""
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return
