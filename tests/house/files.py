"""The files that are ours: what git tracks, or would if it were added now."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def ours() -> tuple[Path, ...]:
    """Absolute paths. Without git (an unpacked archive) there is nothing to ask, and that is an error."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.is_file()))


def text_of(file: Path) -> str | None:
    """`None` for a font, a picture and the like."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
