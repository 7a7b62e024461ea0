"""Insights: measures computed from the trace and the decisions, and what keeps people's eyes open."""

from missiondesk.insights.reading import Insights, read_insights

__all__ = ["Insights", "read_insights"]
