"""What the surfaces are given: the installation's parts, the live feed, and where the pages lie."""

from dataclasses import dataclass, field
from pathlib import Path

from missiondesk.insights import Insights
from missiondesk.missions import Parts
from missiondesk.trace import Live


@dataclass(frozen=True, slots=True)
class Installation:
    """`pages` is the folder of the built pages; `public_url` is where browsers reach us, if that was said."""

    parts: Parts
    live: Live
    pages: Path
    public_url: str | None
    insights: Insights = field(default_factory=Insights)

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over HTTPS."""
        return (self.public_url or "").startswith("https://")
