"""Where processes die in these tests: each crash point of the program, by the story that comes past it."""

from missiondesk.proving.prove import schedule

REFUND = schedule.POINTS
QUESTION = ("missions.asked.before", "missions.asked.after_commit")
PERSON = ("missions.handed_off.before", "missions.handed_off.after_commit")
STALE = ("effects.stale.before", "effects.stale.after_commit")
SKIPPED = ("effects.skipped.before", "effects.skipped.after_commit")
REFUSED = ("effects.failed.before", "effects.failed.after_commit")
UNKNOWN = ("effects.unknown.before", "effects.unknown.after_commit")
AWAY = ("effects.put_off.before", "effects.put_off.after_commit")
MODEL = ("workers.told.after_commit", "workers.heard.after_commit")
WAITING = ("missions.waiting.before", "missions.waiting.after_commit")
WENT_ON = ("missions.went_on.before", "missions.went_on.after_commit")
TAKING_BACK = ("missions.tools_changed.before_commit", "missions.tools_changed.after_commit")
WRITING = ("missions.received.before_commit",)
ADDING = ("missions.heard.before_commit",)
ASKING = ("missions.person_asked.before_commit",)
DECIDING = ("decisions.decided.before_commit",)
ANSWERING = ("effects.answered.before_commit",)

# Who writes the rows that missions live by, and where a process dies just before or just after that is committed.
AROUND: dict[str, tuple[str, ...]] = {
    "missions/store.py:add_mission": WRITING,
    "missions/store.py:set_mission": (REFUND[1], REFUND[2], *REFUND[-2:], *PERSON, *ASKING, *WENT_ON),
    "missions/durable.py:_take": ("missions.turn_taken",),
    "missions/durable.py:end": (
        *QUESTION,
        "missions.proposed.before",
        "missions.proposed.after_commit",
        *UNKNOWN,
        *AWAY,
        *WAITING,
    ),
    "missions/durable.py:go_on": (REFUND[1], REFUND[2], "missions.told.before", "missions.told.after_commit", *SKIPPED),
    "missions/durable.py:wake": (*WRITING, *ADDING, *DECIDING, *ANSWERING, *TAKING_BACK, "missions.turn_taken"),
    "decisions/proposals.py:add_proposal": ("missions.proposed.before", "missions.proposed.after_commit"),
    "decisions/proposals.py:close_proposal": (*DECIDING, *ADDING, *ASKING, *TAKING_BACK),
    "decisions/grant.py:mint_grants": (*DECIDING, "effects.intent.before_commit"),
    "effects/store.py:insert_intent": ("effects.intent.before_commit", "effects.intent.after_commit"),
    "effects/store.py:skip_effect": SKIPPED,
    "effects/store.py:mark_sent": ("effects.sent.before_commit", "effects.sent.after_commit"),
    "effects/store.py:put_off": AWAY,
    "effects/store.py:settle": ("effects.done.before", "effects.done.after_commit", *STALE, *REFUSED, *UNKNOWN),
    "effects/store.py:record_proof": ("effects.proved.before", "effects.proved.after_commit"),
    "effects/store.py:reopen": ANSWERING,
}


def covered() -> set[str]:
    """All of them."""
    stories = (
        *(REFUND, QUESTION, PERSON, STALE, SKIPPED, REFUSED, UNKNOWN, AWAY, MODEL, WAITING, WENT_ON, TAKING_BACK),
    )
    doors = (*(WRITING, ADDING, ASKING, DECIDING, ANSWERING),)
    return {name for story in (*stories, *doors) for name in story}
