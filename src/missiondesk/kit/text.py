"""Text from outside: what cannot be seen is made visible or refused."""

import unicodedata

REDACTED = "[redacted]"  # stands in a record for a value that nobody sees
_HARMLESS = frozenset("\n\t\r")
_JOINER = "\u200d"  # joins emoji


def hidden(text: str) -> list[str]:
    """Control, format, private-use and surrogate characters in `text`, except line breaks and emoji joiners."""
    return [
        c for c in text if c not in _HARMLESS and c != _JOINER and unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs")
    ]


def visible(text: str) -> str:
    """`text` with each hidden character shown as ⟨U+XXXX⟩."""
    wrong = set(hidden(text))
    return "".join(f"⟨U+{ord(c):04X}⟩" if c in wrong else c for c in text) if wrong else text


def escaped(json_text: str) -> str:
    """JSON, with what cannot be seen in it escaped: it says the same, and does nothing."""
    told = {c: "".join(f"\\u{unit:04x}" for unit in _utf16(c)) for c in set(hidden(json_text))}
    return "".join(told.get(c, c) for c in json_text) if told else json_text


def _utf16(character: str) -> list[int]:
    units = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(units[at : at + 2]) for at in range(0, len(units), 2)]


def storable(text: str) -> bool:
    """Whether PostgreSQL can keep `text`: no NUL, no half of a surrogate pair."""
    return not any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text)


def shortened(text: str, length: int) -> str:
    """One line of at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
