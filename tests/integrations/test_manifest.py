"""What a connection's file and its review may say, and what follows from doubt: nothing is offered."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from missiondesk.cli.demo import company_folder
from missiondesk.integrations import read_connections
from missiondesk.integrations.manifest import Tool
from missiondesk.kit.errors import Misconfigured
from tests.promises import promise


@pytest.fixture
def company(tmp_path: Path) -> Path:
    return Path(shutil.copytree(company_folder(), tmp_path / "company"))


def change_review(company: Path, tool: str, **fields: Any) -> None:
    path = company / "connections" / "billing.reviewed.json"
    review = json.loads(path.read_text())
    review["tools"][tool].update(fields)
    path.write_text(json.dumps(review))


@promise("gate.unreviewed-is-not-there")
def test_a_tool_without_a_review_does_not_exist(company: Path) -> None:
    (company / "connections" / "billing.reviewed.json").unlink()
    known = read_connections(company).known
    assert "billing.list_payments" not in known
    assert "shop.get_order" in known


@pytest.mark.parametrize("hint", [{"readOnlyHint": False}, {"destructiveHint": True}, {"openWorldHint": True}])
def test_a_servers_hint_can_take_a_free_read_away(company: Path, hint: dict[str, bool]) -> None:
    change_review(company, "get_payment", annotations={"readOnlyHint": True, **hint})
    assert "billing.get_payment" not in read_connections(company).known


def test_a_servers_hint_never_makes_a_write_a_read(company: Path) -> None:
    change_review(company, "refund_payment", annotations={"readOnlyHint": True})
    known = read_connections(company).known["billing.refund_payment"]
    assert known.tool.effect == "write"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('effect = "read"', 'effect = "raed"', "tool.list_payments.effect"),
        ('owner = ["$.customer_id", "$.payments[*].customer_id"]\n', "", "a read without owner"),
        ('effect_class = "keyed"\n', "", "a write needs effect_class and card"),
        ('key = { argument = "idempotency_key", meta = true, hours = 24 }\n', "", "says how its key travels"),
        ('title = "Billing"', 'titel = "Billing"', "title"),
        ('[http]\nurl = "$NORTHWIND_BILLING_URL"\nallow_private = ["127.0.0.1"]\n', "", "either [http] or [stdio]"),
        ('id = "billing"', "id = billing", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_field(company: Path, before: str, after: str, says: str) -> None:
    path = company / "connections" / "billing.toml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    with pytest.raises(Misconfigured) as wrong:
        read_connections(company)
    assert "billing.toml" in str(wrong.value)
    assert says in str(wrong.value)


PAY: dict[str, Any] = {"effect": "write", "card": "Pay", "find": {"tool": "bank.list", "args": {}, "there": "$.id"}}


@pytest.mark.parametrize(
    ("effect_class", "key", "wrong"),
    [
        ("keyed", None, "says how its key travels"),
        ("neither", {"meta": True}, "no use for a key"),
        ("keyed", {"argument": "reference"}, None),
        ("queryable", {"argument": "reference"}, None),
        ("queryable", None, None),
    ],
)
def test_a_key_is_for_what_can_be_found_by_it(effect_class: str, key: Any, wrong: str | None) -> None:
    said = {**PAY, "effect_class": effect_class, **({"key": key} if key else {})}
    if wrong is None:
        assert Tool.model_validate(said).effect_class == effect_class
    else:
        with pytest.raises(ValidationError, match=wrong):
            Tool.model_validate(said)
