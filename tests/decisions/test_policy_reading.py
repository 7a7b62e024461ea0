"""A policy is typed by people: what is wrong with it is one sentence with file, rule and place."""

from pathlib import Path

import pytest

from missiondesk.decisions import DecidingRole, Policy, findings, policy_in
from missiondesk.kit.errors import Misconfigured

WRITTEN = """
zone = "Europe/Berlin"
[rule.refund]
action = "billing.refund"
says = "A refund needs one agent."
approve = { count = 1, role = "agent" }
[rule.large]
action = ["billing.refund"]
when = ["args.amount > 500.00 EUR", "lineage.args.amount not in [record, person]"]
approve = { count = 2, role = "supervisor", delay = "10m", exclude = ["last_editor"] }
[rule.good]
action = "billing.refund"
when = ["args.amount <= 5.00 EUR", "case.age < 3d", "history.30d.count of billing.refund < 2"]
auto = { reserve = ["goodwill/day 100.00 EUR", "goodwill/customer/30d 10.00 EUR"] }
"""
WRONG = [
    ("500.00 EUR", "500.0 EUR", "rule large, when 1: 500.0 EUR is no exact amount"),
    ("500.00 EUR", "500.00 JPY", "rule large, when 1: 500.00 JPY is no exact amount"),
    ("500.00 EUR", "€500", "rule large, when 1: €500 cannot be read as a value"),
    ("args.amount > 500.00 EUR", "args.amount", "rule large, when 1: 'args.amount' cannot be read. A condition is"),
    ("args.amount > ", "args.amount >> ", "rule large, when 1: > 500.00 EUR cannot be read as a value"),
    ("> 500.00 EUR", "> much", "rule large, when 1: a text has no order"),
    ("case.age < 3d", "case.age < 3", "rule good, when 2: case.age is a time such as 30m, 12h or 3d, and cannot be"),
    ("case.age", "casse.age", "rule good, when 2: there is no fact 'casse.age'. There is args.NAME, "),
    ("history.30d.count", "history.count", "rule good, when 3: there is no fact 'history.count'"),
    ("case.age <", "case.age of billing.refund <", "rule good, when 2: only a history can be `of` another tool"),
    ("[record, person]", "[record, persn]", "rule large, when 2: lineage.args.amount is never persn: it is one of"),
    ("[record, person]", "record", "rule large, when 2: record is no list"),
    ("[record, person]", "[]", "rule large, when 2: the list is empty"),
    ("[record, person]", "[record, 1]", "rule large, when 2: a list holds one kind of thing"),
    ('"case.age < 3d"', "3", "rule good, when 2: a condition is a text"),
    ('"case.age < 3d"', '"args.tip < 3.00 USD"', "rule good: it mixes EUR and USD. Write one rule for each currency."),
    ("customer/30d 10.00 EUR", "day 10.00 USD", "rule good: it mixes EUR and USD"),
    ("customer/30d 10.00 EUR", "day 10.00 EUR", "rule good: the pool goodwill/day EUR has another cap"),
    ("goodwill/day 100.00", "goodwill/day -1.00", "rule good, auto reserve 1: the cap -1.00 EUR is below zero"),
    ("goodwill/day 100.00", "goodwill 100.00", "rule good, auto reserve 1: 'goodwill 100.00 EUR' cannot be read"),
    ("customer/30d", "customer/400d", "rule good, auto reserve 2: 400d is no time for a pool"),
    ('"goodwill/day 100.00 EUR", "goodwill/customer/30d 10.00 EUR"', "", "rule good, auto reserve: "),
    ('delay = "10m"', 'delay = "2d"', "rule large, approve delay: must be 12h or less"),
    ('delay = "10m"', "delay = 10", "rule large, approve delay: 10 is no time: write it as 10m, 2h or 1d."),
    ('delay = "10m"', 'step_up = "passkey"', "rule large, approve step_up: must be 'password'."),
    ("last_editor", "ghost", "rule large, approve exclude 1: must be 'last_editor', 'requester' or 'case_owner'."),
    ("count = 2", "count = 9", "rule large, approve count: should be less than or equal to 5."),
    ("count = 1, role", "count = 1, rle", "rule refund, approve rle: there is no such field here"),
    ('"billing.refund"]', '"refund"]', "rule large: `action` is a connection and a tool in it"),
    ('says = "A refund needs one agent."', 'deny = "No."', "rule refund: a rule says one thing"),
    ("approve = { count = 1", "deny = true # ", "rule refund, deny: must be text."),
    ("Europe/Berlin", "Europe/Bärlin", "zone: there is no zone 'Europe/Bärlin' here"),
]


@pytest.mark.parametrize(("before", "after", "sentence"), WRONG)
def test_what_cannot_be_read_says_where_and_why(before: str, after: str, sentence: str, tmp_path: Path) -> None:
    assert before in WRITTEN
    file = tmp_path / "policy.toml"
    file.write_text(WRITTEN.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Misconfigured) as wrong:
        policy_in(file)
    told = str(wrong.value).removeprefix(str(file)).lstrip(",: ")
    assert told.startswith(sentence)
    assert "\n" not in told


def test_a_policy_that_says_the_same_has_the_same_version(tmp_path: Path) -> None:
    versions: list[str] = []
    for number, text in enumerate((WRITTEN, f"# about refunds\n{WRITTEN}", WRITTEN.replace("500.00", "500.01"))):
        (tmp_path / str(number)).mkdir()
        file = tmp_path / str(number) / "policy.toml"
        file.write_text(text, encoding="utf-8")
        versions.append(policy_in(file).version)
    assert versions[0] == versions[1] != versions[2]


def test_a_rule_that_excludes_all_who_could_approve_is_found() -> None:
    rule = {"action": "billing.refund", "approve": {"count": 2, "exclude": ["requester"]}}
    policy = Policy.model_validate({"rule": {"large": rule}})
    told = {
        people: [(one.weight, one.sentence) for one in findings(policy, {"billing.refund": None}, _there(people))]
        for people in (1, 2, 3)
    }
    assert told[1] == [("wrong", "It needs 2 people, and only 1 may decide: nobody could approve.")]
    assert told[2] == [
        ("note", "It excludes requester, and only 2 may decide: where that is one of them, nobody could approve.")
    ]
    assert told[3] == []


def _there(people: int) -> dict[DecidingRole, int]:
    return {"agent": people, "supervisor": people}
