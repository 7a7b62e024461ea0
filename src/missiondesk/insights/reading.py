"""`insights.toml` of an installation's folder: how often people are tested, what is too fast, what is suggested."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from missiondesk.kit.files import read_toml
from missiondesk.missions import Pace

FILE = "insights.toml"
_USUAL = Pace()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Seeding(_Strict):
    """`rate`: how many test proposals there are for each proposal that waits for people. 0: none."""

    rate: float = Field(default=0.0, ge=0, le=0.2)


class _Pace(_Strict):
    """Seconds. 0 `approvals`: nobody is slowed."""

    approvals: int = Field(default=_USUAL.approvals, ge=0, le=1_000)
    within: int = Field(default=_USUAL.within, ge=10, le=3_600)
    pause: int = Field(default=_USUAL.pause, ge=1, le=120)


class Reviewers(_Strict):
    """`by_person`: whether measures of single people are shown to others at all."""

    by_person: bool = True


class Suggestions(_Strict):
    """`at_least`: of so many approvals a rule is suggested."""

    at_least: int = Field(default=50, ge=10)


class Insights(_Strict):
    """All of it. What is not in the file is as it is by default."""

    tests: Seeding = Seeding()
    pace: _Pace = _Pace()
    reviewers: Reviewers = Reviewers()
    suggestions: Suggestions = Suggestions()

    @property
    def keeping(self) -> Pace:
        """The pace as missions hold it."""
        return Pace(self.pace.approvals, self.pace.within, self.pace.pause)


def read_insights(company: Path) -> Insights:
    """As by default without the file. Raises `Misconfigured` naming file and field."""
    path = company / FILE
    return read_toml(path, Insights) if path.exists() else Insights()
