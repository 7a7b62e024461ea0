"""Which policy a command is about: a file, or the installation's own."""

from pathlib import Path
from typing import Annotated

import typer

from missiondesk.decisions import Policy, policy_in
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings

AFile = Annotated[Path | None, typer.Argument(help="The installation's policy.toml, if left out.")]


def policy_of(file: Path | None) -> Policy:
    """Raises `Misconfigured` with file, rule and place of what cannot be read."""
    company = Settings.read().company
    if file is None and company is None:
        raise Misconfigured("Name a file, or set MISSIONDESK_COMPANY to the installation's folder.")
    return policy_in(file or (company or Path()) / "policy.toml")
