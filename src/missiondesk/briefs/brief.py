"""A brief: when it applies, what it needs, which tools and knowledge it may use, how to proceed, when it is done."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from missiondesk.kit.canonical import digest
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.files import read_markdown, read_text
from missiondesk.kit.spans import seconds


class Input(BaseModel):
    """Something the mission must know from the customer: found by `pattern` (its only group), else asked for.

    What the customer writes after the question may be found by the looser `answer`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    ask: str
    answer: str | None = None

    @field_validator("pattern", "answer")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is None:
            return None
        try:
            groups = re.compile(pattern).groups
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from error
        if groups != 1:
            raise ValueError("needs exactly one group: what is to be found")
        return pattern

    def found_in(self, text: str, *, asked: bool = False) -> str | None:
        """The last one in `text`: what somebody says later corrects what they said before."""
        pattern = self.answer if asked and self.answer else self.pattern
        found = re.findall(pattern, text, re.IGNORECASE | re.MULTILINE)
        return found[-1] if found else None


class Head(BaseModel):
    """The TOML head of BRIEF.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")
    title: str
    summary: str
    examples: list[str] = Field(min_length=1)
    signals: list[str] = Field(min_length=1)
    inputs: dict[str, Input] = {}
    reads: list[str] = []
    writes: list[str] = []
    knowledge: list[str] = []
    constants: dict[str, str] = {}
    steps: list[str] = Field(min_length=3, max_length=5)
    service_level: str = "1h"  # from what the customer said last until they have an answer

    @field_validator("service_level")
    @classmethod
    def _time(cls, said: str) -> str:
        seconds(said)
        return said

    @field_validator("signals")
    @classmethod
    def _compile(cls, signals: list[str]) -> list[str]:
        for signal in signals:
            try:
                re.compile(signal)
            except re.error as error:
                raise ValueError(f"{signal!r} is no regular expression: {error}") from error
        return signals


@dataclass(frozen=True, slots=True)
class Brief:
    """`version` counts from 1 and is given at publication; `procedure` is the text of procedure.py, if there is one."""

    head: Head
    body: str
    procedure: str | None = None
    version: int = 0

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def service_level(self) -> timedelta:
        return timedelta(seconds=seconds(self.head.service_level))

    @property
    def label(self) -> str:
        """`duplicate-charge@3`: how a mission and the trace name it."""
        return f"{self.head.name}@{self.version}"

    @property
    def digest(self) -> str:
        """SHA-256 over head, body and procedure: any difference makes another version."""
        return digest({"head": self.head.model_dump(mode="json"), "body": self.body, "procedure": self.procedure})


def read_brief(folder: Path) -> Brief:
    """Read one brief's folder. Raises `Misconfigured` naming file and field."""
    head, body = read_markdown(folder / "BRIEF.md", Head)
    if head.name != folder.name:
        raise Misconfigured(f"{folder / 'BRIEF.md'}: its name is {head.name!r}, but its folder is {folder.name!r}.")
    procedure = folder / "procedure.py"
    return Brief(head, body, read_text(procedure) if procedure.is_file() else None)


def read_briefs(company: Path) -> list[Brief]:
    """All briefs of an installation's folder, by name."""
    return [read_brief(path.parent) for path in sorted((company / "briefs").glob("*/BRIEF.md"))]
