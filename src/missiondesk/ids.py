"""An id has its own type: swapped ids do not type-check. All are random: an id tells nothing and cannot be guessed."""

import secrets
from typing import NewType

PortalId = NewType("PortalId", str)
CustomerId = NewType("CustomerId", str)
StaffId = NewType("StaffId", str)
PersonId = NewType("PersonId", str)  # who is behind accounts of staff: the id of the first of them
SessionId = NewType("SessionId", str)
CaseId = NewType("CaseId", str)
MessageId = NewType("MessageId", str)
MissionId = NewType("MissionId", str)
ConnectionId = NewType("ConnectionId", str)
ProposalId = NewType("ProposalId", str)
DecisionId = NewType("DecisionId", str)
GrantId = NewType("GrantId", str)
ChangeId = NewType("ChangeId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, lower case: nothing to mix up when read aloud


def random_id(kind: str) -> str:
    """`kind` and 80 random bits: `case-4k9w0v2m8qjx3d7f`."""
    return f"{kind}-{''.join(secrets.choice(_ALPHABET) for _ in range(16))}"
