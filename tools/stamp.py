"""Is it still as we left it? Answered from contents, never from file times: a clone has new times and old contents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


def digest_of(files: Iterable[Path], *, below: Path, also: str = "") -> str:
    """One SHA-256 over the contents of `files` and their names as seen from `below`, in order, and over `also`."""
    whole = sha256(also.encode())
    for file in sorted(files):
        content = sha256(file.read_bytes()).hexdigest()
        whole.update(f"\n{file.relative_to(below).as_posix()} {content}".encode())
    return whole.hexdigest()


def files_under(folder: Path, *, without: frozenset[str]) -> Iterator[Path]:
    """Every file below `folder`, except in folders named in `without`."""
    for entry in folder.iterdir():
        if entry.is_file():
            yield entry
        elif entry.is_dir() and entry.name not in without:
            yield from files_under(entry, without=without)


@dataclass(frozen=True)
class Stamp:
    """A small file that remembers what something was made from. Write it last: a half-made thing has none."""

    file: Path

    def says(self, digest: str) -> bool:
        return self.file.is_file() and self.file.read_text() == digest

    def write(self, digest: str) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(digest)
