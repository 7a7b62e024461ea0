"""Ids in addresses: what cannot be an id is not found, like one that nobody has."""

import re
from typing import Annotated

from pydantic import AfterValidator

from missiondesk.ids import CaseId, ChangeId, ConnectionId, DecisionId, GrantId, MissionId, ProposalId, StaffId
from missiondesk.kit.errors import NotFound


def _called(kind: str) -> AfterValidator:
    def checked(text: str) -> str:
        if not re.fullmatch("[a-z0-9-]{1,100}", text):
            raise NotFound(f"There is no such {kind}.")
        return text

    return AfterValidator(checked)


AnItem = Annotated[str, _called("item")]
ACase = Annotated[CaseId, _called("case")]
AMission = Annotated[MissionId, _called("mission")]
AProposal = Annotated[ProposalId, _called("proposal")]
ADecision = Annotated[DecisionId, _called("decision")]
AChange = Annotated[ChangeId, _called("change")]
AStaffMember = Annotated[StaffId, _called("account")]
AGrant = Annotated[GrantId, _called("grant")]
ANotice = Annotated[str, _called("notice")]
AConnection = Annotated[ConnectionId, _called("connection")]
