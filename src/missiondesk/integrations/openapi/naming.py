"""Names that every model provider takes: letters, digits and `_`; each once."""

import re
from collections.abc import Iterable

LONGEST = 60


def safe(text: str, *, otherwise: str) -> str:
    """`text` with everything else turned into `_`; `otherwise` when nothing is left."""
    name = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_")[:LONGEST].strip("_")
    if not name:
        return otherwise
    return f"{otherwise}_{name}"[:LONGEST] if name[0].isdigit() else name


def unique(name: str, taken: Iterable[str]) -> str:
    """`name`, or with the first number from 2 on that is free."""
    used = set(taken)
    number, found = 1, name
    while found in used:
        number += 1
        found = f"{name}_{number}"
    return found
