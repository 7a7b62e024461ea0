"""Who had a hand in a proposal, counted as people: nobody counts twice by having two accounts."""

from collections.abc import Mapping
from dataclasses import dataclass

from missiondesk.ids import PersonId, StaffId
from missiondesk.kit.database import Transaction
from missiondesk.people import further_accounts


@dataclass(frozen=True, slots=True)
class Hands:
    """`accounts`: whose an account is, where somebody has several."""

    accounts: Mapping[StaffId, PersonId]

    def person(self, account: StaffId) -> PersonId:
        """Who is behind an account."""
        return self.accounts.get(account, PersonId(account))


async def hands_in(tx: Transaction) -> Hands:
    """As the record says it now: accounts that were found to be one person's are that for what was signed, too."""
    return Hands(await further_accounts(tx))
