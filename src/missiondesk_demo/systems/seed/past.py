"""Some 300 customers and 1,500 orders, drawn from one seeded source of chance; no clock is read."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from missiondesk_demo.systems.seed.fates import Drawn, draw_order, stamp
from missiondesk_demo.systems.seed.named import NAMED_ORDERS, named_past
from missiondesk_demo.systems.seed.records import Note, Past, Person, Subscription
from missiondesk_demo.systems.seed.words import GOODS, NOTES, PLACES, Place

_SEED = 20261120
_CUSTOMERS = 300
_ORDERS = 1500

# Order numbers rise with time; the named orders (see `named`) stand among the others on their days.
_CALENDAR = (
    (3074, datetime(2025, 10, 1, 8, tzinfo=UTC)),
    (4380, datetime(2026, 10, 2, 18, 40, tzinfo=UTC)),
    (4471, datetime(2026, 11, 14, 9, 11, tzinfo=UTC)),
    (4502, datetime(2026, 11, 15, 10, 2, tzinfo=UTC)),
    (4533, datetime(2026, 11, 16, 20, 30, tzinfo=UTC)),
    (4544, datetime(2026, 11, 17, 7, 48, tzinfo=UTC)),
    (4555, datetime(2026, 11, 18, 12, 15, tzinfo=UTC)),
    (4556, datetime(2026, 11, 18, 12, 25, tzinfo=UTC)),
    (4573, datetime(2026, 11, 20, 16, 0, tzinfo=UTC)),
)

_FOLDED = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ı": "i", "ß": "ss", "đ": "d", "'": ""})


def past() -> Past:
    """The whole past: the named customers, and all the others."""
    chance = Random(_SEED)
    all_of_it = named_past()
    others = list(_people(chance, all_of_it.people))
    all_of_it.people.extend(others)
    _order(chance, all_of_it, others)
    _subscribe(chance, all_of_it, others)
    _write_notes(chance, all_of_it, others)
    return all_of_it


def _people(chance: Random, known: list[Person]) -> Iterator[Person]:
    emails = {person.email for person in known}
    names = [(place, first, last) for place in PLACES for first in place.first for last in place.last]
    people = chance.sample(names, _CUSTOMERS - len(known))
    for number, (place, first, last) in enumerate(people, len(known) + 1):
        email = f"{_folded(first)}.{_folded(last)}@example.{chance.choice(('com', 'org', 'net'))}"
        if email in emails:
            email = email.replace("@", f"{number}@")
        emails.add(email)
        yield Person(
            number=number,
            name=f"{first} {last}",
            email=email,
            phone=f"{place.dialling}{number % 100:02d}",
            postal_address=_address(chance, place),
            language=place.language,
            since=(datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(1700))).date().isoformat(),
            currency=place.currency,
        )


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_FOLDED)).encode("ascii", "ignore")
    return plain.decode().lower()


def _address(chance: Random, place: Place) -> str:
    return f"{chance.choice(place.streets)} {chance.randint(1, 140)}, {chance.choice(place.towns)}"


def _order(chance: Random, past: Past, people: list[Person]) -> None:
    drawn = Drawn(past)
    for order_id in range(_CALENDAR[0][0], _CALENDAR[0][0] + _ORDERS):
        if str(order_id) not in NAMED_ORDERS:
            items = tuple((*ware[:2], chance.choice((1, 1, 1, 2, 3)), ware[2]) for ware in _basket(chance))
            draw_order(chance, drawn, str(order_id), chance.choice(people), _placed_at(chance, order_id), items)


def _basket(chance: Random) -> list[tuple[str, str, int]]:
    return chance.sample(GOODS, chance.choice((1, 1, 1, 2, 2, 3)))


def _placed_at(chance: Random, order_id: int) -> datetime:
    for (low, earlier), (high, later) in zip(_CALENDAR, _CALENDAR[1:], strict=False):
        if order_id <= high:
            step = (later - earlier) / (high - low)
            return (earlier + step * (order_id - low + chance.uniform(-0.4, 0.4))).replace(microsecond=0)
    raise ValueError(f"order {order_id} is after the last day")


def _subscribe(chance: Random, past: Past, people: list[Person]) -> None:
    plans = ("monthly", "monthly", "monthly", "biweekly", "biweekly", "paused", "cancelled")
    subscribers = sorted(chance.sample(people, 80), key=lambda person: person.number)
    for number, person in enumerate(subscribers, 3002):
        plan = chance.choice(plans)
        started = datetime(2025, 1, 6, tzinfo=UTC) + timedelta(days=chance.randrange(600))
        changed = stamp(started + timedelta(days=chance.randrange(20, 60))) if plan in ("paused", "cancelled") else None
        past.subscriptions.append(
            Subscription(f"sub_{number}", person, plan, started_at=started.date().isoformat(), changed_at=changed)
        )


def _write_notes(chance: Random, past: Past, people: list[Person]) -> None:
    for person in sorted(chance.sample(people, 120), key=lambda person: person.number):
        at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(minutes=chance.randrange(440_000))
        past.notes.append(Note(person, chance.choice(NOTES), stamp(at)))
