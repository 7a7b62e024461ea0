"""Routing: which brief fits what the customer wrote. Its signals must be there; its examples decide between two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from missiondesk.briefs import Brief

_FEW_WORDS = 3
_THANKS = re.compile(
    r"\W*(many |ok,? )?(thanks|thank you|thx|great|perfect|wonderful)\b[\w\s,!.\U0001F600-\U0001F64F\U0001F44D]{0,40}",
    re.I,
)
_PLAIN = frozenset(
    "a an and are at do for have i in is it me my of on or please the to was we with you your".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Fits:
    """`likeness` is the share of words in common with the nearest example, 0 to 1."""

    brief: Brief
    signal: str
    likeness: float


@dataclass(frozen=True, slots=True)
class TooLittle:
    """There is not enough to go by: ask."""


@dataclass(frozen=True, slots=True)
class NothingFits:
    """No brief covers this: a person."""


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A word of thanks: nothing is asked for."""


Route = Fits | TooLittle | NothingFits | Courtesy


def route(words: str, briefs: Sequence[Brief]) -> Route:
    """The brief for all that the customer wrote."""
    fitting = [fit for brief in briefs if (fit := _fit(words, brief))]
    if fitting:
        return max(fitting, key=lambda fit: (fit.likeness, fit.brief.name))
    if _THANKS.fullmatch(words):
        return Courtesy()
    return TooLittle() if len(re.findall(r"\w+", words)) <= _FEW_WORDS else NothingFits()


def _fit(words: str, brief: Brief) -> Fits | None:
    for signal in brief.head.signals:
        if found := re.search(signal, words, re.IGNORECASE):
            return Fits(brief, found[0], max(_likeness(words, example) for example in brief.head.examples))
    return None


def _likeness(one: str, other: str) -> float:
    a, b = (set(re.findall(r"[^\W\d_]+", text.lower())) - _PLAIN for text in (one, other))
    return round(len(a & b) / len(a | b), 3) if a | b else 0.0
