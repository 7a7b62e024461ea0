"""The five customers whom the demo and its tests call by name: exactly these orders, charges and refunds."""

from datetime import date, timedelta

from missiondesk_demo.systems.seed.records import Note, Order, Past, Payment, Person, Refund, Subscription

NAMED_ORDERS = frozenset({"4380", "4471", "4502", "4533", "4544", "4555", "4556"})

MIRA = Person(
    number=1,
    name="Mira Holm",
    email="mira.holm@example.com",
    phone="+45 55 01 10 01",
    postal_address="Birkevej 12, 8000 Aarhus C",
    language="en",
    since="2023-03-02",
    currency="EUR",
)
JONAS = Person(
    number=2,
    name="Jonas Weber",
    email="jonas.weber@example.com",
    phone="+49 555 01 1002",
    postal_address="Lindenallee 7, 50667 Köln",
    language="de",
    since="2024-01-19",
    currency="EUR",
)
PRIYA = Person(
    number=3,
    name="Priya Nair",
    email="priya.nair@example.com",
    phone="+353 1 555 0103",
    postal_address="4 Orchard Close, Dublin D02 X285",
    language="en",
    since="2022-08-30",
    currency="EUR",
)
TOMAS = Person(
    number=4,
    name="Tomás Vidal",
    email="tomas.vidal@example.com",
    phone="+34 555 01 10 04",
    postal_address="Calle del Olmo 3, 28012 Madrid",
    language="es",
    since="2021-11-05",
    currency="EUR",
)
AIKO = Person(
    number=5,
    name="Aiko Mori",
    email="aiko.mori@example.com",
    phone="+31 6 555 01005",
    postal_address="Kerkstraat 88, 3511 AB Utrecht",
    language="en",
    since="2025-05-21",
    currency="EUR",
)


def named_past() -> Past:
    """Their part of the past."""
    past = Past(people=[MIRA, JONAS, PRIYA, TOMAS, AIKO])

    old = _delivered(past, MIRA, "4380", "2026-10-02T18:40:11Z", "2026-10-06", ("CER-240", "Stoneware mug", 2, 1250))
    _paid(past, old, "pay_7611", 2500, "2026-10-02T18:41:02Z", "4242")

    cover = _delivered(
        past, MIRA, "4471", "2026-11-14T09:11:30Z", "2026-11-18", ("LIN-100", "Linen duvet cover", 1, 4990)
    )
    _paid(past, cover, "pay_7701", 4990, "2026-11-14T09:12:04Z", "4242")
    _paid(past, cover, "pay_7702", 4990, "2026-11-14T09:12:41Z", "4242")

    bowls = _delivered(
        past, JONAS, "4502", "2026-11-15T10:02:13Z", "2026-11-19", ("CER-280", "Stoneware bowls, set of four", 1, 6450)
    )
    _paid(past, bowls, "pay_7711", 6450, "2026-11-15T10:02:58Z", "1881", status="failed")
    _paid(past, bowls, "pay_7712", 6450, "2026-11-15T10:04:20Z", "1881")

    pillow = _delivered(past, PRIYA, "4533", "2026-11-16T20:30:00Z", "2026-11-19", ("BED-120", "Down pillow", 1, 3900))
    _paid(past, pillow, "pay_7721", 3900, "2026-11-16T20:30:44Z", "5100")
    again = _paid(past, pillow, "pay_7722", 3900, "2026-11-16T20:31:20Z", "5100")
    reference = "northwind-care-20261117-4533"
    past.refunds.append(
        Refund("re_9903", again, 3900, "Charged twice for order 4533", reference, "2026-11-17T09:05:33Z")
    )

    sideboard = _delivered(
        past, TOMAS, "4544", "2026-11-17T07:48:51Z", "2026-11-20", ("FUR-900", "Oak sideboard", 1, 64000)
    )
    _paid(past, sideboard, "pay_7731", 64000, "2026-11-17T07:49:30Z", "3005")
    _paid(past, sideboard, "pay_7732", 64000, "2026-11-17T07:50:02Z", "3005")
    past.subscriptions.append(Subscription("sub_3001", TOMAS, "monthly", "2026-02-01", None))

    throw = _shipped(past, AIKO, "4555", "2026-11-18T12:15:00Z", ("WOO-130", "Alpaca throw", 1, 9900))
    _paid(past, throw, "pay_7741", 6000, "2026-11-18T12:15:40Z", "7713")
    _paid(past, throw, "pay_7742", 3900, "2026-11-18T12:16:31Z", "9027")
    trivet = _shipped(past, AIKO, "4556", "2026-11-18T12:25:00Z", ("KIT-370", "Cast-iron trivet", 1, 2900))
    for payment_id, second in (("pay_7743", 20), ("pay_7744", 38), ("pay_7745", 55)):
        _paid(past, trivet, payment_id, 2900, f"2026-11-18T12:25:{second}Z", "7713")

    past.notes.append(Note(MIRA, "Prefers e-mail.", "2025-04-11T08:30:00Z"))
    return past


def _delivered(
    past: Past, person: Person, order_id: str, placed_at: str, delivered_on: str, item: tuple[str, str, int, int]
) -> Order:
    window = date.fromisoformat(delivered_on) + timedelta(days=30)
    order = Order(
        order_id,
        person,
        placed_at,
        "delivered",
        (item,),
        shipped_at=f"{date.fromisoformat(delivered_on) - timedelta(days=2)}T15:00:00Z",
        delivered_at=f"{delivered_on}T11:20:00Z",
        return_window_ends=window.isoformat(),
    )
    past.orders.append(order)
    return order


def _shipped(past: Past, person: Person, order_id: str, placed_at: str, item: tuple[str, str, int, int]) -> Order:
    order = Order(order_id, person, placed_at, "shipped", (item,), shipped_at="2026-11-19T15:00:00Z")
    past.orders.append(order)
    return order


def _paid(
    past: Past, order: Order, payment_id: str, minor: int, at: str, card: str, *, status: str = "captured"
) -> Payment:
    payment = Payment(payment_id, order, minor, status, at, card)
    past.payments.append(payment)
    return payment
