"""What cannot be seen is made visible, and what people really write stays as it is."""

import pytest

from missiondesk.kit.text import escaped, hidden, visible

UNSEEN = [
    *("\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\ue000", "\u2028", "\u2029", "\u00ad"),
    *("\u3164", "\u115f", "\u1160", "\uffa0", "\u2800", "\u034f", "\u17b4", "\u180b", "\U000e0041", "\U000e0100"),
]
WRITTEN = [
    "I paid\n\ttwice.",
    "Größe",
    "注文",
    "طلب",
    "नमस्ते",
    "👩‍🚀",
    "❤️",
    "1️⃣",
    "🏳️‍🌈",
    "👍🏽",
    "€ 49.90 – “twice”",
    "🫨",
]


@pytest.mark.parametrize("character", UNSEEN, ids=lambda c: f"U+{ord(c):04X}")
def test_what_cannot_be_seen_is_shown_by_its_number(character: str) -> None:
    assert hidden(f"a{character}b") == [character]
    assert visible(f"a{character}b") == f"a⟨U+{ord(character):04X}⟩b"
    assert character not in escaped(f'"a{character}b"')


@pytest.mark.parametrize("words", WRITTEN)
def test_what_people_write_is_left_alone(words: str) -> None:
    assert (visible(words), hidden(words)) == (words, [])


@pytest.mark.parametrize("words", ["pay\u200d_7702", "7\ufe0f702", "\u200d", "👍\u200dx"])
def test_what_joins_pictures_hides_nothing_elsewhere(words: str) -> None:
    assert len(hidden(words)) == 1
    assert "⟨U+" in visible(words)
