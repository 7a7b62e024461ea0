"""Every change of a state has a place to die before it and one after it, and a test that dies at each of them."""

import ast
from collections.abc import Iterator

import pytest

from tests.crash import points
from tests.house.files import ROOT
from tests.support.crash_points import Commit, Texts, commits, crash_points, source, writers


@pytest.fixture(scope="module")
def today() -> Texts:
    return source()


def test_every_crash_point_is_died_at_by_a_test(today: Texts) -> None:
    assert crash_points(today) == points.covered()


def test_every_story_of_crash_points_is_played() -> None:
    assert parametrized() == {name for name in vars(points) if name.isupper()}


def test_whoever_commits_a_change_of_a_state_can_die_before_it_and_after_it(today: Texts) -> None:
    assert [one for one in commits(today) if one.missing] == []


def test_every_change_of_a_state_is_followed_to_its_commit(today: Texts) -> None:
    assert {writer for one in commits(today) for writer in one.writers} == writers(today)


@pytest.mark.parametrize(
    ("taken_out", "where", "missing"),
    [
        ('crashpoint("decisions.decided.after_commit")', "surfaces/desk.py:answer", "after"),
        ('crashpoint("decisions.decided.before_commit")', "surfaces/desk.py:answer", "before"),
        ('crashpoint("missions.received.after_commit")', "surfaces/customer.py:write", "after"),
        ('crashpoint("missions.asked.before")', "missions/story.py:_ask", "before"),
        ('crashpoint("effects.intent.after_commit")', "effects/executor.py:run", "after"),
        ('crashpoint("effects.sent.before_commit")', "effects/attempt.py:_call", "before"),
        ('crashpoint(f"effects.{state}.after_commit")', "effects/attempt.py:settle_observed", "after"),
        ('crashpoint("missions.turn_taken")', "missions/durable.py:_take", "after"),
    ],
)
def test_a_side_without_a_crash_point_is_found(today: Texts, taken_out: str, where: str, missing: str) -> None:
    assert (where, (missing,)) in found(changed(today, taken_out, "pass"))


def test_who_leaves_in_the_middle_of_a_commit_is_found(today: Texts) -> None:
    ends = 'await turn.end(tx, "customer")'
    [(where, (missing,))] = found(changed(today, ends, f"{ends}\n        return"))
    assert (where, missing.partition(" in ")[0]) == ("missions/story.py:_ask", "after, where it returns")


def changed(texts: Texts, old: str, new: str) -> Texts:
    assert any(old in text for text in texts.values()), f"{old} does not stand in the source any more"
    return {file: text.replace(old, new) for file, text in texts.items()}


def found(texts: Texts) -> list[tuple[str, tuple[str, ...]]]:
    one_sided: list[Commit] = [one for one in commits(texts) if one.missing]
    return [(one.where, one.missing) for one in one_sided]


def parametrized() -> set[str]:
    """`REFUND` of each `@pytest.mark.parametrize("point", REFUND)` in the crash tests."""
    return {
        story
        for file in (ROOT / "tests" / "crash").glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for story in _story(node)
    }


def _story(call: ast.Call) -> Iterator[str]:
    match call.func, call.args:
        case ast.Attribute(attr="parametrize"), [ast.Constant(value="point"), ast.Name(id=story)]:
            yield story
        case _:
            pass
