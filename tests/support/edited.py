"""What a person does to a proposal before anybody approves it."""

from typing import Any

from tests.support.world import JSON, Agent

LESS = {"minor": 3990, "currency": "EUR"}


def arguments_of(card: JSON, **changed: Any) -> JSON:
    """Those of the first action that are not bound, with what was changed."""
    own = {one["name"]: one["value"] for one in card["actions"][0]["arguments"] if one["origin"]["kind"] != "bound"}
    return {**own, **changed}


async def edits(
    who: Agent,
    card: JSON,
    *,
    message: str | None = None,
    because: str | None = None,
    status: int = 201,
    key: str | None = None,
    path: str = "edit",
    **changed: Any,
) -> JSON:
    """The new card, or what speaks against it."""
    actions = [{"position": 0, "arguments": arguments_of(card, **changed)}] if changed else []
    body = {"digest": card["digest"], "actions": actions, "message": message, "reason": because}
    return await who.post(f"/api/desk/proposals/{card['id']}/{path}", body, status, key)


async def tries(who: Agent, card: JSON, *, status: int = 200, message: str | None = None, **changed: Any) -> JSON:
    """What an edit would come to."""
    return await edits(who, card, status=status, message=message, path="edit/preview", **changed)
