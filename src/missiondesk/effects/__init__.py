"""Effects: the running of granted actions. The only code that can change the outside world."""

from missiondesk.effects.answer import UnknownAnswer, answer_unknown
from missiondesk.effects.attempt import Attempt, Ownership
from missiondesk.effects.executor import Executor, give_up_effects
from missiondesk.effects.freezing import Freeze, Frozen, freeze, frozen, in_force, lift, scopes_of, told_of
from missiondesk.effects.store import (
    Effect,
    EffectState,
    effect,
    effects_in_flight,
    effects_of,
    effects_unknown,
    skip_effect,
)

__all__ = [
    "Attempt",
    "Effect",
    "EffectState",
    "Executor",
    "Freeze",
    "Frozen",
    "Ownership",
    "UnknownAnswer",
    "answer_unknown",
    "effect",
    "effects_in_flight",
    "effects_of",
    "effects_unknown",
    "freeze",
    "frozen",
    "give_up_effects",
    "in_force",
    "lift",
    "scopes_of",
    "skip_effect",
    "told_of",
]
