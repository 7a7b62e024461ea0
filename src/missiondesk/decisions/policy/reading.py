"""The policy as it is written: typed rules in TOML, each error with file, rule and place."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    field_validator,
    model_validator,
)

from missiondesk.decisions.policy.conditions import Condition, parse
from missiondesk.decisions.policy.pools import Pool, parse_pool
from missiondesk.kit.canonical import digest
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.files import read_text, toml_in
from missiondesk.kit.spans import seconds

DecidingRole = Literal["agent", "supervisor"]
StepUp = Literal["password"]  # given again, shortly before
Excluded = Literal["last_editor", "requester", "case_owner"]
_LONGEST_DELAY = 12 * 3_600  # what an approval rests on is read again after a day


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Approve(_Strict):
    """Who must approve: `count` different people, each at least of `role`, none of them excluded.

    `delay`: in seconds, how much later each approval counts.
    `step_up`: what they must give again just before. `hard`: no `auto` rule goes before it.
    """

    count: int = Field(default=1, ge=1, le=5)
    role: DecidingRole = "agent"
    exclude: tuple[Excluded, ...] = ()
    delay: Annotated[int, BeforeValidator(seconds)] = 0
    hard: bool = False
    step_up: StepUp | None = None

    @field_validator("delay")
    @classmethod
    def _short_enough(cls, given: int) -> int:
        if given > _LONGEST_DELAY:
            raise ValueError("must be 12h or less: what is approved rests on facts that get too old.")
        return given


class Auto(_Strict):
    """What goes by itself while all of these pools have room. `amount`: the argument that pools of money count."""

    reserve: tuple[Annotated[Pool, PlainValidator(parse_pool), PlainSerializer(str)], ...] = Field(min_length=1)
    amount: str = "amount"


class Rule(_Strict):
    """For each of `action`, when all of `when` hold: what must happen. `says` is shown to people, as `deny` is."""

    action: Annotated[tuple[str, ...], BeforeValidator(lambda it: [it] if isinstance(it, str) else it)] = Field(
        min_length=1
    )
    says: str = ""
    when: tuple[Annotated[Condition, PlainValidator(parse), PlainSerializer(str)], ...] = ()
    approve: Approve | None = None
    auto: Auto | None = None
    deny: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)] | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> "Rule":
        if sum(one is not None for one in (self.approve, self.auto, self.deny)) != 1:
            raise ValueError("a rule says one thing: `approve`, `auto` or `deny`.")
        if self.deny and self.says:
            raise ValueError('what people read of a denial is what `deny` says: deny = "…", without `says`.')
        if any("." not in one for one in self.action):
            raise ValueError("`action` is a connection and a tool in it, such as billing.refund_payment.")
        used = {one.currency for one in self.when} | {one.currency for one in (self.auto.reserve if self.auto else ())}
        if len(used := used - {None}) > 1:
            raise ValueError(f"it mixes {' and '.join(sorted(map(str, used)))}. Write one rule for each currency.")
        return self


class Policy(_Strict):
    """The rules by name. No rule for a write: denied. `zone`: where it is Monday, and what a pool's day is."""

    zone: str = "UTC"
    rule: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w-]*$")], Rule] = {}

    @field_validator("zone")
    @classmethod
    def _there(cls, given: str) -> str:
        try:
            ZoneInfo(given)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no zone {given!r} here: write one such as Europe/Berlin.") from None
        return given

    @model_validator(mode="after")
    def _one_cap(self) -> "Policy":
        caps: dict[str, int] = {}
        for name, rule in self.rule.items():
            for pool in rule.auto.reserve if rule.auto else ():
                if caps.setdefault(pool.label, pool.cap) != pool.cap:
                    raise ValueError(f"rule {name}: the pool {pool.label} has another cap in another rule.")
        return self

    @cached_property
    def version(self) -> str:
        """`policy@` and the first twelve characters of its digest."""
        return f"policy@{digest(self.model_dump(mode='json'))[:12]}"

    @cached_property
    def place(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def by_action(self) -> Mapping[str, Mapping[str, Rule]]:
        """The rules of each action, by name; in the order of the names, as the order of the file means nothing."""
        actions = {action for rule in self.rule.values() for action in rule.action}
        ordered = sorted(self.rule.items())
        return {action: {name: rule for name, rule in ordered if action in rule.action} for action in actions}

    @cached_property
    def asks(self) -> frozenset[str]:
        """The names of all facts that it asks about."""
        return frozenset(one.asked.name for rule in self.rule.values() for one in rule.when)

    @cached_property
    def looks_back(self) -> int:
        """How many days of history it asks about; 0: none."""
        return max((one.asked.days for rule in self.rule.values() for one in rule.when), default=0)


def before_any_policy(writes: Iterable[str]) -> Policy:
    """What holds before there is a policy: each of `writes` needs one agent."""
    says = "Every change needs one agent until there is a policy."
    made = {f"before-policy-{tool}": Rule(action=(tool,), says=says, approve=Approve()) for tool in writes}
    return Policy.model_validate({"rule": {re.sub(r"[^\w-]", "-", name): rule for name, rule in made.items()}})


def policy_in(path: Path) -> Policy:
    """Raises `Misconfigured`: `policy.toml, rule large-refund, when 2: …`."""
    return policy_from(read_text(path), str(path))


def policy_from(text: str, name: str) -> Policy:
    """The same of a text that goes by `name`."""
    try:
        return toml_in(text, Policy, name)
    except Misconfigured as wrong:
        raise Misconfigured(_placed(name, str(wrong))) from wrong


def _placed(path: str, told: str) -> str:
    """`policy.toml: rule.large.when.1: …` as people say it."""
    match = re.fullmatch(rf"{re.escape(path)}: rule\.(?P<place>[\w.-]+): (?P<says>.*)", told, re.DOTALL)
    if match is None:
        return told
    rule, *fields = match["place"].split(".")
    said = ["", *(str(int(one) + 1) if one.isdecimal() else one for one in fields)]
    return f"{path}, rule {rule}{', ' if fields else ''}{' '.join(said).strip()}: {match['says']}"
