"""The document's bytes: from a file, or from an address, over the same safe way as everything of a connection."""

import asyncio
from collections.abc import Collection
from pathlib import Path

import httpx2

from missiondesk.integrations.mcp_client import LARGEST as LARGEST_BODY
from missiondesk.integrations.mcp_client import SafeTransport, TooLarge
from missiondesk.integrations.openapi.reading import LARGEST
from missiondesk.integrations.openapi.trouble import NotUsable

_PATIENCE = 30  # seconds


def read_source(source: str, allow_private: Collection[str]) -> bytes:
    """What stands in the file, or at the http(s) address, `source`. Raises `NotUsable` with a sentence."""
    if source.startswith(("http://", "https://")):
        return asyncio.run(_fetched(source, allow_private))
    try:
        path = Path(source)
        if path.stat().st_size > LARGEST:
            raise NotUsable(f"{source} has {path.stat().st_size:,} bytes; at most {LARGEST:,} are taken.")
        return path.read_bytes()
    except OSError as error:
        raise NotUsable(f"{source} cannot be read: {error.strerror}.") from error


async def _fetched(url: str, allow_private: Collection[str]) -> bytes:
    try:
        async with asyncio.timeout(_PATIENCE), SafeTransport(allow_private) as transport:
            headers = {"accept": "application/json, application/yaml, */*", "user-agent": "missiondesk"}
            response = await transport.handle_async_request(httpx2.Request("GET", url, headers=headers))
            try:
                body = await response.aread()
            finally:
                await response.aclose()
    except TooLarge as error:
        raise NotUsable(
            f"{url} has more than {LARGEST_BODY:,} bytes, or hides how many: fetch it yourself, then name the file."
        ) from error
    except TimeoutError as error:
        raise NotUsable(f"{url} gave no answer within {_PATIENCE} seconds.") from error
    except (httpx2.TransportError, httpx2.InvalidURL, ValueError) as error:
        raise NotUsable(f"{url} cannot be fetched: {error}") from error
    if response.status_code != 200:
        raise NotUsable(f"{url} answered {response.status_code}, not with a document.")
    return body
