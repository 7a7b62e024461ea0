"""The embedded PostgreSQL: whoever comes first starts it, the next ones join, the last to leave stops it."""

from missiondesk.kit.embedded.failing import EmbeddedFailed
from missiondesk.kit.embedded.starting import Embedded, start

__all__ = ["Embedded", "EmbeddedFailed", "start"]
