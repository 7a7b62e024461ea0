"""The fixed procedure for an order that was charged twice. It follows BRIEF.md step by step."""

import re
from typing import Any

from missiondesk.workers import Ask, Cited, Conclude, Finding, HandOff, Move, Propose, Wanted, Workbench

Payment = dict[str, Any]

# reasons against the proposal as it was made, not against a refund: a fixed procedure has no better one
_TO_MEND = ("The amount", "The message", "The evidence", "Wrong customer")
_STOP = re.compile(r"\b(stop|cancel|wait|never ?mind|no longer|not any ?more|do ?n[o']t|leave it)\b", re.IGNORECASE)


async def next_move(desk: Workbench) -> Move:
    """From the order number to a proposal or an answer; and after a decision, to the end."""
    number = desk.input("order_number")
    if number is None:
        return Ask(desk.brief.head.inputs["order_number"].ask)
    if desk.last and (desk.last.changed_something or desk.last.closed == "rejected"):
        return await _after(desk, number)
    if desk.last and desk.last.closed == "superseded" and _STOP.search(desk.messages[-1].text):
        return HandOff(
            "The customer wrote again while a refund was proposed, and it sounds as if they want it stopped."
        )
    order = await desk.read("shop.get_order", order_id=number)
    if order.missing:
        return _no_such_order(number, order)
    payments = await desk.read("billing.list_payments", order_id=number)
    rules = await desk.consult("order charged twice, refund the later charge")
    return await _judge(desk, number, order, payments, rules)


async def _judge(desk: Workbench, number: str, order: Finding, payments: Finding, rules: list[Cited]) -> Move:
    all_payments: list[Payment] = [] if payments.missing else payments.value["payments"]
    captured = [one for one in all_payments if one["status"] == "captured"]
    refunded = [one for one in all_payments if one["status"] in ("refunded", "partially_refunded")]
    extra = _duplicates(captured, order.value["order"]["total"])
    evidence = (order.observation, payments.observation, *(rule.observation for rule in rules[:1]))
    if extra and rules:
        return await _refund(desk, number, captured, extra, rules[0], evidence)
    if refunded:
        return _refunded_already(number, refunded, evidence)
    if len(captured) > 1:
        shares = " and ".join(_money(one["amount"]) for one in captured)
        message = (
            f"Order {number} was paid in parts, {shares}, which together are its total. "
            "No charge was made twice, so there is nothing to refund."
        )
        return Conclude("explained", "split payment, no duplicate", message, evidence)
    if len(captured) == 1:
        message = (
            f"I checked order {number}: there is one charge of {_money(captured[0]['amount'])}, made on "
            f"{_day(captured[0])}. If your card shows a second one, it is most likely a reservation that "
            "disappears by itself within a few days."
        )
        return Conclude("explained", "only one charge was made, nothing to refund", message, evidence)
    message = f"I checked order {number}: no charge was made for it, so there is nothing to refund."
    return Conclude("explained", "no charge was made, nothing to refund", message, evidence)


async def _refund(
    desk: Workbench, number: str, captured: list[Payment], extra: list[Payment], rule: Cited, evidence: tuple[int, ...]
) -> Move:
    amount = _money(extra[0]["amount"])
    worker = f"procedure {desk.brief.label}"
    await desk.think(
        f"Order {number} has {len(captured)} captured charges of {amount}; all but the first are duplicates.",
        worker=worker,
    )
    actions = tuple(
        Wanted(
            "billing.refund_payment",
            {
                "payment_id": one["payment_id"],
                "amount": one["refundable"],
                "reason": desk.brief.head.constants["reason"],
            },
        )
        for one in extra
    )
    refund = f"a refund of {amount}" if len(extra) == 1 else f"{len(extra)} refunds of {amount} each"
    message = (
        f"I am sorry: order {number} was charged {_times(len(extra) + 1)}. We have made {refund} to the card "
        "you paid with; it can take up to 5 banking days to show. Your order stays as it is."
    )
    first = next(one for one in captured if one not in extra)
    reasons = (
        f"{len(extra) + 1} captured charges of {amount} for order {number}: {first['payment_id']} is kept, "
        f"{', '.join(one['payment_id'] for one in extra)} came later.",
        f"{rule.label}: keep the first charge and refund each later one in full.",
    )
    return Propose(actions, message, reasons, evidence)


async def _after(desk: Workbench, number: str) -> Move:
    """A person has answered, and what was approved was carried out or not."""
    last = desk.last
    assert last is not None
    if last.closed == "rejected":
        if (last.reason or "").startswith(_TO_MEND):
            return HandOff(f"{last.by} rejected the proposal: {last.reason}. It needs a person's hand.")
        message = (
            f"Thank you for your patience. A colleague has looked at order {number} and decided that we cannot refund "
            "this charge. If you see it differently, please ask for a person here, and they will talk it through "
            "with you."
        )
        return Conclude("declined", f"refund declined by {last.by}: {last.reason}", message)
    if not last.done:
        return HandOff("Not everything that was approved was carried out and proved.")
    order = await desk.read("shop.get_order", order_id=number)
    if order.missing:
        return HandOff(f"The refund was made, but order {number} is not in the shop any more.")
    count = {1: "one charge", 2: "two charges"}.get(len(last.receipts), f"{len(last.receipts)} charges")
    return Conclude("resolved", f"duplicate confirmed, {count} refunded", evidence=(order.observation,))


def _no_such_order(number: str, order: Finding) -> Move:
    message = (
        f"I could not find order {number} among your orders. Please check the number in your confirmation e-mail "
        "and write to me again; I will look right away."
    )
    return Conclude("explained", "no such order among the customer's orders", message, (order.observation,))


def _refunded_already(number: str, refunded: list[Payment], evidence: tuple[int, ...]) -> Move:
    amounts = " and ".join(_money(one["refunded"]) for one in refunded)
    message = (
        f"Order {number} was indeed charged more than once, and the extra charge has been refunded already: {amounts}, "
        "to the card you paid with. It can take up to 5 banking days to show."
    )
    return Conclude("explained", "the duplicate was refunded already", message, evidence)


def _duplicates(captured: list[Payment], total: dict[str, Any]) -> list[Payment]:
    """All but the first captured charge of each amount, if more was charged than the order's total.

    `payments` come in the order they were made. Equal shares that make up the total are no duplicates.
    """
    if sum(one["amount"]["minor"] for one in captured) <= total["minor"]:
        return []
    seen: set[tuple[int, str]] = set()
    extra: list[Payment] = []
    for one in captured:
        amount = (one["amount"]["minor"], one["amount"]["currency"])
        if amount in seen:
            extra.append(one)
        seen.add(amount)
    return extra


def _money(amount: dict[str, Any]) -> str:
    sign = {"EUR": "€", "USD": "$", "GBP": "£"}.get(amount["currency"], f"{amount['currency']} ")
    return f"{sign}{amount['minor'] // 100:,}.{amount['minor'] % 100:02d}"


def _day(payment: Payment) -> str:
    return str(payment["captured_at"] or payment["created_at"])[:10]


def _times(count: int) -> str:
    return {2: "twice", 3: "three times"}.get(count, f"{count} times")
