"""One portal: its name, looks, greeting, and the briefs it may start."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from missiondesk.kit.files import read_toml


class Portal(BaseModel):
    """`hue` (0 to 360) drives all colours of its pages; `assistant` is what the AI Worker is called there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")
    name: str
    greeting: str
    assistant: str
    team: str = "our team"
    hue: int = Field(ge=0, le=360)
    briefs: list[str]


def read_portals(company: Path) -> dict[str, Portal]:
    """All portals of an installation's folder, by id. Raises `Misconfigured` naming file and field."""
    found = [read_toml(path, Portal) for path in sorted((company / "portals").glob("*.toml"))]
    return {portal.id: portal for portal in found}
