"""The seal: each observation's hash covers the one before it, so nothing can be changed, moved or taken out quietly.

`hash = SHA-256(previous hash ‖ canonical envelope ‖ SHA-256(payload))`, in raw bytes. Only the payload's digest is in
it, so that a payload can be encrypted or erased later without breaking the chain.
"""

import hashlib
from datetime import datetime

from missiondesk.ids import MissionId
from missiondesk.kit.canonical import canonical

FIRST = "0" * 64


def seal(previous: str, mission_id: MissionId, n: int, kind: str, at: datetime, payload: str) -> str:
    """The hash of one observation, 64 hex characters. `payload` is its canonical JSON text."""
    envelope = canonical({"mission": mission_id, "n": n, "kind": kind, "at": at.isoformat()})
    return hashlib.sha256(bytes.fromhex(previous) + envelope + hashlib.sha256(payload.encode()).digest()).hexdigest()
