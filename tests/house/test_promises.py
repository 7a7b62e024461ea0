"""Every promise has a test, and every test's promise is made."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import ROOT
from tests.promises import PROMISES, promise

INVARIANTS = range(1, 12)  # DESIGN.md, section 2


def promises_in(source: str) -> Iterator[str]:
    """The keys in `@promise("…")` on the tests of a file; read, not run."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                match decorator:
                    case ast.Call(func=ast.Name(id="promise"), args=[ast.Constant(value=str(key))]):
                        yield key
                    case _:
                        pass


def carried() -> set[str]:
    files: list[Path] = sorted((ROOT / "tests").rglob("test_*.py"))
    return {key for file in files for key in promises_in(file.read_text(encoding="utf-8"))}


def test_every_promise_has_a_test_or_names_its_gap() -> None:
    kept = carried()
    assert [key for key, made in PROMISES.items() if key not in kept and not made.gap] == []


def test_every_test_names_a_promise_that_is_made() -> None:
    assert sorted(carried() - set(PROMISES)) == []


def test_every_invariant_is_promised() -> None:
    assert {made.invariant for made in PROMISES.values()} == set(INVARIANTS)


@pytest.mark.parametrize("key", PROMISES)
def test_a_promise_is_one_sentence(key: str) -> None:
    says = PROMISES[key].says
    assert says[0].isupper()
    assert says.endswith(".")
    assert ". " not in says


def test_a_promise_that_is_not_made_stops_the_test_file() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        promise("no.such")


def test_only_a_decorated_test_counts() -> None:
    source = '@promise("a.kept")\nasync def test_it() -> None: ...\n\n\n@promise("b.helper")\ndef help() -> None: ...\n'
    assert list(promises_in(source)) == ["a.kept"]
