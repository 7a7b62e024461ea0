"""Effects: the running of granted actions. The only code that can change the outside world."""

from missiondesk.effects.abandoning import Told, abandon_effects
from missiondesk.effects.answer import UnknownAnswer, answer_unknown
from missiondesk.effects.attempt import Attempt, Ownership
from missiondesk.effects.executor import Executor, give_up_effects, skip_effects
from missiondesk.effects.freezing import Freeze, Frozen, check_scope, freeze, frozen, in_force, lift, scopes_of, told_of
from missiondesk.effects.moment import KEPT, NO_MORE, around
from missiondesk.effects.store import (
    Effect,
    EffectState,
    effect,
    effects_in_flight,
    effects_of,
    effects_open,
    effects_unknown,
)

__all__ = [
    "KEPT",
    "NO_MORE",
    "Attempt",
    "Effect",
    "EffectState",
    "Executor",
    "Freeze",
    "Frozen",
    "Ownership",
    "Told",
    "UnknownAnswer",
    "abandon_effects",
    "answer_unknown",
    "around",
    "check_scope",
    "effect",
    "effects_in_flight",
    "effects_of",
    "effects_open",
    "effects_unknown",
    "freeze",
    "frozen",
    "give_up_effects",
    "in_force",
    "lift",
    "scopes_of",
    "skip_effects",
    "told_of",
]
