"""A company folder of one's own: the demo's, with something changed in it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from missiondesk.cli.demo import company_folder


def copied(to: Path) -> Path:
    """The demo's installation folder, copied."""
    return Path(shutil.copytree(company_folder(), to / "company", ignore=shutil.ignore_patterns("__pycache__")))


def edit(file: Path, before: str, after: str) -> None:
    """Replace words that must stand there once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {file.name}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def edit_review(company: Path, connection: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what was reviewed of a connection's tools: `change` is handed the tools by name."""
    file = company / "connections" / f"{connection}.reviewed.json"
    review = json.loads(file.read_text(encoding="utf-8"))
    change(review["tools"])
    file.write_text(json.dumps(review), encoding="utf-8")
