"""What the systems accept in an argument, and what they mean by money."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Currency = Literal["EUR", "USD", "GBP"]

_MOST = 1_000_000_000_000


class Money(BaseModel):
    """An amount in the currency's smallest unit: `{"minor": 4990, "currency": "EUR"}` is 49.90 EUR."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minor: Annotated[int, Field(strict=True, ge=-_MOST, le=_MOST, description="In the smallest unit, e.g. cents")]
    currency: Annotated[Currency, Field(description="ISO 4217")]


def _readable(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in text):
        raise ValueError("must not contain control characters")
    return text


_Id = StringConstraints(strict=True, min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")

CustomerId = Annotated[str, _Id, Field(description="The customer's id in this system")]
OrderId = Annotated[str, _Id, Field(description="The order's number, e.g. 4471")]
PaymentId = Annotated[str, _Id, Field(description="The payment's id, e.g. pay_7701")]
SubscriptionId = Annotated[str, _Id, Field(description="The subscription's id, e.g. sub_3001")]
Text = Annotated[str, StringConstraints(strict=True, max_length=2000), AfterValidator(_readable)]
Key = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=200, pattern=r"^[!-~]+$"),
    Field(description="Asking again with the same key and the same arguments has no second effect"),
]
Email = Annotated[
    str,
    StringConstraints(
        strict=True,
        max_length=254,
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
    ),
]
