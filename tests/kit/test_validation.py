"""What is wrong with a connection's file is said in words: where, what, and what to do; nothing of how we check it."""

from pathlib import Path

import pytest

from missiondesk.integrations import read_connections
from missiondesk.kit.errors import Misconfigured

FILE = """
id = "tickets"
title = "Tickets"
server = "tickets"

[http]
url = "https://tickets.example/mcp"

[auth]
kind = "bearer"
token = "$TOKEN"

[tool.get]
effect = "read"
owner = ["$.customer_id"]
bind = { customer_id = "$customer" }
"""


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('["$.customer_id"]', '["$.["]', "tool.get.owner.0: '$.[' is not a JSONPath (RFC 9535): "),
        ('["$.customer_id"]', "7", "tool.get.owner: must be a list or 'nobody'."),
        ('["$.customer_id"]', "[7]", "tool.get.owner.0: must be text."),
        ('owner = ["$.customer_id"]', "", "tool.get: a read without owner cannot be used for customers: name the"),
        ('effect = "read"', 'effect = "reads"', "tool.get.effect: must be 'read', 'write' or 'off'."),
        ('"$customer"', "1.5", "tool.get.bind.customer_id: must be text or a whole number or true or false."),
        (
            'effect = "read"',
            'effect = "read"\nlimit = 1',
            "tool.get.limit: there is no such field here. Check its name",
        ),
        ('effect = "read"', 'effect = "read"\nmax_age = "1y"', "tool.get.max_age: an age is a number and s, m, h or d"),
        ('effect = "read"', 'effect = "read"\nlimits = { calls = 0 }', "limits.calls: should be greater than or equal"),
        ('title = "Tickets"', "", "title: is missing. Add it."),
        ('title = "Tickets"', 'title = ""', "title: should have at least 1 character."),
        ('id = "tickets"', 'id = "Tickets!"', "id: 'Tickets!' is no id: it takes 2 to 31 small letters and digits, a"),
        ('id = "tickets"', 'id = "ticket"', "its id is 'ticket'; the file must be called ticket.toml."),
        ('kind = "bearer"', "", "auth: kind is missing. Add it."),
        ('kind = "bearer"', 'kind = "basic"', "auth.kind: must be 'bearer' or 'client_credentials' or"),
        ('token = "$TOKEN"', "", "auth.token: is missing. Add it."),
        ('token = "$TOKEN"', 'token = "$TOKEN"\nbearer = 1', "auth.bearer: there is no such field here."),
        ('url = "', 'headers = { "a b" = "" }\nurl = "', "http.headers.a b: 'a b' is no name of a header."),
        ('[http]\nurl = "https://tickets.example/mcp"', "", "tickets.toml: a connection has either [http] or [stdio]."),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_words(tmp_path: Path, before: str, after: str, says: str) -> None:
    file = tmp_path / "connections" / "tickets.toml"
    file.parent.mkdir()
    assert before in FILE
    file.write_text(FILE.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Misconfigured) as refused:
        read_connections(tmp_path)
    assert str(refused.value).startswith(f"{file}: ")
    assert says in str(refused.value)


def test_what_is_wrong_with_a_review_is_said_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "connections"
    folder.mkdir()
    (folder / "tickets.toml").write_text(FILE, encoding="utf-8")
    review = folder / "tickets.reviewed.json"
    for text, says in (("{", "is not valid JSON: "), ('{"server": "tickets"}', "tools: is missing. Add it.")):
        review.write_text(text, encoding="utf-8")
        with pytest.raises(Misconfigured) as refused:
            read_connections(tmp_path)
        assert str(refused.value).startswith(f"{review}: {says}")
        assert str(refused.value).endswith("delete it and review the connection anew.")
