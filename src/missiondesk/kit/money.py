"""Exact money."""

from dataclasses import dataclass
from typing import Any

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
_NO_MINOR = frozenset({"JPY", "KRW", "ISK"})


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units (cents; for JPY, KRW and ISK the unit itself) of an ISO 4217 `currency`."""

    minor: int
    currency: str

    @classmethod
    def of(cls, value: Any) -> "Money | None":
        """Read `{"minor": 4990, "currency": "EUR"}`; `None` for anything else."""
        match value:
            case {"minor": int(minor), "currency": str(currency)} if len(value) == 2 and not isinstance(minor, bool):
                return cls(minor, currency)
            case _:
                return None

    def json(self) -> dict[str, Any]:
        return {"minor": self.minor, "currency": self.currency}

    def __str__(self) -> str:
        whole, part = divmod(abs(self.minor), 100)
        number = f"{abs(self.minor):,}" if self.currency in _NO_MINOR else f"{whole:,}.{part:02d}"
        sign = _SIGNS.get(self.currency)
        return f"{'-' if self.minor < 0 else ''}{sign}{number}" if sign else f"{number} {self.currency}"
