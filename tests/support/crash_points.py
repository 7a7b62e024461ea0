"""The crash points that the program has, read from its source; and who writes the rows that missions live by."""

import ast
from collections.abc import Iterator
from pathlib import Path

import missiondesk

SOURCE = Path(missiondesk.__file__).parent
EXPANDED = {"effects.{state}": [f"effects.{state}" for state in ("done", "failed", "stale", "unknown")]}
TABLES = ("missions", "proposals", "grants", "effects")


def crash_points() -> set[str]:
    """Every name that `crashpoint` is called with; one made of a variable stands for all that it can become."""
    return {name for file in _files() for call in _calls(file) for name in _names(call)}


def writers() -> set[str]:
    """`missions/durable.py:wake`: the functions that insert into or update one of `TABLES`."""
    return {
        f"{file.relative_to(SOURCE).as_posix()}:{function.name}"
        for file in _files()
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and _writes(function)
    }


def _files() -> Iterator[Path]:
    """What runs missions: not what changes the tables once, nor what plays a stranger in them."""
    return (file for file in sorted(SOURCE.rglob("*.py")) if not {"migrations", "proving"} & set(file.parts))


def _calls(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "crashpoint":
            yield node


def _names(call: ast.Call) -> list[str]:
    match call.args:
        case [ast.Constant(value=str(name))]:
            return [name]
        case [ast.JoinedStr() as made]:
            written = ast.unparse(made).removeprefix("f").strip("'\"")
            [(stem, becomes)] = [(stem, names) for stem, names in EXPANDED.items() if written.startswith(stem)]
            return [written.replace(stem, name) for name in becomes]
        case _:
            raise AssertionError(f"cannot read the name of the crash point in line {call.lineno}")


def _writes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(_changes_a_table(node) for node in ast.walk(function))


def _changes_a_table(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="insert" | "update" | "delete"), args=[ast.Name(id=table), *_]):
            return table in TABLES
        case ast.Attribute(value=ast.Name(id=table), attr="insert" | "update" | "delete"):
            return table in TABLES
        case ast.Constant(value=str(words)):
            said = " ".join(words.lower().split())
            return any(
                f"{verb} {table} " in f"{said} "
                for verb in ("update", "insert into", "delete from")
                for table in TABLES
            )
        case _:
            return False
