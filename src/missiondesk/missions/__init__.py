"""Missions: one run on one case, under one version of a brief, until a verdict. Read `story.py` first."""

from missiondesk.missions.against import speaks_against
from missiondesk.missions.ask_person import ask_for_person
from missiondesk.missions.batch import Batch, DoesNotFit, Problem, Seen, approve_all, look_at
from missiondesk.missions.changed_tools import take_back_changed
from missiondesk.missions.deciding import answer_effect, check_reason, decide, freeze_on, ruling_today
from missiondesk.missions.draw_up import ruling_on, sealed
from missiondesk.missions.durable import Chore, Engine, Fenced, Turn, wake
from missiondesk.missions.editing import Arguments, Draft, draft_of, edit, preview
from missiondesk.missions.giving_up import give_up
from missiondesk.missions.in_hand import ask_customer, take_over
from missiondesk.missions.late import LATE_EVERY, pass_on_late
from missiondesk.missions.pace import Pace, SlowDown, keep_pace
from missiondesk.missions.parts import Parts
from missiondesk.missions.queue import PAGE, Filter, InQueue, counted, in_queue, one_in_queue, queue_state
from missiondesk.missions.receive import hear, open_with
from missiondesk.missions.replaying import replay_past
from missiondesk.missions.second import ASK_EVERY, Second, ask_second
from missiondesk.missions.store import (
    Handoff,
    Lane,
    Mission,
    close_handoffs,
    handoff_of,
    mission,
    missions_of,
)
from missiondesk.missions.story import take_turn
from missiondesk.missions.undoing import TooLate, take_back
from missiondesk.missions.verdict import Proof, Verdict, verdict_in
from missiondesk.missions.waiting import Waiting, waiting_of

__all__ = [
    "ASK_EVERY",
    "Second",
    "ask_second",
    "LATE_EVERY",
    "Batch",
    "DoesNotFit",
    "Problem",
    "Seen",
    "approve_all",
    "check_reason",
    "draft_of",
    "ruling_on",
    "sealed",
    "look_at",
    "ask_customer",
    "take_over",
    "pass_on_late",
    "queue_state",
    "PAGE",
    "one_in_queue",
    "in_queue",
    "counted",
    "InQueue",
    "Filter",
    "Arguments",
    "Chore",
    "Draft",
    "Engine",
    "Fenced",
    "Handoff",
    "Lane",
    "Mission",
    "Pace",
    "Parts",
    "Proof",
    "SlowDown",
    "TooLate",
    "Turn",
    "Verdict",
    "Waiting",
    "answer_effect",
    "ask_for_person",
    "close_handoffs",
    "decide",
    "edit",
    "freeze_on",
    "give_up",
    "handoff_of",
    "hear",
    "keep_pace",
    "mission",
    "missions_of",
    "open_with",
    "preview",
    "replay_past",
    "ruling_today",
    "take_back",
    "take_back_changed",
    "speaks_against",
    "take_turn",
    "verdict_in",
    "waiting_of",
    "wake",
]
