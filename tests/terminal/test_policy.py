"""`missiondesk policy`: a supervisor writes rules, and sees what they do before they count."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.demo.northwind import Northwind
from tests.support.afterwards import working
from tests.support.approved import proposed
from tests.support.by_itself import small_go_by_themselves
from tests.support.company import copied, edit
from tests.support.postgres import Cloned
from tests.support.terminal import Terminal
from tests.support.typed import in_this_process
from tests.support.world import Agent, World, until, world_at

REFUND = 'action = "billing.refund_payment"\n'
ONE = "approve = { count = 1 }\n"
CREDITS = """
zone = "Europe/Berlin"

[rule.credit]
action = ["billing.refund_payment", "shop.cancel_order"]
says = "A credit needs one agent."
approve = { count = 1, role = "agent" }

[rule.large]
action = "billing.refund_payment"
when = ["args.amount > 2000.00 EUR"]
approve = { count = 2, role = "supervisor", delay = "10m", exclude = ["last_editor"], hard = true }

[rule.goodwill]
action = "billing.refund_payment"
when = ["args.amount <= 5.00 EUR", "lineage.args.amount == record", "history.30d.count < 3"]
auto = { reserve = ["goodwill/day 100.00 EUR", "goodwill/customer/30d 10.00 EUR", "goodwill/brief/day 500.00 EUR"] }

