"""The crash points that the program has, read from its source; and the transactions in which states change.

A state is what a row of `TABLES` says: where a mission, a proposal, a grant or an effect stands. By our own rule who
opens a transaction commits it and everyone below is handed `tx`, so the change of a state can be followed from the SQL
up to the block that commits it; there a process must be able to die on both sides of the commit.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import cast

import missiondesk

SOURCE = Path(missiondesk.__file__).parent
EXPANDED = {"effects.{state}": [f"effects.{state}" for state in ("done", "failed", "stale", "unknown")]}
TABLES = ("missions", "proposals", "grants", "effects")
NO_STATE = {"worker", "brief"}  # what else `set_mission` writes

Texts = Mapping[str, str]  # a file's name below `SOURCE`: its text
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Commit:
    """A transaction that changes states: `where` it is, such as `missions/story.py:_ask`, and what is missing there."""

    where: str
    line: int
    writers: frozenset[str]
    missing: tuple[str, ...]


def source() -> Texts:
    """What runs missions: not what changes the tables once, nor what plays a stranger in them."""
    files = (file for file in sorted(SOURCE.rglob("*.py")) if not {"migrations", "proving"} & set(file.parts))
    return {file.relative_to(SOURCE).as_posix(): file.read_text(encoding="utf-8") for file in files}


def crash_points(texts: Texts) -> set[str]:
    """Every name that `crashpoint` is called with; one made of a variable stands for all that it can become."""
    return {
        name
        for text in texts.values()
        for call in ast.walk(_tree(text))
        if _is_crashpoint(call)
        for name in _names(call)
    }


def writers(texts: Texts) -> set[str]:
    """`missions/durable.py:wake`: the functions whose SQL changes a row of `TABLES`."""
    return {f"{file}:{name}" for file, text in texts.items() for name in _writers(text)}


def commits(texts: Texts) -> list[Commit]:
    """Every transaction in which a state changes, with the side of its commit on which nobody can be made to die."""
    changes = _Changes(texts)
    return [
        Commit(f"{file}:{function.name}", block.lineno, written, tuple(_missing(changes, file, block, place)))
        for file, function in _functions(texts)
        for block, place in _transactions(function)
        if (written := changes.by(file, block, function.name))
    ]


class _Changes:
    """Who changes states in a transaction that they are handed, directly or by whom they hand it on to."""

    def __init__(self, texts: Texts) -> None:
        self._defined: dict[str, list[tuple[str, Function]]] = {}
        for file, function in _functions(texts):
            self._defined.setdefault(function.name, []).append((file, function))
        self._writers = writers(texts)

    def by(self, file: str, node: ast.AST, function: str) -> frozenset[str]:
        """The writers that run in `node`, which stands in a `function` of `file`."""
        found = {f"{where}:{one.name}" for where, one in self._reached(file, node, set())} & self._writers
        own = {f"{file}:{function}"} if any(_changes_a_table(inner) for inner in ast.walk(node)) else set[str]()
        return frozenset(found | own)

    def can_die(self, file: str, node: ast.AST) -> bool:
        """Whether there is a crash point in `node` or in what is handed its transaction."""
        within = [node, *(function for _, function in self._reached(file, node, set()))]
        return any(_is_crashpoint(inner) for one in within for inner in ast.walk(one))

    def _reached(self, file: str, node: ast.AST, seen: set[str]) -> Iterator[tuple[str, Function]]:
        for call in ast.walk(node):
            if not isinstance(call, ast.Call) or not _is_handed_tx(call) or not _may_change_a_state(call):
                continue
            for where, function in self._called(file, call):
                if (name := f"{where}:{function.name}") not in seen:
                    seen.add(name)
                    yield where, function
                    yield from self._reached(where, function, seen)

    def _called(self, file: str, call: ast.Call) -> list[tuple[str, Function]]:
        """What a name stands for: the file's own function if it has one, else whatever goes by it elsewhere."""
        match call.func:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                all_ = [one for one in self._defined.get(name, []) if _takes_tx(one[1])]
                return [one for one in all_ if one[0] == file] or all_
            case _:
                return []


def _missing(changes: _Changes, file: str, block: ast.AsyncWith, place: Sequence[ast.stmt]) -> Iterator[str]:
    """`place` are the statements among which the block stands."""
    at = place.index(block)
    if not changes.can_die(file, block) and not (at > 0 and _dies(place[at - 1])):
        yield "before"
    if not any(_dies(one) for one in takewhile(lambda one: _dies(one) or not _waits(one), place[at + 1 :])):
        yield "after"
    for inner in _statements(block):
        for number, one in enumerate(inner):
            if isinstance(one, ast.Return) and any(changes.by(file, done, "") for done in inner[: number + 1]):
                yield f"after, where it returns in line {one.lineno}"


def _transactions(function: Function) -> Iterator[tuple[ast.AsyncWith, Sequence[ast.stmt]]]:
    """Each block `async with ….tx() as tx` or `….transaction() as tx`, and the statements among which it stands."""
    for statements in _statements(function):
        for one in statements:
            match one:
                case ast.AsyncWith(
                    items=[ast.withitem(ast.Call(ast.Attribute(attr="tx" | "transaction")), ast.Name(id="tx"))]
                ):
                    yield one, statements
                case _:
                    pass


def _statements(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements in `node`, in its own function."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        held: object = getattr(node, name, None)  # of a lambda, `body` is an expression
        inner = cast(list[ast.AST], held) if isinstance(held, list) else []
        own = [one for one in inner if isinstance(one, ast.stmt)]
        if own:
            yield own
        for one in inner:
            if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from _statements(one)


def _functions(texts: Texts) -> Iterator[tuple[str, Function]]:
    for file, text in texts.items():
        for function in _functions_of(text):
            yield file, function


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def _functions_of(text: str) -> tuple[Function, ...]:
    return tuple(one for one in ast.walk(_tree(text)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def _writers(text: str) -> frozenset[str]:
    """The names of the functions in it whose SQL changes a row of `TABLES`."""
    return frozenset(one.name for one in _functions_of(text) if any(_changes_a_table(node) for node in ast.walk(one)))


def _is_crashpoint(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "crashpoint"


def _dies(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and _is_crashpoint(statement.value)


def _waits(statement: ast.stmt) -> bool:
    """Something else can happen in it."""
    return any(isinstance(one, ast.Await | ast.AsyncWith | ast.AsyncFor | ast.Return) for one in ast.walk(statement))


def _is_handed_tx(call: ast.Call) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "tx" for one in call.args)


def _takes_tx(function: Function) -> bool:
    return any(one.arg == "tx" for one in function.args.args)


def _may_change_a_state(call: ast.Call) -> bool:
    match call:
        case ast.Call(func=ast.Name(id="set_mission"), keywords=keywords):
            return not {one.arg for one in keywords} <= NO_STATE
        case _:
            return True


def _names(call: ast.AST) -> list[str]:
    match call:
        case ast.Call(args=[ast.Constant(value=str(name))]):
            return [name]
        case ast.Call(args=[ast.JoinedStr() as made]):
            written = ast.unparse(made).removeprefix("f").strip("'\"")
            [(stem, becomes)] = [(stem, names) for stem, names in EXPANDED.items() if written.startswith(stem)]
            return [written.replace(stem, name) for name in becomes]
        case _:
            raise AssertionError(f"cannot read the name of the crash point {ast.unparse(call)}")


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
