"""What the surfaces are given: the installation's parts, the live feed, and where the pages lie."""

from dataclasses import dataclass
from pathlib import Path

from missiondesk.missions import Parts
from missiondesk.trace import Live


@dataclass(frozen=True, slots=True)
class Installation:
    """`pages` is the folder of the built pages; `secure`: browsers reach us over HTTPS."""

    parts: Parts
    live: Live
    pages: Path
    secure: bool
