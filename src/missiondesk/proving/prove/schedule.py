"""The schedule: which missions run, and when who dies how. Pure: the same seed and options, the same list."""

import random
from dataclasses import dataclass
from typing import Literal

from missiondesk.proving.prove.asked import Asked, EffectClass

Kind = Literal["point", "instant", "zombie", "restart", "freeze", "ledger", "chaos"]
Twist = Literal["changed", "tampered", "disowned", "unpaid", "late", "drifted"]
Stop = Literal["after-recheck", "before-call", "after-call"]

POINTS = (
    "missions.turn_taken",
    "missions.routed.before",
    "missions.routed.after_commit",
    "missions.proposed.before",
    "missions.proposed.after_commit",
    "effects.intent.before_commit",
    "effects.intent.after_commit",
    "effects.sent.before_commit",
    "effects.sent.after_commit",
    "effects.called",
    "effects.done.before",
    "effects.done.after_commit",
    "effects.proved.before",
    "effects.proved.after_commit",
    "missions.told.before",
    "missions.told.after_commit",
    "missions.concluded.before",
    "missions.concluded.after_commit",
)
RARE = (
    "effects.stale.before",
    "effects.stale.after_commit",
    "effects.skipped.before",
    "effects.skipped.after_commit",
    "missions.handed_off.before",
    "missions.handed_off.after_commit",
)
UNCERTAIN = ("effects.unknown.before", "effects.unknown.after_commit")
CRITICAL = ("effects.sent.after_commit", "effects.called", "effects.done.before", "effects.done.after_commit")
STANDING = (
    "missions.proposed.before",
    "effects.done.before",
    "effects.proved.before",
    "missions.told.before",
    "missions.concluded.before",
)
_EVERY = {"restart": 100, "ledger": 100, "chaos": 100, "freeze": 40}  # kills
_LONGEST = 0.9  # seconds from a worker's start to a blow at a random instant
_BUSY = 9.0  # seconds after which nobody takes an unanswered call to be under way any more
_TWISTED: dict[Twist, float] = {"changed": 0.07, "tampered": 0.05, "disowned": 0.04, "unpaid": 0.04}
_SEVERAL = 0.15  # of the missions pay two accounts


@dataclass(frozen=True, slots=True)
class Story:
    """One mission: payments to accounts of its own, one or two.

    `changed`: a stranger changes the last account after the proposal. `tampered`: a byte of the approved action is
    changed in the database. `disowned`: the decisions there are made to be about something else. `unpaid`: the ledger
    says that it paid, and did not. `late`, `drifted`: the account changes when it was sent, the tool before that.
    """

    number: int
    effect_class: EffectClass
    twist: Twist | None
    several: bool = False

    @property
    def accounts(self) -> tuple[str, ...]:
        first = f"acct-{self.number:06d}"
        return (first, f"{first}2") if self.several else (first,)

    @property
    def words(self) -> str:
        """What the customer writes."""
        tool = "once" if self.effect_class == "neither" else self.effect_class
        return f"Please pay account {' and '.join(self.accounts)} by pay_{tool}."


@dataclass(frozen=True, slots=True)
class Blow:
    """What befalls one worker, or the database.

    `point`: it dies there. `after`: seconds from its start to the instant. `stop`: where a zombie stops by itself, else
    it is stopped at the instant. `hold`: how long it stays stopped. `hard`: the database is not
    stopped in order, but as in a power cut.
    """

    kind: Kind
    point: str | None = None
    after: float = 0.0
    stop: Stop | None = None
    hold: float = 0.0  # seconds
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A blow, and with two of three a mission that begins; it may hit another mission."""

    story: Story | None
    blow: Blow


def schedule(asked: Asked) -> tuple[Step, ...]:
    """All steps of a run, in order."""
    kinds = ["kill"] * asked.kills + ["zombie"] * asked.zombies
    kinds += [kind for kind, kills in _EVERY.items() for _ in range(asked.kills // kills) if _can(asked, kind)]
    random.Random(f"{asked.seed}:order").shuffle(kinds)
    return tuple(
        Step(_story(asked, number) if number % 3 else None, _blow(asked, number, kind))
        for number, kind in enumerate(kinds, start=1)
    )


def _story(asked: Asked, number: int) -> Story:
    chance = random.Random(f"{asked.seed}:story:{number}")
    twists: list[Twist | None] = [None, *_TWISTED]
    [twist] = chance.choices(twists, [1 - sum(_TWISTED.values()), *_TWISTED.values()])
    if twist == "unpaid" and asked.effect_class == "neither":
        twist = None  # nothing can be read back there: nobody could know
    return Story(number, asked.effect_class, twist, chance.random() < _SEVERAL)


def _blow(asked: Asked, number: int, kind: str) -> Blow:
    chance = random.Random(f"{asked.seed}:blow:{number}")
    after = round(chance.uniform(0.0, _LONGEST), 3)
    match kind:
        case "zombie":
            return _zombie(chance, after)
        case "restart":
            return Blow("restart", hard=chance.random() < 0.5)
        case "freeze":
            return Blow("freeze", stop="after-recheck")
        case "ledger" | "chaos":
            return Blow(kind)
        case _ if chance.random() < 0.3:
            return Blow("instant", after=after)
        case _:
            return Blow("point", point=_point(chance, asked.effect_class))


def _can(asked: Asked, kind: str) -> bool:
    return asked.faults or kind != "chaos"


def _zombie(chance: random.Random, after: float) -> Blow:
    hold = round(chance.uniform(1.5, 2.5), 2)
    match chance.random():
        case luck if luck < 0.2:
            return Blow("zombie", after=after, stop="before-call", hold=_BUSY)
        case luck if luck < 0.5:
            return Blow("zombie", after=after, stop=chance.choice(("before-call", "after-call")), hold=hold)
        case luck if luck < 0.85:
            return Blow("zombie", after=after, point=chance.choice(STANDING), hold=hold)
        case _:
            return Blow("zombie", after=after, hold=hold)


def _point(chance: random.Random, effect_class: EffectClass) -> str:
    often = [*POINTS, *CRITICAL, *CRITICAL, *(UNCERTAIN if effect_class != "keyed" else ())]
    return chance.choice(RARE) if chance.random() < 0.03 else chance.choice(often)
