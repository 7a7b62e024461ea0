"""Writes what our HTTP API is to web/openapi.json, from which the pages' types are made; `--check` only compares."""

import json
import sys
from pathlib import Path
from typing import Any

from missiondesk.app import openapi

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "web" / "openapi.json"


def as_text(description: dict[str, Any]) -> str:
    """Stable: the same API gives the same bytes."""
    return json.dumps(description, indent=2, ensure_ascii=False) + "\n"


def main(*, only_check: bool) -> None:
    description = openapi()
    text = as_text(description)
    counted = f"{len(description['paths'])} paths, {len(description['components']['schemas'])} bodies"
    if not only_check:
        TARGET.write_text(text, encoding="utf-8")
        print(f"openapi: wrote {counted}")
    elif not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text:
        raise SystemExit("openapi: web/openapi.json is not what the API says now. Run `make openapi` and commit it.")
    else:
        print(f"openapi: {counted}, as committed")


if __name__ == "__main__":
    main(only_check="--check" in sys.argv[1:])
