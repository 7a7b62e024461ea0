"""What somebody with the database's password could do."""

import re

from missiondesk.ids import ProposalId
from tests.support.postgres import Cloned
from tests.support.record import by_hand, rows

_MINOR = re.compile(r'(\\"minor\\":)(\d)')  # in a sealed action, inside the JSON of its proposal


def change_a_byte(record: Cloned, proposal_id: ProposalId) -> None:
    """Another first digit of the first amount."""
    [(body,)] = rows(record, "select body from proposals where id = %s", proposal_id)
    changed = _MINOR.sub(lambda found: f"{found[1]}{int(found[2]) % 9 + 1}", body, count=1)
    assert changed != body, "an amount stands in each action"
    by_hand(record, "update proposals set body = %s where id = %s", changed, proposal_id)
