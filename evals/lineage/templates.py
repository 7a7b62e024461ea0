"""The templates. A label says where the value really came from, whatever our code may think of it."""

from collections.abc import Callable
from typing import Any

from evals.lineage.case import Case, Told, euro, replied, said, seen
from missiondesk.kit.money import Money
from missiondesk.kit.text import REDACTED

_PAID = "record 2 $.payments[1].payment_id"


def of(n: int, path: str) -> dict[str, object]:
    return {"observation": n, "path": path}


def copied(t: Told) -> Case:
    arguments = {
        "customer_id": "customer-1",
        "payment_id": t.extra,
        "amount": euro(t.cents),
        "reason": "duplicate charge",
    }
    labels = {"customer_id": "bound", "payment_id": _PAID, "amount": "record 2 $.payments[1].amount", "reason": "rule"}
    return Case([t.said, t.payments()], arguments, labels)


def same_amount_in_two_records(t: Told) -> Case:
    later = seen(3, {"shipping": {"parcel_id": "p-1", "price": euro(t.cents)}})
    arguments = {"payment_id": t.kept, "amount": euro(t.cents)}
    labels = {"payment_id": "record 2 $.payments[0].payment_id", "amount": "record 2 $.payments[0].amount"}
    return Case([t.said, t.payments(), later], arguments, labels)


def off_by_a_cent(t: Told) -> Case:
    return Case(
        [t.said, t.payments()],
        {"payment_id": t.extra, "amount": euro(t.cents + 1)},
        {"payment_id": _PAID, "amount": "model"},
    )


def another_currency(t: Told) -> Case:
    return Case(
        [t.said, t.payments()],
        {"payment_id": t.extra, "amount": euro(t.cents, "USD")},
        {"payment_id": _PAID, "amount": "model"},
    )


def only_repeated_by_the_read(t: Told) -> Case:
    order = seen(2, {"order_id": t.order, "status": "paid"}, order_id=t.order)
    return Case([t.said, order], {"order_id": t.order}, {"order_id": "customer"})


def made_up_and_repeated_by_the_read(t: Told) -> Case:
    search = seen(2, {"request": {"payment_id": t.extra}, "hits": []}, payment_id=t.extra)
    return Case([t.said, search], {"payment_id": t.extra}, {"payment_id": "model"})


def confirmed_by_the_read(t: Told) -> Case:
    order = seen(2, {"order": {"order_id": t.order, "total": euro(t.cents)}}, order_id=t.order)
    return Case([t.said, order], {"order_id": t.order}, {"order_id": "record 2 $.order.order_id"})


def part_of_a_longer_number(t: Told) -> Case:
    words = said(1, f"I have 1.{t.order} points and 7,{t.order} miles, my contract is {t.order}-B.")
    return Case([words], {"points": int(t.order)}, {"points": "model"})


def digits_inside_an_id(t: Told) -> Case:
    number = int(t.extra.removeprefix("pay_"))
    words = said(3, f"It is {t.extra}.")
    return Case([t.said, t.payments(), words], {"number": number}, {"number": "model"})


def id_in_a_sentence_of_a_record(t: Told) -> Case:
    note = seen(2, {"order": {"number": t.order, "gift_card": f"For Eve: refund {t.extra} please"}})
    return Case([t.said, note], {"payment_id": t.extra}, {"payment_id": "model"})


def id_alone_in_a_field_for_words(t: Told) -> Case:
    order = seen(2, {"order": {"number": t.order, "customer_note": t.extra, "total": euro(t.cents)}})
    arguments = {"payment_id": t.extra, "amount": euro(t.cents)}
    return Case([t.said, order], arguments, {"payment_id": "model", "amount": "record 2 $.order.total"})


def words_of_another_customer(t: Told) -> Case:
    reviews = seen(2, {"reviews": [{"by": "Eve", "text": f"They owe me €{t.cents / 100:.2f} for {t.extra}"}]})
    arguments = {"payment_id": t.extra, "amount": euro(t.cents)}
    return Case([t.said, reviews], arguments, {"payment_id": "model", "amount": "model"})


def words_of_ours(t: Told) -> Case:
    return Case([t.said, replied(2, f"Is it {t.extra}?")], {"payment_id": t.extra}, {"payment_id": "model"})


def words_of_the_customer(t: Told) -> Case:
    words = said(1, f"It was payment {t.extra}, and I would like {Money(t.cents, 'EUR')} of it back.")
    arguments = {"payment_id": t.extra, "amount": euro(t.cents)}
    return Case([words], arguments, {"payment_id": "customer", "amount": "customer"})


def currency_the_customer_did_not_say(t: Told) -> Case:
    words = said(1, f"I want {t.cents // 100} back, or {t.cents / 100:.2f} USD.")
    return Case([words], {"amount": euro(t.cents)}, {"amount": "model"})


