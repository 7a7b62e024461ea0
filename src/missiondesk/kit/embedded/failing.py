"""What is said when the embedded PostgreSQL cannot run: why, and what to do."""

import re

from missiondesk.kit.errors import Misconfigured

ADVICE = {
    "No space left on device": "The disk is full: free some space, or choose a folder on another disk.",
    "Disk quota exceeded": "Your share of the disk is full: free some space, or choose a folder on another disk.",
    "Permission denied": "Choose a folder that you may write to.",
    "Operation not permitted": "Choose a folder that you may write to.",
    "Read-only file system": "Choose a folder that you may write to.",
    "File exists": "Choose a path where a folder is or can be made.",
    "Not a directory": "Choose a path where a folder is or can be made.",
}


class EmbeddedFailed(Misconfigured):
    """The embedded PostgreSQL cannot run; the sentence says why, and what to do."""


def complaint(words: str) -> str:
    """The lines that matter in a log or an output of PostgreSQL, without time and pid; none if nothing failed."""
    lines = [re.sub(r"^[-0-9]+ [:.0-9]+ \w+ \[\d+\] ", "", line).strip() for line in words.splitlines()]
    if not any(re.search(r"FATAL|PANIC|error:|denied|No space", line) for line in lines):
        return ""
    matters = re.compile(r"FATAL|PANIC|HINT|error|could not|invalid|unrecognized|denied|No space")
    return "; ".join(line for line in lines if matters.search(line) and line != "pg_ctl: could not start server")


def failed(what: str, words: str) -> EmbeddedFailed:
    advice = next(
        (advice for sign, advice in ADVICE.items() if sign in words),
        "Nothing was deleted; start again when that is put right.",
    )
    return EmbeddedFailed(f"{what}: {words.strip()[-2000:].rstrip('.')}. {advice}")
