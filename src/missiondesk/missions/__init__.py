"""Missions: one run on one case, under one version of a brief, until a verdict. Read `story.py` first."""

from missiondesk.missions.ask_person import ask_for_person
from missiondesk.missions.changed_tools import take_back_changed
from missiondesk.missions.deciding import answer_effect, decide, freeze_on, ruling_today
from missiondesk.missions.durable import Chore, Engine, Fenced, Turn, wake
from missiondesk.missions.editing import Arguments, Draft, edit, preview
from missiondesk.missions.parts import Parts
from missiondesk.missions.receive import hear, open_with
from missiondesk.missions.store import (
    Handoff,
    Lane,
    Mission,
    close_handoffs,
    handoff_of,
    handoffs_waiting,
    mission,
    missions_of,
)
from missiondesk.missions.story import give_up, take_turn
from missiondesk.missions.undoing import TooLate, take_back
from missiondesk.missions.verdict import Proof, Verdict
from missiondesk.missions.waiting import Waiting, waiting_of

__all__ = [
    "Arguments",
    "Chore",
    "Draft",
    "Engine",
    "Fenced",
    "Handoff",
    "Lane",
    "Mission",
    "Parts",
    "Proof",
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
    "handoffs_waiting",
    "hear",
    "mission",
    "missions_of",
    "open_with",
    "preview",
    "ruling_today",
    "take_back",
    "take_back_changed",
    "take_turn",
    "waiting_of",
    "wake",
]
