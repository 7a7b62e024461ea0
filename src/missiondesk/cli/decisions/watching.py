"""The Decision Queue as it changes, line by line."""

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from missiondesk.cli.client import AsJson, Unreachable, console, events
from missiondesk.cli.decisions.looking import until_due, waiting, whose
from missiondesk.kit.errors import SignedOut

_Queue = dict[str, dict[str, Any]]
_SHOWN = ("attention", "signed", "held", "changed", "kind")  # what of a row is news
_LONGEST_PAUSE = 15  # seconds


def watch(*, as_json: AsJson = False) -> None:
    """Print what comes into the queue, changes and leaves it, until Ctrl-C. With --json one object a line."""
    before: _Queue | None = None
    pause = 1
    try:
        while True:
            try:
                for now in _queues():
                    for news, item in _news(before, now):
                        _tell(news, item, as_json=as_json)
                    before, pause = now, 1
            except Unreachable as lost:
                sys.stderr.write(f"{lost} Trying again.\n")
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
    except KeyboardInterrupt:
        return


def _queues() -> Iterator[_Queue]:
    """The queue as it is, and again after each change."""
    for event in events("/api/desk/stream"):
        if event["type"] == "bye":
            raise SignedOut("Your session has ended. Please sign in again: missiondesk login")
        if event["type"] in ("hello", "queue"):
            yield {one["id"]: one for one in waiting({}, every=True)["items"]}


def _news(before: _Queue | None, now: _Queue) -> Iterator[tuple[str, dict[str, Any]]]:
    old = before or {}
    for item in now.values():
        known = old.get(item["id"])
        if known is None:
            yield ("waits" if before is None else "new"), item
        elif any(known[name] != item[name] for name in _SHOWN):
            yield "changed", item
    if gone := [item for item in old.values() if item["id"] not in now]:
        decided = {one["id"]: one["decided"] for one in waiting({"view": "decided"}, every=False)["items"]}
        for item in gone:
            yield "gone", {**item, "decided": decided.get(item["id"])}


def _tell(news: str, item: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"event": news, "item": item}) + "\n")
        sys.stdout.flush()
        return
    about = (until_due(item), whose(item["attention"])) if news != "gone" else (item["decided"],)
    says = ", ".join(filter(None, (item["customer"], f"{item['risk']} risk", *about)))
    console.print(f"{news:8}{item['id']}  {item['title']}  ({says})")
