"""A customer's ids in the connected systems."""

from collections.abc import AsyncGenerator

import pytest

from missiondesk.ids import ConnectionId, PortalId
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Refused
from missiondesk.people import add_customer, link_record, records_of
from tests.support.postgres import Cloned

BILLING = ConnectionId("billing")


@pytest.fixture
async def people(database: Cloned) -> AsyncGenerator[Database]:
    people = Database(database.url)
    yield people
    await people.close()


async def test_one_record_is_never_two_customers(people: Database) -> None:
    async with people.transaction() as tx:
        mira, jonas = [
            await add_customer(
                tx, PortalId("northwind"), name=name, email=f"{name}@example.com", password="long enough"
            )
            for name in ("mira", "jonas")
        ]
        await link_record(tx, mira.id, BILLING, "acct_1", how="by hand")
        await link_record(tx, mira.id, BILLING, "acct_1", how="by hand, again")
        with pytest.raises(Refused, match="another customer"):
            await link_record(tx, jonas.id, BILLING, "acct_1", how="by hand")
        with pytest.raises(Refused, match="as acct_1 already"):
            await link_record(tx, mira.id, BILLING, "acct_2", how="by hand")
        assert await records_of(tx, mira.id) == {BILLING: "acct_1"}
        assert await records_of(tx, jonas.id) == {}
