"""Every state change has a place to die beside it, and every such place has a test that dies there."""

import ast

from tests.crash import points
from tests.house.files import ROOT
from tests.support.crash_points import crash_points, writers


def test_every_crash_point_is_died_at_by_a_test() -> None:
    assert crash_points() == points.covered()


def test_every_story_of_crash_points_is_played() -> None:
    stories = {name for name in vars(points) if name.isupper()} - {"AROUND"}
    assert parametrized() == stories


def test_every_writer_of_a_missions_rows_has_crash_points_around_it() -> None:
    assert writers() == set(points.AROUND)
    assert {name for around in points.AROUND.values() for name in around} <= points.covered()
    assert all(points.AROUND.values())


def parametrized() -> set[str]:
    """`REFUND` of each `@pytest.mark.parametrize("point", REFUND)` in the crash tests."""
    return {
        story
        for file in (ROOT / "tests" / "crash").glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for story in _story(node)
    }


def _story(call: ast.Call) -> list[str]:
    match call.func, call.args:
        case ast.Attribute(attr="parametrize"), [ast.Constant(value="point"), ast.Name(id=story)]:
            return [story]
        case _:
            return []