def sum_of_two(t: Told) -> Case:
    made = {"op": "sum", "of": [of(2, "payments.0.amount"), of(2, "$.payments[1].amount")]}
    arguments = {"amount": euro(t.less + t.cents)}
    return Case([t.said, t.payments(first=t.less)], arguments, {"amount": "made 2"}, {"amount": made})


def less_what_was_paid_back(t: Told) -> Case:
    refund = seen(3, {"refunds": [{"payment_id": t.extra, "amount": euro(t.less)}]})
    made = {"op": "difference", "of": [of(2, "payments[1].amount"), of(3, "refunds[0].amount")]}
    arguments = {"payment_id": t.extra, "amount": euro(t.cents - t.less)}
    labels = {"payment_id": "record 3 $.refunds[0].payment_id", "amount": "made 2 3"}
    return Case([t.said, t.payments(), refund], arguments, labels, {"amount": made})


def smaller_of_two(t: Told) -> Case:
    limit = seen(3, {"goodwill": {"left": euro(t.less)}})
    made = {"op": "min", "of": [of(2, "payments[1].amount"), of(3, "goodwill.left")]}
    arguments = {"amount": euro(t.less)}
    return Case([t.said, t.payments(), limit], arguments, {"amount": "made 2 3"}, {"amount": made})


def derived_and_off_by_a_cent(t: Told) -> Case:
    made = {"op": "sum", "of": [of(2, "payments[0].amount"), of(2, "payments[1].amount")]}
    arguments = {"amount": euro(t.less + t.cents + 1)}
    return Case([t.said, t.payments(first=t.less)], arguments, {"amount": "model"}, {"amount": made})


def derived_across_currencies(t: Told) -> Case:
    fee = seen(3, {"fee": euro(t.less, "USD")})
    made = {"op": "difference", "of": [of(2, "payments[1].amount"), of(3, "fee")]}
    arguments = {"amount": euro(t.cents - t.less)}
    return Case([t.said, t.payments(), fee], arguments, {"amount": "model"}, {"amount": made})


def derived_by_counting_one_field_twice(t: Told) -> Case:
    made = {"op": "sum", "of": [of(2, "payments[1].amount"), of(2, "$.payments[1].amount")]}
    arguments = {"amount": euro(2 * t.cents)}
    return Case([t.said, t.payments(first=t.less)], arguments, {"amount": "model"}, {"amount": made})


def derived_from_what_was_not_seen(t: Told) -> Case:
    gone = seen(3, {"fee": euro(t.less)}, answer="missing")
    made = {"op": "difference", "of": [of(2, "payments[1].amount"), of(3, "fee")]}
    arguments = {"amount": euro(t.cents - t.less)}
    return Case([t.said, t.payments(), gone], arguments, {"amount": "model"}, {"amount": made})


def derived_from_what_was_asked_with(t: Told) -> Case:
    quote = seen(3, {"fee": euro(t.less), "ok": True}, fee=euro(t.less))
    made = {"op": "difference", "of": [of(2, "payments[1].amount"), of(3, "fee")]}
    arguments = {"amount": euro(t.cents - t.less)}
    return Case([t.said, t.payments(), quote], arguments, {"amount": "model"}, {"amount": made})


def same_small_number_by_accident(t: Told) -> Case:
    order = seen(2, {"order": {"number": t.order, "floor": 3, "weight": 1.5, "gift": True, "lines": [], "quantity": 2}})
    arguments: dict[str, Any] = {"quantity": 2, "pieces": 3, "discount": 1.5, "force": True, "tags": []}
    labels = {"quantity": "record 2 $.order.quantity", "pieces": "model", "discount": "model"}
    return Case([t.said, order], arguments, {**labels, "force": "model", "tags": "model"})


def hidden_and_set_by_the_brief(t: Told) -> Case:
    order = seen(2, {"order": {"number": t.order, "iban": REDACTED, "reason": "duplicate charge"}})
    return Case([t.said, order], {"iban": REDACTED, "reason": "duplicate charge"}, {"iban": "model", "reason": "rule"})


TEMPLATES: tuple[Callable[[Told], Case], ...] = (
    copied,
    same_amount_in_two_records,
    off_by_a_cent,
    another_currency,
    only_repeated_by_the_read,
    made_up_and_repeated_by_the_read,
    confirmed_by_the_read,
    part_of_a_longer_number,
    digits_inside_an_id,
    id_in_a_sentence_of_a_record,
    id_alone_in_a_field_for_words,
    words_of_another_customer,
    words_of_ours,
    words_of_the_customer,
    currency_the_customer_did_not_say,
    sum_of_two,
    less_what_was_paid_back,
    smaller_of_two,
    derived_and_off_by_a_cent,
    derived_across_currencies,
    derived_by_counting_one_field_twice,
    derived_from_what_was_not_seen,
    derived_from_what_was_asked_with,
    same_small_number_by_accident,
    hidden_and_set_by_the_brief,
)
