"""API keys, as their owners make and end them: signed in, and never by a key."""

from fastapi import APIRouter

from missiondesk.people import Key, add_key, end_key, keys_of
from missiondesk.surfaces.doors import AStaff, Here
from missiondesk.surfaces.studio_shapes import KeyPage, KeyView, MadeKeyView, NewKey

router = APIRouter(prefix="/api/studio/keys", tags=["studio"])


@router.get("", operation_id="api_keys")
async def keys(who: AStaff, here: Here) -> KeyPage:
    """One's own, an admin's view of all: newest first, also those that are over."""
    async with here.parts.database.transaction() as tx:
        return KeyPage(items=[_view(one) for one in await keys_of(tx, who)])


@router.post("", status_code=201, operation_id="add_api_key")
async def add(body: NewKey, who: AStaff, here: Here) -> MadeKeyView:
    """A key of one's own. Its `secret` is in this answer, and never shown again."""
    async with here.parts.database.transaction() as tx:
        made = await add_key(tx, who, name=body.name, scopes=body.scopes, days=body.days, addresses=body.addresses)
    return MadeKeyView(key=_view(made.key), secret=made.secret)


@router.delete("/{key_id}", status_code=204, operation_id="end_api_key")
async def end(key_id: str, who: AStaff, here: Here) -> None:
    """It is good for nothing any more: one's own, or for an admin anybody's."""
    async with here.parts.database.transaction() as tx:
        await end_key(tx, key_id, by=who)


def _view(one: Key) -> KeyView:
    return KeyView(
        id=one.id,
        name=one.name,
        owner=one.owner,
        scopes=list(one.scopes),
        addresses=list(one.addresses),
        made_at=one.made_at,
        expires_at=one.expires_at,
        used_at=one.used_at,
        ended_at=one.ended_at,
        ended_by=one.ended_by,
    )
