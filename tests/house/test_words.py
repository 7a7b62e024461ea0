"""The words that are never right here: DESIGN.md, section 1, has one word for one thing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import name_of, ours, text_of

RIGHT_WORD = {"ticket": "case", "playbook": "brief", "bot": "worker", "plugin": "integration"}
WHERE = ("src/", "web/", "docs/", "README.md", "CONTRIBUTING.md")

# file → the word it may use, and why
ALLOWED: dict[str, tuple[str, str]] = {
    "web/package-lock.json": ("plugin", "names of other people's packages"),
    "web/tools/package-lock.json": ("plugin", "names of other people's packages"),
    "web/vite.config.ts": ("plugin", "Vite's own word in its configuration"),
    "docs/glossary.md": ("ticket playbook bot plugin", "the glossary says which words these replace"),
}

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def words_of(text: str) -> list[str]:
    """The words of prose and of identifiers, in lower case: `open_ticket`, `TicketStore` and `tickets` hold one."""
    return [word.lower() for word in WORD.findall(text)]


def wrong_words(text: str, allowed: str = "") -> Iterator[str]:
    """A sentence for each line with a word that is never right here."""
    for number, line in enumerate(text.splitlines(), start=1):
        for word in words_of(line):
            singular = word.removesuffix("s")
            if singular in RIGHT_WORD and singular not in allowed.split():
                yield f"{number}: {word!r} is {RIGHT_WORD[singular]!r} here"


def searched() -> list[Path]:
    return [file for file in ours() if name_of(file).startswith(WHERE)]


def test_our_words_are_used_and_no_others() -> None:
    found: list[str] = []
    for file in searched():
        name = name_of(file)
        allowed = ALLOWED.get(name, ("", ""))[0]
        found += [f"{name}: path: {fault}" for fault in wrong_words(name)]
        found += [f"{name}:{fault}" for fault in wrong_words(text_of(file) or "", allowed)]
    assert found == []


def test_files_were_searched() -> None:
    assert any(name_of(file).startswith("src/") for file in searched())


@pytest.mark.parametrize(
    "text", ["a ticket", "open_ticket()", "class TicketStore", "TICKETS = 1", "myBot", "(plugins)"]
)
def test_a_wrong_word_is_found_wherever_it_hides(text: str) -> None:
    assert list(wrong_words(text)) != []


@pytest.mark.parametrize("text", ["both", "bottom", "robot", "ticketing", "plugged in"])
def test_a_word_that_only_looks_like_one_is_left_alone(text: str) -> None:
    assert list(wrong_words(text)) == []
