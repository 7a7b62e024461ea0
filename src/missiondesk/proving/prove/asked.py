"""What a run is asked for, and what it found."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from missiondesk.kit.errors import Misconfigured

EffectClass = Literal["keyed", "queryable", "neither"]
Broken = Literal["mark-before-send", "naive-retry", "skip-recheck", "trust-caller"]


@dataclass(frozen=True, slots=True)
class Asked:
    """`faults`: calls go wrong as well. `broken` names a deliberately broken build, to see that it is caught."""

    kills: int
    seed: int
    effect_class: EffectClass
    workers: int
    zombies: int
    faults: bool = True
    broken: Broken | None = None

    def __post_init__(self) -> None:
        if self.kills < 0 or self.zombies < 0 or self.kills + self.zombies == 0:
            raise Misconfigured("Say how often to strike: --kills or --zombies, at least 1.")
        if not 1 <= self.workers <= 8:
            raise Misconfigured(f"--workers must be 1 to 8, not {self.workers}.")
        if self.broken == "naive-retry" and self.effect_class == "keyed":
            raise Misconfigured(
                "To send a keyed action again is right, so naive-retry breaks nothing there: add --class neither."
            )


@dataclass(frozen=True, slots=True)
class Case:
    """A case whose books do not agree: how often what is wrong, and what happened, each with its time in UTC."""

    case: str
    wrong: dict[str, int]
    story: list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What three books say of a run. Each of the `WRONG` must be 0; `parked` waits for a person, and honestly so.

    `cases` are the first of those that are wrong.
    """

    kills: int
    at_points: int
    missed_points: int
    zombies: int
    restarts: int
    outages: int
    freezes: int
    missions: int
    effects: int
    arrivals: int
    doubled: int
    lost: int
    parked: int
    handed_off: int
    unapproved: int
    trace_broken: int
    needless: int
    stuck: int
    cases: list[Case]
    seconds: float
    seed: int
    effect_class: EffectClass
    broken: Broken | None
    version: str

    @property
    def wrong(self) -> dict[str, int]:
        """What is not 0 and must be."""
        return {name: count for name in WRONG if (count := getattr(self, name))}

    def json(self) -> dict[str, Any]:
        told = asdict(self)
        return {("class" if name == "effect_class" else name): value for name, value in told.items()}


WRONG = ("doubled", "lost", "unapproved", "trace_broken", "needless", "stuck", "missed_points")
