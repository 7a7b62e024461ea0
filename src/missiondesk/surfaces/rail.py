"""The Explain rail: each observation as a line a person understands, with its detail below."""

from collections.abc import Mapping
from typing import Any

from missiondesk.kit.json_values import UNREADABLE
from missiondesk.kit.text import shortened, visible
from missiondesk.surfaces.desk_shapes import ObservationView
from missiondesk.surfaces.lost import lost_observation
from missiondesk.trace import Observation

_EFFECT = {
    "intent": "Ready to send: {sentence}",
    "sent": "Sent, attempt {attempt}",
    "done": "Done",
    "failed": "Not done: {why}",
    "unknown": "Nobody knows yet whether it happened: {why}",
    "stale": "Nothing was sent: {why}",
    "skipped": "Not sent: {why}",
    "frozen": "Nothing is sent while it is frozen by {by}: {why}",
    "put_off": "Nothing was sent yet, trying again: {why}",
}
_ANSWERS = {
    "approve": "approved",
    "edit": "edited it into a new proposal",
    "reject": "rejected",
    "respond": "sent it back to the worker",
    "happened": "says that it happened",
    "not_happened": "says that it did not happen",
    "check_again": "asked to check again",
    "taken_back": "took the decision back",
    "counts": "did not take it back, so it counts now",
    "stopped": "had decided, and that is void",
}


def observation_view(one: Observation) -> ObservationView:
    """A row that cannot be read any more is a line that says so."""
    try:
        return _read(one, one.told)
    except UNREADABLE:
        return lost_observation(one)


def _read(one: Observation, told: Mapping[str, Any]) -> ObservationView:
    return ObservationView(
        mission_id=one.mission_id,
        n=one.n,
        kind=one.kind,
        at=one.at,
        line=shortened(visible(_line(one.kind, told)), 400),
        source=told.get("source"),
        took_ms=told.get("took_ms"),
        status=_status(one.kind, told),
        detail=dict(told),
        hash=one.hash,
    )


def _line(kind: str, told: Mapping[str, Any]) -> str:
    match kind:
        case "received":
            return f"{told['name']} wrote: “{told['text']}”"
        case "routed":
            return f"Brief: {told['title']} ({told['brief']})" if told["brief"] else "No brief fits"
        case "seen":
            asked = ", ".join(f"{name} {value}" for name, value in told["arguments"].items() if value is not None)
            return f"{told['title']}{' found' if told['answer'] == 'ok' else ': no such record'} ({asked})"
        case "consulted":
            found = ", ".join(passage["label"] for passage in told["passages"][:3])
            return f"Looked up “{told['question']}”: {found or 'nothing found'}"
        case "thought":
            return told.get("text") or "…"
        case "asked":
            return f"Asked the customer: {told['question']}"
        case "proposed":
            return f"Proposed{' anew, as edited' if told.get('edited_from') else ''}: {told['title']}"
        case "ruled":
            return told["sentence"]
        case "decided":
            reason = told.get("reason") or told.get("note")
            held = f", and can take it back for {told['undo']} s" if told.get("undo") else ""
            return f"{told['by']} ({told['role']}) {_ANSWERS[told['answer']]}{held}{f': {reason}' if reason else ''}"
        case "late":
            return f"It waits for longer than its service level, so it is given to the {told['to']}"
        case "taken_back":
            return f"Taken back: {told['title']}. {told['why']}"
        case "granted":
            return f"May run once: action {told['digest'][:12]}"
        case "effect":
            line = _EFFECT[told["state"]]
            for name in ("sentence", "attempt", "by", "why"):
                line = line.replace(f"{{{name}}}", str(told.get(name) or ""))
            return f"{line}, reference {told['reference']}" if told.get("reference") else line
        case "proved":
            checks = "; ".join(f"{check['says']}{'' if check['held'] else ' — NOT FOUND'}" for check in told["checks"])
            return f"Checked in the system of record: {checks or 'nothing to check'}"
        case "told":
            return f"The customer was told: {told['message']}"
        case "concluded":
            return f"Verdict: {told['text']}"
        case "waiting" if told["state"] == "over":
            return f"{told['source']} answers again, after {_long(told['seconds'])}. The mission goes on."
        case "waiting":
            return f"Waits for {told['source']}, and goes on by itself once it answers. {told['why']}"
        case "handed_off":
            return f"A person takes over: {told['reason']}"
        case _:
            return f"{told.get('title', 'Failed')}: {told.get('why', '')}"


def _long(seconds: int) -> str:
    return f"{seconds} s" if seconds < 100 else f"{round(seconds / 60)} min"


def _status(kind: str, told: Mapping[str, Any]) -> Any:
    if kind == "failed" or (kind == "effect" and told["state"] in ("failed", "unknown", "stale", "skipped")):
        return "failed"
    if kind == "proved" and not told["held"]:
        return "failed"
    if kind == "ruled" and told["ruling"] == "deny":
        return "failed"
    if kind == "ruled" and told["ruling"] == "by_itself":
        return "ok"
    if kind == "waiting":
        return "waiting" if told["state"] == "away" else "ok"
    return (
        "waiting"
        if kind in ("asked", "ruled") or (kind == "effect" and told["state"] in ("put_off", "frozen"))
        else "ok"
    )
