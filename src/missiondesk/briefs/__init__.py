"""Briefs: the written definition of a kind of mission, in versions."""

from missiondesk.briefs.brief import Brief, Input, read_brief, read_briefs
from missiondesk.briefs.versions import publish_brief, published

__all__ = ["Brief", "Input", "publish_brief", "published", "read_brief", "read_briefs"]
