"""The schedule: which missions run, and when who dies how. Pure: the same seed and options, the same list."""

import random
from dataclasses import dataclass
from typing import Literal

from missiondesk.proving.prove.asked import Asked, EffectClass

Kind = Literal["point", "instant", "zombie", "restart"]
Twist = Literal["changed", "tampered"]
Stop = Literal["before-call", "after-call"]

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
_RESTART_EVERY = 100  # kills
_LONGEST = 0.9  # seconds from a worker's start to a blow at a random instant
_TWISTED = {"changed": 0.08, "tampered": 0.08}


@dataclass(frozen=True, slots=True)
class Story:
    """One mission: a payment to an account of its own.

    `changed`: a stranger changes the account after the proposal. `tampered`: a byte of the approved action is changed
    in the database.
    """

    number: int
    effect_class: EffectClass
    twist: Twist | None

    @property
    def account_id(self) -> str:
        return f"acct-{self.number:06d}"

    @property
    def words(self) -> str:
        """What the customer writes."""
        tool = "once" if self.effect_class == "neither" else self.effect_class
        return f"Please pay account {self.account_id} by pay_{tool}."


@dataclass(frozen=True, slots=True)
class Blow:
    """What befalls one worker, or the database.

    `point`: it dies there. `after`: seconds from its start to the instant. `stop`: where a zombie stops by itself, else
    it is stopped at the instant. `hold`: how many times `dead_after` it stays stopped. `hard`: the database is not
    stopped in order, but as in a power cut.
    """

    kind: Kind
    point: str | None = None
    after: float = 0.0
    stop: Stop | None = None
    hold: float = 0.0
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A mission that begins, and the blow that comes with it; it may hit another mission."""

    story: Story
    blow: Blow


def schedule(asked: Asked) -> tuple[Step, ...]:
    """All steps of a run, in order."""
    restarts = asked.kills // _RESTART_EVERY
    kinds = ["kill"] * asked.kills + ["zombie"] * asked.zombies + ["restart"] * restarts
    random.Random(f"{asked.seed}:order").shuffle(kinds)
    return tuple(Step(_story(asked, number), _blow(asked, number, kind)) for number, kind in enumerate(kinds, start=1))


def _story(asked: Asked, number: int) -> Story:
    luck = random.Random(f"{asked.seed}:story:{number}").random()
    twist: Twist | None = None
    if luck < _TWISTED["changed"]:
        twist = "changed"
    elif luck < _TWISTED["changed"] + _TWISTED["tampered"]:
        twist = "tampered"
    return Story(number, asked.effect_class, twist)


def _blow(asked: Asked, number: int, kind: str) -> Blow:
    chance = random.Random(f"{asked.seed}:blow:{number}")
    after = round(chance.uniform(0.0, _LONGEST), 3)
    match kind:
        case "zombie":
            stop: Stop | None = chance.choice(("before-call", "after-call", None))
            return Blow("zombie", after=after, stop=stop, hold=round(chance.uniform(1.5, 2.5), 2))
        case "restart":
            return Blow("restart", hard=chance.random() < 0.5)
        case _ if chance.random() < 0.3:
            return Blow("instant", after=after)
        case _:
            return Blow("point", point=_point(chance, asked.effect_class))


def _point(chance: random.Random, effect_class: EffectClass) -> str:
    often = [*POINTS, *CRITICAL, *CRITICAL, *(UNCERTAIN if effect_class != "keyed" else ())]
    return chance.choice(RARE) if chance.random() < 0.05 else chance.choice(often)
