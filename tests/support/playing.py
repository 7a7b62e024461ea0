"""A language model that does well with Mira's two charges: it looks, proposes the refund, and concludes."""

from tests.support.scripted_model import Asked, Reply, ScriptedModel, calls, for_approval, verdict

SORRY = "We made a refund of 49.90 EUR for the second charge. We are sorry."


def good_model() -> ScriptedModel:
    """Enter it: a server on loopback that gives each answer when its time has come."""
    return ScriptedModel(_answer)


def _answer(asked: Asked) -> Reply:
    if not asked.has("billing_list_payments"):
        order = ("shop_get_order", {"order_id": "4471"})
        payments = ("billing_list_payments", {"order_id": "4471"})
        return calls(order, payments, ("search_knowledge", {"question": "charged twice"}))
    if not asked.has("billing_refund_payment"):
        return calls(("billing_refund_payment", _refund(asked)))
    return verdict("resolved", "duplicate confirmed, one charge refunded")


def _refund(asked: Asked) -> dict[str, object]:
    seen = asked.result("billing_list_payments")
    later = max(seen["result"]["payments"], key=lambda one: one["captured_at"])
    evidence = [seen["observation"], asked.result("shop_get_order")["observation"]]
    own = {"payment_id": later["payment_id"], "amount": later["refundable"], "reason": "duplicate charge"}
    return {**own, **for_approval("Two charges, one order.", evidence, SORRY)}
