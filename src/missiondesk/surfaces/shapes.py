"""What several surfaces say alike: money, problems, who is signed in, one observation."""

from datetime import datetime
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from missiondesk.kit.json_values import deeper_than, is_list, is_object
from missiondesk.kit.text import storable


def _checked(text: str) -> str:
    if not storable(text):
        raise PydanticCustomError("words", "This holds characters that cannot be stored. Please type it again.")
    return text


Words = Annotated[str, AfterValidator(_checked)]  # every text that comes in: one that the database can keep


def _keepable(values: dict[str, Any]) -> dict[str, Any]:
    left: list[Any] = [values] if not deeper_than(values, 40) else [float("nan")]
    for one in left:
        if is_object(one):
            left += [part for pair in one.items() for part in pair]
        elif is_list(one):
            left += one
        elif (isinstance(one, str) and not storable(one)) or (isinstance(one, float) and not isfinite(one)):
            raise PydanticCustomError("values", "This holds values that cannot be stored.")
    return values


Values = Annotated[dict[str, Any], AfterValidator(_keepable)]  # JSON that comes in: none that cannot be sealed


class Shape(BaseModel):
    """One body of the API. Unknown fields are an error, so that a misspelt one is not lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MoneyShape(Shape):
    """Exact money: `minor` units (cents) of an ISO 4217 `currency`."""

    minor: int
    currency: str


class Problem(Shape):
    """RFC 9457 problem+json. `nothing_sent` is false when nobody knows: a reply can be lost after it was saved."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    message: str
    nothing_sent: bool = True
    current: dict[str, Any] | None = None


class SignIn(Shape):
    """Staff sign in without a portal, customers with the portal they enter by."""

    email: Words
    password: Words
    portal: Words | None = None


class SignedIn(Shape):
    """`token` is for programs (sent as bearer); browsers get a cookie and may forget it."""

    token: str
    kind: Literal["staff", "customer"]
    id: str
    name: str
    role: str | None
    portal: str | None
    expires_at: datetime


class StepUp(Shape):
    """The password of whoever is signed in, given again."""

    password: Words


class SteppedUp(Shape):
    """Until when it is good."""

    until: datetime
