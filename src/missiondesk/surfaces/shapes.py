"""What several surfaces say alike: money, problems, who is signed in, one observation."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """One body of the API. Unknown fields are an error, so that a misspelt one is not lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MoneyShape(Shape):
    """Exact money: `minor` units (cents) of an ISO 4217 `currency`."""

    minor: int
    currency: str


class Problem(Shape):
    """RFC 9457 problem+json. `nothing_sent` is true where a person could fear that something was."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    message: str
    nothing_sent: bool = True
    current: dict[str, Any] | None = None


class SignIn(Shape):
    """Staff sign in without a portal, customers with the portal they enter by."""

    email: str
    password: str
    portal: str | None = None


class SignedIn(Shape):
    """`token` is for programs (sent as bearer); browsers get a cookie and may forget it."""

    token: str
    kind: Literal["staff", "customer"]
    id: str
    name: str
    role: str | None
    portal: str | None
    expires_at: datetime
