"""Exact money, and values in words."""

import json
import re
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

    @classmethod
    def read(cls, number: str, currency: str) -> "Money | None":
        """`500.00` or `500`, and `EUR`; `None` for what is not exact in that currency."""
        places = 0 if currency in _NO_MINOR else 2
        match = re.fullmatch(rf"(-?)(\d{{1,15}})(?:\.(\d{{{places}}}))?", number) if places else None
        match = match or re.fullmatch(r"(-?)(\d{1,15})()", number)
        if match is None or re.fullmatch("[A-Z]{3}", currency) is None:
            return None
        minor = int(match[2] + (match[3] or "0" * places))
        return cls(-minor if match[1] else minor, currency)

    def json(self) -> dict[str, Any]:
        return {"minor": self.minor, "currency": self.currency}

    def __str__(self) -> str:
        whole, part = divmod(abs(self.minor), 100)
        number = f"{abs(self.minor):,}" if self.currency in _NO_MINOR else f"{whole:,}.{part:02d}"
        sign = _SIGNS.get(self.currency)
        return f"{'-' if self.minor < 0 else ''}{sign}{number}" if sign else f"{number} {self.currency}"


def shown(value: Any) -> str:
    """A JSON value for people: money as money, text as it is, `null` as nothing, the rest as JSON."""
    if value is None:
        return "nothing"
    money = Money.of(value)
    return str(money) if money else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
