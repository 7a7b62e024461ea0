"""The demo's company where small refunds go by themselves, and what is left of the pools for that."""

from pathlib import Path

from tests.support.company import edit
from tests.support.postgres import Cloned
from tests.support.record import rows

AUTO = """[rule.small]
action = "billing.refund_payment"
when = ["args.amount <= {most}", "lineage.args.amount == record"]
says = "A small refund of an amount from a record goes by itself."
auto = {{ reserve = ["refunds/day {cap}", "refunds/customer/30d 3"] }}

[rule.note]"""


def small_go_by_themselves(company: Path, most: str = "50.00 EUR", cap: str = "100.00 EUR") -> None:
    edit(company / "policy.toml", "[rule.note]", AUTO.format(most=most, cap=cap))


def used(database: Cloned) -> dict[str, int]:
    """What is used of each pool, by the first word of its name and whose it is not."""
    found = rows(database, "select split_part(name, ' of ', 1), sum(used)::int from pools group by 1 order by 1")
    return dict(found)


def standing(database: Cloned) -> set[str]:
    """How the reservations stand."""
    return {state for (state,) in rows(database, "select state from reservations")}
