"""Who had a hand in a proposal, counted as people: nobody counts twice by having two accounts.

The view `hands` in the database says who asked for what, and whose a case is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import text

from missiondesk.decisions.policy import Excluded, NeedsApprovals
from missiondesk.decisions.proposals import Shown
from missiondesk.ids import PersonId, StaffId
from missiondesk.kit.database import Transaction
from missiondesk.people import further_accounts

How = Literal["edit", "respond", "own"]
_HANDS = """select h.staff_id, h.how, s.name from hands h join staff s on s.id = h.staff_id
    where h.proposal_id = :proposal order by h.how, s.name"""
_DID: Mapping[How, tuple[Excluded, str]] = {
    "edit": ("requester", "asked for it, by editing an earlier version"),
    "respond": ("requester", "asked for it, by telling the worker what to do instead"),
    "own": ("case_owner", "holds this case, or held it last"),
}
_YOU: Mapping[Excluded, str] = {
    "last_editor": "You have edited this, and the policy lets nobody approve what they edited.",
    "requester": "You have asked for this, and the policy lets nobody approve what they asked for.",
    "case_owner": "This is your case, and the policy lets nobody approve in a case of their own.",
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody edited an earlier version, told the worker what to do instead, or owns the case."""

    account: StaffId
    name: str
    how: How


@dataclass(frozen=True, slots=True)
class Hands:
    """`accounts`: whose an account is, where somebody has several."""

    accounts: Mapping[StaffId, PersonId]
    had: Sequence[Hand] = ()

    def person(self, account: StaffId) -> PersonId:
        """Who is behind an account."""
        return self.accounts.get(account, PersonId(account))


@dataclass(frozen=True, slots=True)
class Barred:
    """Somebody who may not approve. `why` goes on after their name, `you` is for themselves."""

    person: PersonId
    name: str
    why: str
    you: str


async def hands_in(tx: Transaction, found: Shown) -> Hands:
    """As the record says it now: accounts that were found to be one person's are that for what was signed, too."""
    rows = await tx.execute(text(_HANDS), {"proposal": found.id})
    return Hands(await further_accounts(tx), [Hand(row.staff_id, row.name, row.how) for row in rows])


def editor_of(found: Shown, hands: Hands) -> PersonId | None:
    """The person who edited it last."""
    editor = found.proposed.editor
    return None if editor is None else hands.person(editor)


def barred(needs: NeedsApprovals, found: Shown, hands: Hands) -> list[Barred]:
    """Whom its exclusions let not approve, each once."""
    all_: dict[PersonId, Barred] = {}
    edited = found.proposed.edited
    if edited is not None:  # under the digest, whatever the rows say
        for one in ("last_editor", "requester"):
            if one in needs.exclude:
                person = hands.person(edited.by_id)
                all_.setdefault(person, Barred(person, edited.by, "edited it last", _YOU[one]))
    for hand in hands.had:
        excluded, why = _DID[hand.how]
        if excluded in needs.exclude:
            person = hands.person(hand.account)
            all_.setdefault(person, Barred(person, hand.name, why, _YOU[excluded]))
    return list(all_.values())
