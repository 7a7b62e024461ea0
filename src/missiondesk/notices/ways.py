"""The ways to people: a signed webhook, or one of the many that apprise knows. Each ends in time, or in `NotTold`."""

import asyncio
import base64
import hashlib
import hmac
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import httpx2

from missiondesk.integrations import PrivateHost, Redirected, SafeTransport
from missiondesk.kit.errors import Misconfigured
from missiondesk.notices.outbox import Notice
from missiondesk.notices.routes import Route, keys_of, value_of, web_address
from missiondesk.notices.told import Told, cloud_event

if TYPE_CHECKING:
    from apprise import Apprise


class NotTold(Exception):
    """Why a notice was not taken, in words without an address: that may hold a secret."""


async def send(
    route: Route, one: Notice, *, at: datetime, public_url: str | None, environ: Mapping[str, str], patience: float
) -> None:
    """Tell it once, in `patience` seconds. Raises `NotTold`; then nobody knows whether it arrived."""
    try:
        address = value_of(one.route, route.url, environ)
        if route.kind == "apprise":
            await _by_apprise(address, one.told, public_url, patience)
            return
        assert route.secret is not None
        keys = keys_of(one.route, value_of(one.route, route.secret, environ))
        url = web_address(one.route, address, route.allow_private)
    except Misconfigured as wrong:
        raise NotTold(str(wrong)) from wrong
    body = cloud_event(one.told, one.id, one.made_at, public_url)
    await _by_webhook(url, body, _signed(keys, one.id, int(at.timestamp()), body), route.allow_private, patience)


async def _by_webhook(
    url: httpx2.URL, body: bytes, headers: dict[str, str], allow_private: Sequence[str], patience: float
) -> None:
    transport = SafeTransport(allow_private)
    try:
        async with (
            asyncio.timeout(patience),
            httpx2.AsyncClient(transport=transport, trust_env=False, timeout=patience) as client,
            client.stream("POST", url, content=body, headers=headers) as answer,
        ):
            status = answer.status_code
    except (TimeoutError, httpx2.TimeoutException) as error:
        raise NotTold(f"It did not answer within {patience:g} seconds.") from error
    except PrivateHost as error:
        raise NotTold("Its host is private: if it is the right one, add HOST:PORT to allow_private.") from error
    except Redirected as error:
        raise NotTold("It redirects, and redirects are never followed: give the route the final address.") from error
    except httpx2.HTTPError as error:
        raise NotTold(f"It cannot be reached ({type(error).__name__}).") from error
    if not 200 <= status < 300:
        raise NotTold(f"It answered with status {status}.")


def _signed(keys: Sequence[bytes], notice_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks."""
    content = f"{notice_id}.{seconds}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode() for key in keys]
    return {
        "content-type": "application/cloudevents+json; charset=utf-8",
        "webhook-id": notice_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }


async def _by_apprise(address: str, told: Told, public_url: str | None, patience: float) -> None:
    service = await asyncio.to_thread(_service, address, public_url or "")
    if service is None:
        raise NotTold("apprise does not know such an address: see its list of services.")
    try:
        async with asyncio.timeout(patience):
            taken = await service.async_notify(title=told.title, body=told.text(public_url), body_format="text")
    except TimeoutError as error:
        raise NotTold(f"It did not answer within {patience:g} seconds.") from error
    if not taken:
        raise NotTold("The service did not take it: look at its address, and whether it is up.")


def _service(address: str, public_url: str) -> "Apprise | None":
    """In a thread, and loaded here: it reads all its hundred services, which takes a second."""
    import apprise

    logging.getLogger("apprise").disabled = True  # it writes addresses and answers
    ours: dict[str, Any] = {"app_id": "Missiondesk", "app_desc": "Missiondesk", "app_url": public_url}
    ours |= {"image_url_mask": "", "image_url_logo": ""}  # its pictures lie at GitHub
    asset = apprise.AppriseAsset(storage_mode="memory", http_redirects=False, **ours)
    service = apprise.Apprise(asset=asset)
    return service if cast("Any", service).add(address) else None
