"""notices.toml: what is wrong in it is one sentence that names file, route and field; an address is never shown."""

from pathlib import Path

import pytest

from missiondesk.kit.errors import Misconfigured
from missiondesk.notices import check_route, read_routes
from tests.notices.receiver import SECRET

RIGHT = """[route.hook]
kind = "webhook"
url = "$HOOK_URL"
secret = "$HOOK_SECRET"
events = ["waits"]
"""


def read(folder: Path, text: str) -> str:
    """What is said of it."""
    (folder / "notices.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured) as refused:
        read_routes(folder)
    return str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"$HOOK_URL"', '"https://hooks.example/SECRET"', "route.hook.url: it may hold a secret"),
        ('"$HOOK_SECRET"', '"whsec_abc"', "route.hook.secret: it may hold a secret"),
        ('["waits"]', "[]", "route.hook.events: "),
        (
            '["waits"]',
            '["wait"]',
            "route.hook.events.0: must be 'waits', 'reminder', 'late', 'given', 'adopted' or 'freeze'",
        ),
        ('secret = "$HOOK_SECRET"\n', "", "route.hook: a webhook is signed"),
        ('kind = "webhook"', 'kind = "apprise"', "route.hook: secret and allow_private are for webhooks"),
        ("[route.hook]", "[route.Hook]", "route.Hook"),
        ("events", "quiet_hours = '22-7'\nevents", "route.hook.quiet_hours: '22-7' is no span of hours"),
        ("events", "quiet_hours = '22:00-07:00 Mars/Base'\nevents", "there is no time zone 'Mars/Base'"),
        ("events", "quiet_hours = '07:00-07:00 UTC'\nevents", "begins and ends at the same time"),
        ("events", "amount_above = '500'\nevents", "route.hook.amount_above: '500' is no amount, such as 500.00 EUR"),
        ("events", "amount_above = '-1.00 EUR'\nevents", "is no amount"),
        ("events", "allow_private = ['*.internal']\nevents", "route.hook.allow_private: '*.internal' is neither"),
        ("events", "colour = 'blue'\nevents", "route.hook.colour: there is no such field here"),
        ("[route.hook]", "[route.hook", "is not valid TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_place(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert RIGHT.count(before) == 1
    sentence = read(tmp_path, RIGHT.replace(before, after))
    assert said in sentence
    assert "notices.toml" in sentence
    assert "SECRET'" not in sentence
    assert "whsec_abc" not in sentence


def test_without_the_file_nobody_is_told(tmp_path: Path) -> None:
    assert read_routes(tmp_path) == {}


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "needs $HOOK_URL, which is not set"),
        ({"HOOK_URL": "https://hooks.example/CANARY"}, "needs $HOOK_SECRET"),
        ({"HOOK_URL": "http://hooks.example/CANARY", "HOOK_SECRET": SECRET}, "must use https"),
        ({"HOOK_URL": "https://me:CANARY@hooks.example", "HOOK_SECRET": SECRET}, "without a user or password"),
        ({"HOOK_URL": "ftp://CANARY", "HOOK_SECRET": SECRET}, "must be https://HOST"),
        ({"HOOK_URL": "https://hooks.example:CANARY", "HOOK_SECRET": SECRET}, "is none"),
        ({"HOOK_URL": "https://hooks.example", "HOOK_SECRET": "CANARY"}, "must be whsec_ and 24 to 64 bytes"),
        ({"HOOK_URL": "https://hooks.example", "HOOK_SECRET": "whsec_CANARY=="}, "must be whsec_"),
    ],
)
def test_what_the_environment_lacks_is_said_by_name_and_never_by_value(
    tmp_path: Path, environ: dict[str, str], said: str
) -> None:
    (tmp_path / "notices.toml").write_text(RIGHT, encoding="utf-8")
    [(name, route)] = read_routes(tmp_path).items()
    with pytest.raises(Misconfigured) as refused:
        check_route(name, route, environ)
    assert said in str(refused.value)
    assert "CANARY" not in str(refused.value)
