"""Insights: measures computed from the trace and the decisions, and what keeps people's eyes open."""

from missiondesk.insights.answering import answer_test
from missiondesk.insights.looks import looked
from missiondesk.insights.reading import Insights, read_insights
from missiondesk.insights.record import (
    Seeded,
    messages_seen,
    seeded,
    seeded_among,
    seeded_case,
    seeded_mission,
    trace_of,
)
from missiondesk.insights.reviewers import Health, Measures, Reviewer, Tested, health
from missiondesk.insights.seeding import SEED_EVERY, plant, seed
from missiondesk.insights.suggestions import Suggestion, suggested_rules

__all__ = [
    "SEED_EVERY",
    "Health",
    "Insights",
    "Measures",
    "Reviewer",
    "Seeded",
    "Suggestion",
    "Tested",
    "answer_test",
    "health",
    "looked",
    "messages_seen",
    "plant",
    "read_insights",
    "seed",
    "seeded",
    "seeded_among",
    "seeded_case",
    "seeded_mission",
    "suggested_rules",
    "trace_of",
]
