"""A ruling: what the policy says about a proposal: deny, these approvals, or it may go by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from missiondesk.decisions.policy.pools import Reservation
from missiondesk.decisions.policy.reading import Approve, DecidingRole, Excluded, Rule, StepUp

_A = {"agent": "an agent", "supervisor": "a supervisor"}
_OUT: Mapping[Excluded, str] = {
    "last_editor": "who edited it last",
    "requester": "who asked for it",
    "case_owner": "whose case it is",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Deny:
    """It cannot be done, whoever asks."""

    sentence: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedsApprovals:
    """`count` different people, each at least of `role`, none excluded; an approval counts `delay` seconds later."""

    count: int
    role: DecidingRole
    sentence: str
    rules: tuple[str, ...]
    exclude: tuple[Excluded, ...] = ()
    delay: int = 0
    step_up: Annotated[StepUp | None, Field(exclude_if=lambda it: it is None)] = None  # else older digests would change
    kind: Literal["needs_approvals"] = "needs_approvals"

    @property
    def who(self) -> str:
        """`two different people, each a supervisor, not the last editor`."""
        out = " or ".join(_OUT[one] for one in self.exclude)
        but = (f", not {out}" if out else "") + (", with their password given again" if self.step_up else "")
        but += _later(self.delay)
        if self.count == 1:
            return f"one {self.role}{but}"
        return f"{_NUMBERS[self.count]} different people, each {_A[self.role]} at least{but}"


@dataclass(frozen=True, slots=True)
class ByItself:
    """No person is asked, if all of `reservations` can be made; if not, it needs `otherwise`."""

    sentence: str
    rules: tuple[str, ...]
    reservations: tuple[Reservation, ...]
    otherwise: NeedsApprovals
    kind: Literal["by_itself"] = "by_itself"


Ruling = Deny | NeedsApprovals | ByItself
ONE_AGENT = NeedsApprovals(1, "agent", "", ())


def by_people(ruling: Ruling) -> Deny | NeedsApprovals:
    """The same where nothing may go by itself."""
    return ruling if isinstance(ruling, Deny) else people_of(ruling)


def people_of(ruling: NeedsApprovals | ByItself) -> NeedsApprovals:
    """Whom it needs where people decide."""
    return ruling.otherwise if isinstance(ruling, ByItself) else ruling


def stricter(one: NeedsApprovals | ByItself, other: Ruling) -> Ruling:
    """The stricter of what was ruled when it was proposed and what is ruled today."""
    if isinstance(other, Deny) or (isinstance(one, ByItself) and isinstance(other, ByItself)):
        return other
    before, now = people_of(one), people_of(other)
    both = merged((before, now), before.sentence, before.rules)
    if both == before and isinstance(one, NeedsApprovals):
        return before
    return merged((before, now), now.sentence, now.rules)


def needs_of(asked: Approve) -> NeedsApprovals:
    """What one rule asks for."""
    return NeedsApprovals(asked.count, asked.role, "", (), asked.exclude, asked.delay, asked.step_up)


def rule_asks(rule: Rule) -> str:
    """What one rule comes to where it holds, in few words."""
    if rule.approve:
        return needs_of(rule.approve).who + (", never by itself" if rule.approve.hard else "")
    return f"by itself from {', '.join(map(str, rule.auto.reserve))}" if rule.auto else "denied"


def merged(needs: Sequence[NeedsApprovals], sentence: str, rules: tuple[str, ...]) -> NeedsApprovals:
    """The highest count and role, all exclusions, the longest delay, any step-up."""
    return NeedsApprovals(
        max(one.count for one in needs),
        "supervisor" if any(one.role == "supervisor" for one in needs) else "agent",
        sentence,
        rules,
        tuple(sorted({who for one in needs for who in one.exclude})),
        max(one.delay for one in needs),
        next((one.step_up for one in needs if one.step_up), None),
    )


def _later(seconds: int) -> str:
    count, unit = (seconds // 3_600, "hour") if seconds % 3_600 == 0 else (seconds // 60, "minute")
    return f", counting {count} {unit}{'s' if count > 1 else ''} later" if seconds else ""
