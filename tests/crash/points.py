"""Where processes die in these tests: each crash point of the program, by the story that comes past it."""

from missiondesk.proving.prove import schedule

REFUND = ("missions.turn_taken.before_commit", *schedule.POINTS)
QUESTION = ("missions.asked.before", "missions.asked.after_commit")
PERSON = ("missions.handed_off.before", "missions.handed_off.after_commit")
STALE = ("effects.stale.before", "effects.stale.after_commit")
SKIPPED = ("effects.skipped.before", "effects.skipped.after_commit")
REFUSED = ("effects.failed.before", "effects.failed.after_commit")
UNKNOWN = (
    *("effects.unknown.before", "effects.unknown.after_commit"),
    *("missions.answer_awaited.before", "missions.answer_awaited.after_commit"),
)
AWAY = (
    *("effects.put_off.before", "effects.put_off.after_commit"),
    *("missions.effect_awaited.before", "missions.effect_awaited.after_commit"),
    *("missions.woken.before_commit", "missions.woken.after_commit"),
)
MODEL = ("workers.told.after_commit", "workers.heard.after_commit")
WAITING = ("missions.waiting.before", "missions.waiting.after_commit")
WENT_ON = ("missions.went_on.before", "missions.went_on.after_commit")
TAKING_BACK = ("missions.tools_changed.before_commit", "missions.tools_changed.after_commit")
HELD = ("decisions.delay_over.before_commit", "decisions.delay_over.after_commit")
EFFECTS_FIRST = ("missions.lane_changed.before_commit", "missions.lane_changed.after_commit")
GIVEN_UP = ("missions.given_up.before", "missions.given_up.after_commit")
LAST_RESORT = ("missions.last_resort.before", "missions.last_resort.after_commit")
WRITING = ("missions.received.before_commit", "missions.received.after_commit")
ADDING = ("missions.heard.before_commit", "missions.heard.after_commit")
ASKING = ("missions.person_asked.before_commit", "missions.person_asked.after_commit")
DECIDING = ("decisions.decided.before_commit", "decisions.decided.after_commit")
IN_HAND = ("decisions.in_hand.before_commit", "decisions.in_hand.after_commit")
LATE = ("decisions.late.before_commit", "decisions.late.after_commit")
EDITING = ("decisions.edited.before_commit", "decisions.edited.after_commit")
UNDOING = ("decisions.taken_back.before_commit", "decisions.taken_back.after_commit")
ANSWERING = ("effects.answered.before_commit", "effects.answered.after_commit")


def covered() -> set[str]:
    """All of them."""
    return {name for story, names in globals().items() if story.isupper() for name in names}
