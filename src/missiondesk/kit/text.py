"""Text from outside: what cannot be seen is made visible or refused."""

import re
import unicodedata

REDACTED = "[redacted]"  # stands in a record for a value that nobody sees
_HARMLESS = frozenset("\n\t\r")
_JOINER, _AS_PICTURE, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
_BLANK = re.compile(  # letters, marks and a symbol that show nothing: Default_Ignorable_Code_Point, and U+2800
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_PICTURES = range(0x1F000, 0x1FB00)  # newer ones are not in every Python's tables


def hidden(text: str) -> list[str]:
    """The characters of `text` that cannot be seen, except line breaks and what emoji are put together with."""
    return [text[place] for place in _hidden_places(text)]


def visible(text: str) -> str:
    """`text` with each hidden character shown as ⟨U+XXXX⟩."""
    if text.isascii() and text.isprintable():
        return text
    wrong = set(_hidden_places(text))
    return "".join(f"⟨U+{ord(c):04X}⟩" if place in wrong else c for place, c in enumerate(text)) if wrong else text


def _hidden_places(text: str) -> list[int]:
    if text.isascii() and text.isprintable():
        return []
    return [place for place, c in enumerate(text) if _unseen(c) and not _joins_a_picture(text, place)]


def _unseen(c: str) -> bool:
    if c in _HARMLESS or (ord(c) in _PICTURES and unicodedata.category(c) == "Cn"):
        return False
    return unicodedata.category(c) in _UNSEEN or _BLANK.match(c) is not None


def _joins_a_picture(text: str, place: int) -> bool:
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    if text[place] == _AS_PICTURE:
        return _is_picture(before) or after == _KEYCAP
    return text[place] == _JOINER and (_is_picture(before) or before == _AS_PICTURE) and _is_picture(after)


def _is_picture(c: str) -> bool:
    return bool(c) and (ord(c) in _PICTURES or unicodedata.category(c) == "So")


def escaped(json_text: str) -> str:
    """JSON, with what cannot be seen in it escaped: it says the same, and does nothing."""
    wrong = set(_hidden_places(json_text))
    told = ("".join(f"\\u{unit:04x}" for unit in _utf16(c)) if n in wrong else c for n, c in enumerate(json_text))
    return "".join(told) if wrong else json_text


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
