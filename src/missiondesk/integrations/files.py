"""Connections as files of the installation's folder: `connections/ID.toml`, and its review beside it."""

from collections.abc import Mapping
from pathlib import Path

from missiondesk.integrations.definitions import Reviewed, read_reviewed
from missiondesk.integrations.known import Declared
from missiondesk.integrations.manifest import Connection
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.files import read_toml


def folder_of(company: Path) -> Path:
    return company / "connections"


def file_of(company: Path, connection_id: str) -> Path:
    return folder_of(company) / f"{connection_id}.toml"


def review_of(company: Path, connection_id: str) -> Path:
    return folder_of(company) / f"{connection_id}.reviewed.json"


def files_of(company: Path, connection_id: str) -> list[Path]:
    """All that the folder may hold of a connection."""
    described = folder_of(company) / f"{connection_id}.openapi.json"
    return [file_of(company, connection_id), review_of(company, connection_id), described]


def read_connections(company: Path) -> Declared:
    """All connections of an installation's folder. Raises `Misconfigured` naming file and field."""
    found, broken = usable_connections(company, instead=Declared())
    for sentence in broken.values():
        raise Misconfigured(sentence)
    return found


def usable_connections(company: Path, *, instead: Declared) -> tuple[Declared, dict[str, str]]:
    """The same of those files that can be used, and by id what is wrong with each other.

    For these holds what `instead` says, if a file declared them there, too: they stay as they were.
    """
    files: dict[str, Connection] = {}
    reviews: dict[str, Reviewed] = {}
    broken: dict[str, str] = {}
    for path in sorted(folder_of(company).glob("*.toml")):
        try:
            files[path.stem], reviews[path.stem] = _read(company, path)
        except Misconfigured as wrong:
            broken[path.stem] = str(wrong)
            _stays(path.stem, files, reviews, instead)
    for name in sorted(files.keys() - broken.keys()):
        try:
            check_references(files[name], files)
        except Misconfigured as wrong:
            broken[name] = str(wrong)
    for name in broken:
        _stays(name, files, reviews, instead)
    return Declared(files, reviews), broken


def _read(company: Path, path: Path) -> tuple[Connection, Reviewed]:
    file = read_toml(path, Connection)
    if file.id != path.stem:
        raise Misconfigured(f"{path}: its id is {file.id!r}; the file must be called {file.id}.toml.")
    return file, read_reviewed(review_of(company, file.id))


def _stays(name: str, files: dict[str, Connection], reviews: dict[str, Reviewed], instead: Declared) -> None:
    files.pop(name, None)
    reviews.pop(name, None)
    if name in instead.files and name not in instead.by_api:
        files[name], reviews[name] = instead.files[name], instead.reviews[name]


def write_review(company: Path, connection_id: str, reviewed: Reviewed) -> None:
    text = reviewed.model_dump_json(indent=1) + "\n"
    review_of(company, connection_id).write_text(text, encoding="utf-8")


def check_references(file: Connection, files: Mapping[str, Connection]) -> None:
    """What a write is rechecked, found again and proved by must be reads that are there. Raises `Misconfigured`."""
    for name, tool in file.tool.items():
        wanted = [*([tool.find.tool] if tool.find else []), *(one.tool for one in (*tool.proof, *tool.recheck))]
        for key in wanted:
            connection, _, read = key.partition(".")
            there = files[connection].tool.get(read) if connection in files else None
            if there is None or there.effect != "read":
                raise Misconfigured(
                    f"The connection {file.id!r}: {name} names {key!r}, which is no read of a connection."
                )
