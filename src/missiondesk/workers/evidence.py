"""What a model may rest a step on: the records and articles that its mission has read, and how old they may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from missiondesk.kit.errors import Invalid
from missiondesk.trace import Observation


@dataclass(frozen=True, slots=True)
class Evidence:
    """Numbers of observations. `counts`: records and articles read since a change last went stale, oldest first.

    `rules`: the searches among them that found an article. `turned_down`: the newest sign that a change of this
    mission came to nothing, 0 if there is none. `read`: anything was read at all, also what counts no longer.
    """

    counts: tuple[int, ...]
    rules: frozenset[int]
    turned_down: int
    read: bool

    @property
    def fresh(self) -> tuple[int, ...]:
        """Read since a change of this mission last came to nothing."""
        return tuple(number for number in self.counts if number > self.turned_down)

    def check(self, numbers: Sequence[int]) -> None:
        """Raises `Invalid` for numbers that cannot be cited, and says which can."""
        if wrong := [number for number in numbers if number not in self.counts]:
            named = ", ".join(map(str, wrong))
            raise Invalid(
                f"Cannot be cited: {named}. Only records and articles of this mission, read since a change last went "
                f"stale, are evidence. There are: {in_words(self.counts)}."
            )


def evidence_in(trace: Sequence[Observation]) -> Evidence:
    """What can be cited after `trace`, all of a mission's observations."""
    stale = max((one.n for one in trace if one.kind == "effect" and one.told["state"] == "stale"), default=0)
    read = [one for one in trace if one.kind in ("seen", "consulted")]
    still = [one for one in read if one.n > stale]
    return Evidence(
        tuple(one.n for one in still),
        frozenset(one.n for one in still if one.kind == "consulted" and one.told["passages"]),
        max((one.n for one in trace if _came_to_nothing(one)), default=0),
        bool(read),
    )


def in_words(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or "none, so read first"


def _came_to_nothing(one: Observation) -> bool:
    match one.kind:
        case "effect":
            return one.told["state"] in ("stale", "failed", "skipped")
        case "decided":
            return one.told["answer"] in ("reject", "not_happened")
        case _:
            return False
