"""What a proposal may rest on: how old evidence may be, and which records can say where something goes to."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from missiondesk.decisions import Origin, origins_of
from missiondesk.ids import MissionId
from missiondesk.integrations import Connection, Connections, Declared, Definition, Known, Reviewed
from missiondesk.kit.canonical import canonical
from missiondesk.kit.errors import Invalid, Refused
from missiondesk.kit.text import REDACTED
from missiondesk.missions.age import good_until
from missiondesk.missions.destinations import with_destinations
from missiondesk.trace import Observation
from tests.promises import promise

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOOLS: dict[str, dict[str, Any]] = {
    "get_contact": {"effect": "read", "title": "Contact", "owner": ["$.customer_id"], "max_age": "15m"},
    "get_orders": {"effect": "read", "title": "Orders", "owner": ["$.customer_id"]},
    "get_page": {"effect": "read", "title": "Page", "owner": "nobody", "max_age": "1d"},
    "send": {
        "effect": "write",
        "title": "Send",
        "effect_class": "neither",
        "card": "Send",
        "bind": {"customer_id": "$customer"},
        "destinations": ["email", "address"],
    },
}
TAKES = {"type": "object", "properties": {"customer_id": {"type": "string"}, "email": {}, "address": {}, "text": {}}}
HOME = {"street": "Elm Street 1", "city": "Linz"}


def connections() -> Connections:
    http = {"url": "https://crm.example"}
    file = Connection.model_validate({"id": "crm", "title": "CRM", "server": "crm", "http": http, "tool": TOOLS})
    told: dict[str, dict[str, Any]] = {name: Definition({"name": name, "inputSchema": TAKES}).told for name in TOOLS}
    return Connections(Declared({"crm": file}, {"crm": Reviewed(server="crm", tools=told)}), patience=1)


def seen(n: int, tool: str, value: Any, *, age: timedelta = timedelta(), **arguments: Any) -> Observation:
    told = {
        "tool": f"crm.{tool}",
        "title": tool,
        "source": "CRM",
        "arguments": arguments,
        "answer": "ok",
        "value": value,
    }
    return Observation(MissionId("mission-1"), n, "seen", NOW - age, None, canonical(told).decode(), "", "")


def said(n: int, text: str) -> Observation:
    return Observation(MissionId("mission-1"), n, "received", NOW, None, canonical({"text": text}).decode(), "", "")


def consulted(n: int) -> Observation:
    return Observation(MissionId("mission-1"), n, "consulted", NOW - timedelta(days=9), None, "{}", "", "")


def test_the_first_of_the_evidence_to_grow_too_old_says_how_long_an_action_is_good() -> None:
    fresh = seen(1, "get_contact", {}, age=timedelta(minutes=5))
    assert good_until([fresh, seen(2, "get_orders", {}), consulted(3)], connections(), NOW) == NOW + timedelta(
        minutes=10
    )
    day_old = seen(1, "get_page", {}, age=timedelta(hours=20))
    assert good_until([day_old, fresh], connections(), NOW) == NOW + timedelta(minutes=10)
    assert good_until([day_old], connections(), NOW) == NOW + timedelta(hours=4)


def test_without_a_word_in_the_manifest_it_is_good_for_a_day() -> None:
    old = seen(1, "get_orders", {}, age=timedelta(days=9))
    gone = seen(2, "get_gone", {}, age=timedelta(days=9))
    assert good_until([old, gone, consulted(3)], connections(), NOW) == NOW + timedelta(hours=24)
    assert good_until([], connections(), NOW) == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(minutes=15), "15 minutes"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=3, hours=5), "3 days"),
    ],
)
def test_evidence_that_is_too_old_must_be_read_again(age: timedelta, words: str) -> None:
    with pytest.raises(Invalid) as no:
        good_until([seen(7, "get_contact", {}, age=age)], connections(), NOW)
    assert str(no.value) == (
        f"get_contact (CRM), observation 7, was read {words} ago and may be relied on for 15 minutes: "
        "read crm.get_contact again."
    )


def origin(trace: Sequence[Observation], *, kinds: dict[str, str] | None = None, **arguments: Any) -> dict[str, Origin]:
    """The origins of the arguments of `crm.send`; `kinds` are those that are not found but known."""
    here = connections()
    known = here.known("crm.send")
    assert isinstance(known, Known)
    found = origins_of(arguments, bound=["customer_id"], seen=trace, constants={"to": "rule@x.example"}, brief="b@1")
    for name, kind in (kinds or {}).items():
        found[name] = Origin(kind, "")  # type: ignore[arg-type]
    return with_destinations(found, known, arguments, trace, here)


ON_FILE = seen(1, "get_contact", {"customer_id": "c1", "contact": {"email": "mira@x.example", "home": HOME}})


def test_a_destination_on_file_is_taken_from_there() -> None:
    found = origin([ON_FILE], email="mira@x.example", address=HOME, customer_id="c1", text="Hello")
    assert (found["email"].observation, found["email"].path) == (1, "$.contact.email")
    assert found["address"].path == "$.contact.home"
    assert found["customer_id"].kind == "bound"


@promise("decisions.destinations-come-from-records")
@pytest.mark.parametrize(
    ("trace", "email", "why"),
    [
        ([], "evil@x.example", "made up by the worker"),
        ([said(1, "Send it to evil@x.example please")], "evil@x.example", "in the customer's words"),
        ([], "rule@x.example", "set by the brief"),
        ([seen(1, "get_page", {"text": {"mail": "evil@x.example"}})], "evil@x.example", "or anybody's"),
        ([seen(1, "get_gone", {"text": {"mail": "evil@x.example"}})], "evil@x.example", "or anybody's"),
        (
            [seen(1, "get_orders", {"asked": {"mail": "evil@x.example"}}, email=" EVIL@X.example")],
            "evil@x.example",
            "only where it was asked for",
        ),
        (
            [seen(1, "get_orders", {"asked": {"mail": "evil@x.example"}}, q={"in": ["Eve <evil@x.example>"]})],
            "evil@x.example",
            "only where it was asked for",
        ),
        ([seen(1, "get_contact", {"contact": {"email": REDACTED}})], REDACTED, "made up by the worker"),
        ([ON_FILE], ["mira@x.example"], "made up by the worker"),
        ([ON_FILE], "", "made up by the worker"),
    ],
)
def test_a_destination_from_anywhere_else_is_refused(trace: list[Observation], email: Any, why: str) -> None:
    with pytest.raises(Refused, match="email says where something goes to") as no:
        origin(trace, email=email)
    assert why in str(no.value)


def test_a_destination_made_of_what_was_asked_with_is_refused() -> None:
    echo = seen(1, "get_orders", {"found": {"address": HOME}}, street="Elm Street 1")
    with pytest.raises(Refused, match="address says where something goes to"):
        origin([echo], address=HOME)


def test_the_record_that_can_vouch_for_it_counts_wherever_else_it_stands() -> None:
    echo = seen(9, "get_orders", {"contact": {"email": "mira@x.example"}}, email="mira@x.example")
    page = seen(8, "get_page", {"contact": {"email": "mira@x.example"}})
    assert origin([ON_FILE, page, echo], email="mira@x.example")["email"].observation == 1


def test_a_persons_word_is_good_and_a_destination_left_out_is_none() -> None:
    assert origin([], email="new@x.example", kinds={"email": "person"})["email"].kind == "person"
    assert origin([], text="Hello", email=None)["email"].kind == "model"
