"""The flagship case, once, through the public API: what `missiondesk demo --headless` shows and measures."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from missiondesk.app import Running
from missiondesk.cli.serving import address, listening_socket, together
from missiondesk.kit.errors import Trouble
from missiondesk.kit.money import Money

WORDS = "I was charged twice for order #4471 and want a refund."
_PATIENCE = 60.0  # seconds for the proposal, and for the verdict


class NotResolved(Trouble):
    """The flagship case did not come to its end in time."""


async def flagship(here: Running, billing: Path, people: dict[str, Any]) -> dict[str, Any]:
    """Mira writes, Ana approves, and the result is counted at the billing server itself."""
    stop, listener = asyncio.Event(), listening_socket("127.0.0.1", 0)
    serving = asyncio.create_task(together(here, listener, lanes=("turns", "effects"), stop=stop))
    try:
        async with httpx.AsyncClient(base_url=address(listener), timeout=10) as api:
            return await _story(api, billing, people)
    finally:
        stop.set()
        await serving


async def _story(api: httpx.AsyncClient, billing: Path, people: dict[str, Any]) -> dict[str, Any]:
    mira = await _sign_in(api, people["customer"][0], portal=people["portal"])
    ana = await _sign_in(api, people["staff"][0])
    began = time.monotonic()
    case = await _post(api, "/api/customer/cases", {"text": WORDS}, mira)
    waiting = await _until(api, ana, "/api/desk/proposals", lambda page: page["items"])
    proposed = time.monotonic()
    card = await _get(api, f"/api/desk/proposals/{waiting['items'][0]['id']}", ana)
    decided = time.monotonic()
    await _post(api, f"/api/desk/proposals/{card['id']}/decisions", {"kind": "approve", "digest": card["digest"]}, ana)
    mine = f"/api/desk/cases/{case['id']}"
    ended = await _until(api, ana, mine, lambda found: found["missions"][-1]["state"] == "done")
    concluded = time.monotonic()
    mission = ended["missions"][-1]
    trace = await _get(api, f"/api/desk/missions/{mission['id']}/observations", ana)
    amounts = [argument["value"] for action in card["actions"] for argument in action["arguments"]]
    said = [message for message in ended["messages"] if message["author"] == "assistant"]
    return {
        "verdict": mission["verdict"],
        "outcome": mission["outcome"],
        "refunds_at_billing": _refunds(billing),
        "amount": next(amount for amount in amounts if Money.of(amount)),
        "customer_told": any(card["message"] == message["text"] for message in said),
        "observations": len(trace["items"]),
        "trace_verified": trace["verified"],
        "seconds_to_proposal": round(proposed - began, 3),
        "seconds_decision_to_verdict": round(concluded - decided, 3),
        "proof": mission["proof"],
        "case": case["id"],
        "mission": mission["id"],
    }


def _refunds(billing: Path) -> int:
    """How many refunds our calls made, counted in the billing server's own book."""
    with sqlite3.connect(f"file:{billing}?mode=ro", uri=True) as book:
        return book.execute("select count(*) from refunds where reference like 'md-%'").fetchone()[0]


async def _sign_in(api: httpx.AsyncClient, who: dict[str, Any], **portal: str) -> dict[str, str]:
    body = {"email": who["email"], "password": who["password"], **portal}
    token = (await _post(api, "/api/sessions", body, {}))["token"]
    return {"authorization": f"Bearer {token}"}


async def _until(
    api: httpx.AsyncClient, who: dict[str, str], path: str, enough: Callable[[dict[str, Any]], Any]
) -> dict[str, Any]:
    try:
        async with asyncio.timeout(_PATIENCE):
            while True:
                found = await _get(api, path, who)
                if enough(found):
                    return found
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise NotResolved(f"{path} did not come to what was expected within {_PATIENCE:.0f} s.") from None


async def _get(api: httpx.AsyncClient, path: str, who: dict[str, str]) -> dict[str, Any]:
    return (await api.get(path, headers=who)).raise_for_status().json()


async def _post(api: httpx.AsyncClient, path: str, body: dict[str, Any], who: dict[str, str]) -> dict[str, Any]:
    return (await api.post(path, json=body, headers=who)).raise_for_status().json()