[rule.unknown-customer]
action = "billing.refund_payment"
when = ["identity < 2", "customer.age < 3d", "time.hour >= 18"]
deny = "Nobody is refunded whom we do not know."
"""

SLIPS = [
    (
        f'[rule.a]\n{REFUND}when = ["args.amount <= 5.00 EUR"]\nauto = {{ reserve = ["x/day 1.00 EUR"] }}\n'
        f'[rule.b]\n{REFUND}when = ["args.amount <= 5.00 EUR"]\ndeny = "No."\n',
        "wrong a: It contradicts b: what goes by itself here is denied there.",
    ),
    (
        f'[rule.a]\n{REFUND}when = ["args.amount > 9.00 EUR"]\n{ONE}[rule.b]\n{REFUND}'
        'when = ["args.amount >= 5.00 EUR"]\ndeny = "No."\n',
        "wrong a: It never decides anything: wherever it holds, b denies.",
    ),
    (
        f"[rule.a]\n{REFUND}{ONE}[rule.b]\n{REFUND}approve = {{ count = 2 }}\n",
        "wrong a: It never decides anything: wherever it holds, b asks for as much or more.",
    ),
    (
        f'[rule.a]\n{REFUND}auto = {{ reserve = ["x/day 1"] }}\n[rule.b]\n{REFUND}approve = {{ hard = true }}\n',
        "wrong a: Nothing ever goes by itself here: wherever it holds, b asks people, and is hard.",
    ),
    (
        f'[rule.a]\n{REFUND}when = ["args.amount > 5.00 EUR", "args.amount < 5.01 EUR"]\n{ONE}',
        "wrong a: args.amount > 5.00 EUR and args.amount < 5.01 EUR can never hold together.",
    ),
    (f'[rule.a]\n{REFUND}when = ["identity > 3"]\n{ONE}', "wrong a: identity > 3 can never hold."),
    (
        f'[rule.a]\n{REFUND}when = ["args.amuont > 5.00 EUR"]\n{ONE}',
        "wrong a: billing.refund_payment has no argument 'amuont'; it has amount, ",
    ),
    (
        f'[rule.a]\naction = "billing.refund"\n{ONE}',
        "wrong a: billing.refund is no reviewed write of a connection, so the rule decides nothing.",
    ),
    (
        f'[rule.a]\n{REFUND}approve = {{ count = 5, role = "supervisor" }}\n',
        "wrong a: It needs 5 people, and only 2 may decide as a supervisor: nobody could approve.",
    ),
    (f'[rule.a]\n{REFUND}auto = {{ reserve = ["x/day 0.00 EUR"] }}\n', "note a: The cap of x/day EUR is 0"),
    (f'[rule.a]\n{REFUND}when = ["args.amount < 5.00 EUR"]\n{ONE}', "note None: Each rule that allows billing.ref"),
]


@pytest.fixture
def company(terminal: Terminal) -> Path:
    """The demo's folder, as the terminal's installation."""
    terminal.company.rmdir()
    return copied(terminal.company.parent)


async def types(terminal: Terminal, *words: str, status: int = 0) -> str:
    printed = await asyncio.to_thread(in_this_process, ("policy", *words), terminal.environ)
    assert printed.status == status, printed.text
    return printed.text


async def checked(terminal: Terminal, text: str, status: int = 1) -> list[str]:
    """`wrong rule: sentence` of each finding."""
    file = terminal.company / "draft.toml"
    file.write_text(text, encoding="utf-8")
    told = json.loads(await types(terminal, "check", str(file), "--json", status=status))
    return [f"{one['weight']} {one['rule']}: {one['sentence']}" for one in told["findings"]]


@pytest.fixture
async def staffed(terminal: Terminal, company: Path, database: Cloned, northwind: Northwind) -> None:
    """Five agents and supervisors, as the demo has them."""
    async with world_at(database, northwind, terminal.company.parent / "home", lanes=(), company=str(company)):
        pass


async def test_the_demos_policy_is_right_and_says_what_no_rule_covers(staffed: None, terminal: Terminal) -> None:
    told = await types(terminal, "check")
    assert "6 rules, nothing wrong." in told
    assert "Note: No rule covers billing.change_subscription, so it is always denied." in told
    assert "Wrong" not in told


async def test_rules_of_a_support_organisation_typed_from_scratch(staffed: None, terminal: Terminal) -> None:
    found = await checked(terminal, CREDITS, status=0)
    [one] = [one for one in found if "No rule covers" not in one]
    assert one.startswith("note ")
    assert "It excludes last_editor, and only 2 may decide as a supervisor" in one


async def test_what_cannot_be_meant_is_wrong_and_what_may_be_a_slip_is_noted(staffed: None, terminal: Terminal) -> None:
    for text, sentence in SLIPS:
        found = await checked(terminal, text, status=1 if sentence.startswith("wrong") else 0)
        assert [one for one in found if one.startswith(sentence)], found


async def test_an_approval_that_nobody_could_give_is_found_where_there_are_no_people(
    terminal: Terminal, company: Path
) -> None:
    assert "and nobody may decide: nobody could approve" in await types(terminal, "check", status=1)


async def test_what_cannot_be_read_is_one_sentence_with_its_place(terminal: Terminal, company: Path) -> None:
    edit(company / "policy.toml", "500.00 EUR", "500,00 EUR")
    for command in (("check",), ("table",), ("replay", str(company / "policy.toml"))):
        told = await types(terminal, *command, status=1)
        assert "policy.toml, rule large-refund, when 1: 500,00 EUR is no exact amount" in told


async def test_the_table_shows_each_threshold_to_the_cent(terminal: Terminal, company: Path) -> None:
    (company / "policy.toml").write_text(CREDITS, encoding="utf-8")
    rows = json.loads(await types(terminal, "table", "--json"))["thresholds"]
    told = {
        (one["rule"], one["when"]): [(it["value"], it["outcome"]) for it in one["outcomes"]]
        for one in rows
        if one["action"] == "billing.refund_payment"
    }
    people = "one agent"
    many = "two different people, each a supervisor at least, not who edited it last, counting 10 minutes later"
    free = "by itself from goodwill/day EUR, goodwill/customer/30d EUR, goodwill/brief/day EUR; then one agent"
    assert told[("large", "args.amount > 2000.00 EUR")] == [
        ("€1,999.99", people),
        ("€2,000.00", people),
        ("€2,000.01", many),
    ]
    assert told[("goodwill", "args.amount <= 5.00 EUR")] == [("€4.99", free), ("€5.00", free), ("€5.01", people)]
    assert told[("goodwill", "history.30d.count < 3")] == [("2", free), ("3", people), ("4", people)]
    assert told[("unknown-customer", "identity < 2")] == [("1", "denied"), ("2", people), ("3", people)]
    assert told[("unknown-customer", "customer.age < 3d")] == [
        ("2d 23h 59m", "denied"),
        ("3d", people),
        ("3d 1m", people),
    ]
    assert told[("unknown-customer", "time.hour >= 18")] == [("17", people), ("18", "denied"), ("19", "denied")]
    assert not [one for one in rows if one["looser"]]
    assert "€2,000.01" in await types(terminal, "table")


async def test_a_table_that_gets_looser_with_more_money_says_so(terminal: Terminal, company: Path) -> None:
    small = f'[rule.a]\n{REFUND}when = ["args.amount <= 5.00 EUR"]\napprove = {{ count = 2 }}\n[rule.b]\n{REFUND}{ONE}'
    (company / "policy.toml").write_text(small, encoding="utf-8")
    assert "rule a: more money asks for less here" in await types(terminal, "table")


async def test_a_replay_says_what_would_have_come_out_otherwise(
    terminal: Terminal, company: Path, database: Cloned, northwind: Northwind
) -> None:
    async with world_at(database, northwind, terminal.company.parent / "home", lanes=(), company=str(company)) as world:
        await _three_refunds(world, await world.agent("ana"))
    same = json.loads(await types(terminal, "replay", str(company / "policy.toml"), "--json"))
    assert (same["proposals"], same["unchanged"], same["flips"]) == (3, 3, {})
    draft = copied(company / "draft") / "policy.toml"
    small_go_by_themselves(draft.parent, "50.00 EUR", "40.00 EUR")
    assert json.loads(await types(terminal, "replay", str(draft), "--json"))["flips"] == {}, "its pool is too small"
    edit(draft, "refunds/day 40.00 EUR", "refunds/day 50.00 EUR")
    edit(draft, "args.amount > 500.00 EUR", "args.amount > 5000.00 EUR")
    told: dict[str, Any] = json.loads(await types(terminal, "replay", str(draft), "--days", "7", "--json"))
    assert told["flips"]["by itself"] == {"count": 1, "money": {"EUR": 4990}, "customers": 1}
    assert [(one["flip"], one["customer"]) for one in told["items"]][0] == ("by itself", "Mira Holm")
    assert sum(one["count"] for one in told["flips"].values()) + told["unchanged"] == 3
    shown = await types(terminal, "replay", str(draft))
    assert "would go by themselves" in shown
    assert "€49.90" in shown


async def _three_refunds(world: World, ana: Agent) -> None:
    await proposed(world, await world.customer("mira"), ana)
    tomas, aiko = await world.customer("tomas"), await world.customer("aiko")
    await tomas.writes("I paid twice for order 4544")
    await aiko.writes("You charged my card three times for order 4556!")
    async with working(world):
        await until(ana.queue, lambda items: [one["kind"] for one in items] == ["proposal"] * 3)
