"""What a good model does with Mira's charges, in parts that the tests put together."""

from typing import Any

from missiondesk.workers import Past, Receipt
from tests.support.scripted_model import Asked, Play, Reply, calls, for_approval, verdict
from tests.workers.conftest import Mission

LIST = ("billing_list_payments", {"order_id": "4471"})
SEARCH = ("search_knowledge", {"question": "charged twice"})
SORRY = "We refunded the second charge of 49.90 EUR. We are sorry."
WHY = "Two charges, one order."
EUR_49_90 = {"minor": 4990, "currency": "EUR"}

LOOK = calls(LIST, SEARCH, thinking="Let me look at both.", text="I look.")


def refund_call(asked: Asked, payment: str | None = None, *, message: str = SORRY) -> tuple[str, dict[str, Any]]:
    """The refund of the later of the charges that were read."""
    seen = asked.result("billing_list_payments")
    later = max(seen["result"]["payments"], key=lambda one: one["captured_at"])
    evidence = [seen["observation"]]
    if asked.has("search_knowledge"):
        evidence.append(asked.result("search_knowledge")["observation"])
    own = {"payment_id": payment or later["payment_id"], "amount": later["amount"]}
    return "billing_refund_payment", {**own, **for_approval(WHY, sorted(evidence), message)}


def refund_later(asked: Asked) -> Reply:
    return calls(refund_call(asked))


def explained(summary: str = "One charge only", message: str = "You were charged once.") -> Play:
    """Concludes on all that was read, which is numbered as it came: reads of one step run side by side."""
    return lambda asked: verdict("explained", summary, message, sorted(asked.observations))


EXPLAINED = explained()
FLAGSHIP = [LOOK, refund_later]


DONE = Receipt("billing.refund_payment", "Refund €49.90 of pay_7702", "done", "re_1", None, True)


def after(receipt: Receipt = DONE) -> Past:
    """Approved by Ana, with this end."""
    return Past("approved", "Ana", None, (receipt,))


async def kinds(mission: Mission) -> list[str]:
    return [one.kind for one in await mission.trace()]
