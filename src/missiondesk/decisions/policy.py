"""The policy: typed rules in TOML. A fact that is not known can only restrict."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from missiondesk.decisions.lineage import OriginKind
from missiondesk.kit.canonical import digest
from missiondesk.kit.files import read_toml
from missiondesk.kit.money import Money

DecidingRole = Literal["agent", "supervisor"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Amount(_Strict):
    minor: int
    currency: str


class Condition(_Strict):
    """`{ argument = "amount", above = … }`, `{ origin_of = "amount", not_in = [ … ] }` or `{ identity_below = 2 }`."""

    argument: str | None = None
    above: Amount | None = None
    origin_of: str | None = None
    not_in: list[OriginKind] | None = None
    identity_below: int | None = None

    @model_validator(mode="after")
    def _one_question(self) -> "Condition":
        asked = [(self.argument, self.above), (self.origin_of, self.not_in), (self.identity_below, self.identity_below)]
        if sum(all(part is not None for part in pair) for pair in asked) != 1 or any(
            (a is None) != (b is None) for a, b in asked
        ):
            raise ValueError("a condition is argument + above, origin_of + not_in, or identity_below")
        return self


class Approve(_Strict):
    """How many different people, of which role at least, must approve."""

    count: int = Field(default=1, ge=1, le=5)
    role: DecidingRole = "agent"


class Rule(_Strict):
    """For `action` (`billing.refund_payment`), when all of `when` hold: what must happen. `says` is shown to people."""

    action: str
    says: str
    when: list[Condition] = []
    approve: Approve | None = None
    deny: bool = False

    @model_validator(mode="after")
    def _one_answer(self) -> "Rule":
        if (self.approve is not None) == self.deny:
            raise ValueError("a rule either has `approve` or says `deny = true`")
        return self


class Policy(_Strict):
    """The rules by name. No rule for a write: denied."""

    rule: dict[str, Rule] = {}

    @property
    def version(self) -> str:
        """`policy@` and the first twelve characters of its digest."""
        return f"policy@{digest(self.model_dump(mode='json'))[:12]}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the policy may ask about one action. `identity`: 0 anonymous, 1 claimed, 2 signed in, 3 proved for this."""

    action: str
    arguments: Mapping[str, Any]
    origins: Mapping[str, OriginKind]
    identity: int


def read_policy(company: Path, writes: list[str]) -> Policy:
    """The policy of an installation's folder. Before there is a file: each of `writes` needs one agent."""
    path = company / "policy.toml"
    if path.exists():
        return read_toml(path, Policy)
    says = "Every change needs one agent until there is a policy."
    return Policy(rule={f"before-policy-{tool}": Rule(action=tool, says=says, approve=Approve()) for tool in writes})


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether the condition holds. What is not known, or in another currency, counts as if it held: rules restrict."""
    if condition.above is not None and condition.argument is not None:
        amount = Money.of(facts.arguments.get(condition.argument))
        if amount is None or amount.currency != condition.above.currency:
            return True
        return amount.minor > condition.above.minor
    if condition.not_in is not None and condition.origin_of is not None:
        return facts.origins.get(condition.origin_of, "model") not in condition.not_in
    return facts.identity < (condition.identity_below or 0)
