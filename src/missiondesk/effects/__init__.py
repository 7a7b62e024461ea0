"""Effects: the running of granted actions. The only code that can change the outside world."""

from missiondesk.effects.answer import UnknownAnswer, answer_unknown
from missiondesk.effects.attempt import Ownership
from missiondesk.effects.executor import Executor, give_up_effects
from missiondesk.effects.store import Effect, EffectState, effect, effects_of, effects_unknown, skip_effect

__all__ = [
    "Effect",
    "EffectState",
    "Executor",
    "Ownership",
    "UnknownAnswer",
    "answer_unknown",
    "effect",
    "effects_of",
    "effects_unknown",
    "give_up_effects",
    "skip_effect",
]
