"""A model that works on the demo's brief `duplicate-charge` as a good one would: a play for `ScriptedModel`.

It is a function of what it is asked, so it works for any number of missions at once, in any process.
"""

import re
from collections.abc import Sequence
from typing import Any

from tests.support.scripted_model import Answer, Asked, Reply, Result, asks, calls, for_approval, hands_off, verdict

REFUND = "billing_refund_payment"
ORDER, PAYMENTS, POLICY = "shop_get_order", "billing_list_payments", "search_knowledge"
WHICH = "Which order is it about? Please send me the order number: it stands in your confirmation e-mail."
Payment = dict[str, Any]


def duplicate_charge(asked: Asked) -> Answer:
    """One step of the brief, from what the tools have told since the last turn."""
    number = order_number(asked)
    if number is None:
        return asks(WHICH)
    refunds, seen = _since_the_last_end(asked)
    if rejected := next((one for one in refunds if one.state == "rejected"), None):
        return _rejected(number, rejected.value["by"], rejected.value["reason"])
    if any(one.state == "done" for one in refunds):
        return _refunded(refunds, seen, number)
    if any(one.state == "failed" for one in refunds):
        return hands_off("Not everything that was approved was carried out and proved.")
    if (order := _newest(seen, ORDER)) is None:
        return calls((ORDER, {"order_id": number}))
    if order.value["result"] is None:
        return _no_such_order(number, order.value["observation"])
    if (payments := _newest(seen, PAYMENTS)) is None:
        return calls((PAYMENTS, {"order_id": number}))
    if (policy := _newest(seen, POLICY)) is None:
        return calls((POLICY, {"question": "order charged twice, refund the later charge"}))
    return _judge(number, order.value, payments.value, policy.value)


def order_number(asked: Asked) -> str | None:
    """The last one that the customer named; a bare number counts once it was asked for."""
    words = "\n".join(asked.customer)
    pattern = r"\b(\d{4,8})\b" if asked.has("ask_customer") else r"(?:#\s*|\border\D{0,9})(\d{4,8})\b"
    found = re.findall(pattern, words, re.IGNORECASE)
    return found[-1] if found else None


def _since_the_last_end(asked: Asked) -> tuple[list[Result], list[Result]]:
    """What became of the newest proposal, and what was read since a turn last ended."""
    results = asked.results
    ends = [index for index, one in enumerate(results) if one.tool in (REFUND, "ask_customer", "conclude")]
    if not ends:
        return [], results
    first = ends[-1]
    while first in ends:
        first -= 1
    newest = results[first + 1 : ends[-1] + 1]
    return [one for one in newest if one.tool == REFUND], results[ends[-1] + 1 :]


def _newest(results: Sequence[Result], tool: str) -> Result | None:
    return next((one for one in reversed(results) if one.tool == tool), None)


def _judge(number: str, order: Any, payments: Any, policy: Any) -> Reply:
    made: list[Payment] = payments["result"]["payments"]
    captured = [one for one in made if one["status"] == "captured"]
    refunded = [one for one in made if one["status"] in ("refunded", "partially_refunded")]
    evidence = [order["observation"], payments["observation"], policy["observation"]]
    extra = _duplicates(captured, order["result"]["order"]["total"])
    if extra:
        why = for_approval(f"Order {number} was charged {len(captured)} times.", evidence, f"Refunded, for {number}.")
        return calls(*((REFUND, {**_refund(one), **why}) for one in extra))
    if refunded:
        told = "The extra charge has been refunded already."
        return verdict("explained", "the duplicate was refunded already", told, evidence)
    if len(captured) > 1:
        return verdict("explained", "split payment, no duplicate", f"Order {number} was paid in parts.", evidence)
    told = f"I checked order {number}: there is one charge of {_money(captured[0]['amount'])}."
    return verdict("explained", "only one charge was made, nothing to refund", told, evidence)


def _refund(one: Payment) -> dict[str, Any]:
    return {"payment_id": one["payment_id"], "amount": one["refundable"], "reason": "duplicate charge"}


def _duplicates(captured: list[Payment], total: dict[str, Any]) -> list[Payment]:
    if sum(one["amount"]["minor"] for one in captured) <= total["minor"]:
        return []
    return [one for index, one in enumerate(captured) if one["amount"] in [two["amount"] for two in captured[:index]]]


def _rejected(number: str, by: str, reason: str) -> Reply:
    told = f"A colleague has looked at order {number} and decided that we cannot refund this charge."
    return verdict("declined", f"refund declined by {by}: {reason}", told)


def _refunded(refunds: Sequence[Result], seen: Sequence[Result], number: str) -> Reply:
    if any(one.state != "done" for one in refunds):
        return hands_off("Not everything that was approved was carried out and proved.")
    order = _newest(seen, ORDER)
    if order is None:
        return calls((ORDER, {"order_id": number}))
    count = {1: "one charge", 2: "two charges"}[len(refunds)]
    return verdict("resolved", f"duplicate confirmed, {count} refunded", None, [order.value["observation"]])


def _no_such_order(number: str, observation: int) -> Reply:
    told = f"I could not find order {number} among your orders. Please check the number and write to me again."
    return verdict("explained", "no such order among the customer's orders", told, [observation])


def _money(amount: dict[str, Any]) -> str:
    return f"€{amount['minor'] // 100}.{amount['minor'] % 100:02d}"
