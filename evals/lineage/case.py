"""One labelled proposal: what was seen before it, what it asks for, and where each of its values really came from."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from missiondesk.decisions import Derived, Origin, origins_of
from missiondesk.ids import MissionId
from missiondesk.kit.canonical import canonical
from missiondesk.trace import Observation

_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """`labels` are written by hand, in the template: `bound`, `rule`, `customer`, `model`, `record 3 $.path`.

    `made 3 4` is a record, too: derived from observations 3 and 4.
    """

    seen: Sequence[Observation]
    arguments: Mapping[str, Any]
    labels: Mapping[str, str]
    derived: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def found(self) -> dict[str, str]:
        """The same labels as our code gives them."""
        origins = origins_of(
            self.arguments,
            bound=["customer_id"],
            seen=self.seen,
            constants={"reason": "duplicate charge"},
            brief="duplicate-charge@1",
            derived={name: Derived.model_validate(said) for name, said in self.derived.items()},
        )
        return {name: _label(origin) for name, origin in origins.items()}


def _label(origin: Origin) -> str:
    if origin.made is not None:
        return " ".join(["made", *map(str, sorted(origin.observations))])
    return f"record {origin.observation} {origin.path}" if origin.kind == "record" else origin.kind


@dataclass(frozen=True)
class Told:
    """Values of one variant, no two the same by accident."""

    order: str
    kept: str
    extra: str
    cents: int
    less: int

    @classmethod
    def variant(cls, number: int) -> "Told":
        chance = random.Random(number)
        cents = chance.randrange(2_001, 98_999)
        order, kept, extra = chance.sample(range(1_000, 99_999), 3)
        return cls(str(order), f"pay_{kept}", f"pay_{extra}", cents, chance.randrange(501, 1_900))

    @property
    def said(self) -> Observation:
        return said(1, f"Hello, order #{self.order} was charged twice, please give me one back.")

    def payments(self, n: int = 2, *, first: int | None = None) -> Observation:
        """A read of two charges of the order."""
        charges = [
            {"payment_id": self.kept, "amount": euro(self.cents if first is None else first), "captured": True},
            {"payment_id": self.extra, "amount": euro(self.cents), "captured": True},
        ]
        return seen(n, {"customer_id": "customer-1", "payments": charges}, order_id=self.order)


def euro(cents: int, currency: str = "EUR") -> dict[str, Any]:
    return {"minor": cents, "currency": currency}


def seen(n: int, value: Any, *, answer: str = "ok", **arguments: Any) -> Observation:
    told = {"tool": "billing.read", "title": "Payments", "source": "Billing", "arguments": arguments}
    return _observation(n, "seen", {**told, "answer": answer, "value": value})


def said(n: int, text: str) -> Observation:
    return _observation(n, "received", {"text": text})


def replied(n: int, text: str) -> Observation:
    """Words of ours to the customer."""
    return _observation(n, "asked", {"question": text})


def _observation(n: int, kind: Any, told: dict[str, Any]) -> Observation:
    return Observation(MissionId("mission-1"), n, kind, _AT, None, canonical(told).decode(), "", "")
