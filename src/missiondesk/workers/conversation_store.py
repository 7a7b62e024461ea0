"""The stored messages between us and a model, in order: JSON with a version, so that they outlive a deploy."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel
from sqlalchemy import Column, Integer, Table, Text, insert, select

from missiondesk.ids import MissionId
from missiondesk.kit.database import Transaction, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("mission_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("turn", Integer, nullable=False),
    Column("message", Text, nullable=False),
)


class _Stored(BaseModel):
    version: Literal[1] = 1
    heard: int
    past: int
    message: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message, with what the model had been told by then.

    `heard` is the number of the newest message of the case, `past` how many answered proposals it knew of.
    """

    turn: int
    heard: int
    past: int
    message: Mapping[str, Any]


async def entries_of(tx: Transaction, mission_id: MissionId) -> list[Entry]:
    """The messages of a mission, oldest first."""
    query = select(conversations).where(conversations.c.mission_id == mission_id).order_by(conversations.c.position)
    return [_entry(row.turn, row.message) for row in await tx.execute(query)]


async def add_entry(tx: Transaction, mission_id: MissionId, position: int, entry: Entry) -> None:
    """`position` counts from 0."""
    stored = _Stored(heard=entry.heard, past=entry.past, message=dict(entry.message))
    text = json.dumps(stored.model_dump(mode="json"), ensure_ascii=False)
    await tx.execute(
        insert(conversations).values(mission_id=mission_id, position=position, turn=entry.turn, message=text)
    )


def _entry(turn: int, text: str) -> Entry:
    stored = _Stored.model_validate_json(text)
    return Entry(turn, stored.heard, stored.past, stored.message)
