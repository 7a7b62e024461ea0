"""The sentence of a refusal, and the codes that a manifest names."""

from typing import Any

import pytest

from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client import Answer
from missiondesk.integrations.results.refusals import in_its_words, is_one_of

SAID = {"ok": False, "error": {"message": "Error: Order not found\u202e"}}


def file(refusal: str | None) -> Connection:
    about = {"id": "shop", "title": "Shop", "server": "shop", "http": {"url": "https://shop.example"}}
    return Connection.model_validate({**about, "refusal": refusal})


def refused(detail: Any = SAID) -> Answer:
    return Answer("refused", '{"ok": false}', detail=detail)


def test_it_is_read_where_the_manifest_says() -> None:
    assert in_its_words(file("$.error.message"), refused()).value == "Error: Order not found⟨U+202E⟩"


@pytest.mark.parametrize("path", [None, "$.error", "$.nothing", "$.error.*.x"])
def test_where_there_is_no_sentence_the_text_stands(path: str | None) -> None:
    assert in_its_words(file(path), refused()).value == '{"ok": false}'
    assert in_its_words(file(path), refused(None)).value == '{"ok": false}'


def test_a_code_is_the_whole_sentence_or_what_stands_before_its_colon() -> None:
    no = Answer("refused", "Error: Order not found: W1")
    assert is_one_of(no, ["Error"])
    assert is_one_of(no, ["Error: Order not found: W1"])
    assert not is_one_of(no, ["Error: Order not found", "error", ""])
    assert not is_one_of(Answer("gone", "Error: Order not found"), ["Error"])
