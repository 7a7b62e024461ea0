"""A freeze is acknowledged within a second or so, also while a process stands still in the middle of sending."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError

from missiondesk.effects import freeze
from missiondesk.effects.freezing import frozen, in_force
from missiondesk.kit.database import Database
from tests.promises import promise
from tests.support.postgres import Cloned

WHO = {"why": "Wrong amounts", "by_id": "staff-ana", "by": "Ana"}


@promise("effects.freeze-stops-them")
async def test_who_stands_still_over_an_effect_does_not_hold_up_a_freeze(database: Cloned) -> None:
    stopped, acting = Database(database.url), Database(database.url)

    async def stand_still() -> None:
        async with stopped.transaction() as tx:
            assert await frozen(tx, ["tool:billing.refund"]) is None
            async with asyncio.timeout(5), acting.transaction() as other:
                await freeze(other, "all", **WHO)
            await frozen(tx, ["tool:billing.refund"])

    with pytest.raises(DBAPIError):  # its connection was ended: what it would have marked as sent is not
        await stand_still()
    async with stopped.transaction() as tx:
        assert [one.scope for one in await in_force(tx)] == ["all"]
    await stopped.close()
    await acting.close()


async def test_who_is_quick_is_waited_for(database: Cloned) -> None:
    tables = Database(database.url)

    async def freeze_all() -> None:
        async with tables.transaction() as tx:
            await freeze(tx, "all", **WHO)

    async with tables.transaction() as sending:
        assert await frozen(sending, []) is None
        freezing = asyncio.create_task(freeze_all())
        done, _ = await asyncio.wait({freezing}, timeout=0.3)
        assert not done
    await freezing
    await tables.close()
