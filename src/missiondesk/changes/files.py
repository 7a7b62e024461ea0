"""What the installation's files say now, as changes. Once for each edit of a file; what is in force stays in force."""

import logging
from collections.abc import Sequence
from pathlib import Path

from missiondesk.changes import of_connection, of_policy
from missiondesk.changes.asking import LOCK, propose_change
from missiondesk.changes.lifecycle import JSON, Change, Kind, Source, changes_open, close_change, newest_of_file
from missiondesk.changes.second import in_setup, remember_two
from missiondesk.decisions import policy_in
from missiondesk.integrations import Declared, stored_connections
from missiondesk.kit.database import Transaction, lock
from missiondesk.kit.errors import Invalid, Misconfigured, Refused
from missiondesk.kit.files import read_text

log = logging.getLogger(__name__)


async def publish_policy(tx: Transaction, company: Path) -> Change | None:
    """Ask for what `policy.toml` says, unless it is in force. Raises `Misconfigured` for one that cannot be read."""
    path = company / "policy.toml"
    if not path.exists():
        return None
    await lock(tx, LOCK)
    version = policy_in(path).version
    content: JSON = {"text": read_text(path)}
    start = await of_policy.standing(tx, of_policy.SUBJECT)
    if version == start.version:
        await _says_no_more(tx, "policy", of_policy.SUBJECT, "policy.toml says again what is in force.")
        return None
    said = await newest_of_file(tx, "policy", of_policy.SUBJECT)
    if said is not None and said.after == content:
        _tell(said, "policy.toml")
        return said
    if start.content is not None and not await in_setup(tx, "set_boundary"):
        try:
            await of_policy.check(tx, of_policy.SUBJECT, content)
        except (Invalid, Refused) as unfit:
            log.error("policy.toml is not asked for: %s %s stays in force.", unfit, start.version)
            return None
    return await _asked(tx, "policy", of_policy.SUBJECT, content, "policy.toml")


async def publish_connections(tx: Transaction, files: Declared) -> dict[str, Change]:
    """Ask for what the files of connections say; those added by the API stay. By id, what is not in force.

    Raises `Misconfigured` for an id that both have.
    """
    await lock(tx, LOCK)
    await remember_two(tx)
    stored = {one.file.id: one for one in await stored_connections(tx)}
    wanted = {name: of_connection.content_of(file, files.reviews[name], "file") for name, file in files.files.items()}
    gone = {name: of_connection.removal_of(one) for name, one in stored.items() if one.source == "file"}
    found = {name: await _connection(tx, name, told) for name, told in (gone | wanted).items()}
    return {name: one for name, one in found.items() if one is not None and one.state != "adopted"}


async def _connection(tx: Transaction, name: str, content: JSON) -> Change | None:
    """`None`: it is in force, also because it is harmless."""
    file, start = f"connections/{name}.toml", await of_connection.standing(tx, name)
    if content == start.content:
        await _says_no_more(tx, "connection", name, f"{file} says again what is in force.")
        return None
    try:
        await of_connection.check(tx, name, content)
    except Refused as twice:
        raise Misconfigured(str(twice)) from twice
    if of_connection.harmless(start.content, content):
        await of_connection.put(tx, name, content, "its file is gone" if content.get("removed") else "its file")
        return None
    said = await newest_of_file(tx, "connection", name)
    if said is not None and said.after == content and not await in_setup(tx, "configure"):
        _tell(said, file)
        return said
    return await _asked(tx, "connection", name, content, file)


async def _asked(tx: Transaction, kind: Kind, subject: str, content: JSON, file: str) -> Change:
    await _says_no_more(tx, kind, subject, f"{file} was edited again.")
    why = f"{file} is gone." if content.get("removed") else f"{file} says so."
    made = await propose_change(tx, kind=kind, subject=subject, content=content, why=why, asked_by=Source("file", file))
    _tell(made, file)
    return made


async def _says_no_more(tx: Transaction, kind: Kind, subject: str, why: str) -> None:
    """What a file asked for before, and nobody has answered, is taken back."""
    for one in await _of_files(tx, kind, subject):
        await close_change(tx, one, "replaced", by=one.asked_by, why=why)


async def _of_files(tx: Transaction, kind: Kind, subject: str) -> Sequence[Change]:
    return [one for one in await changes_open(tx, kind, subject) if one.source == "file"]


def _tell(said: Change, file: str) -> None:
    match said.state:
        case "open":
            log.warning("%s differs from what is in force, and waits for two people: change %s.", file, said.id)
        case "rejected" | "withdrawn":
            log.warning("%s differs from what is in force: %s %s it.", file, said.closed_by, said.state)
        case _:
            pass
