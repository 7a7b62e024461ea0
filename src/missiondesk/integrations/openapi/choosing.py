"""Which operations of a document become tools: all, or those that were asked for by name, place or tag."""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from missiondesk.integrations.openapi.naming import safe, unique
from missiondesk.integrations.openapi.pointers import Pointers
from missiondesk.integrations.openapi.trouble import NotUsable
from missiondesk.kit.json_values import is_list, is_object

METHODS = ("get", "head", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Written:
    """One operation as the document writes it: its own object, and what its path says for all of them."""

    name: str
    method: str  # in capitals
    path: str
    operation: dict[str, Any]
    around: dict[str, Any]

    @property
    def place(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def tags(self) -> Collection[str]:
        return self.operation.get("tags") or ()


def chosen(pointers: Pointers, *, operations: Collection[str] = (), tags: Collection[str] = ()) -> list[Written]:
    """The operations named so (by tool, operationId or `GET /orders`) or tagged so; all when neither is given.

    Raises `NotUsable`: one that is not there, or two with one operationId.
    """
    all_ = list(_written(pointers))
    if not all_:
        raise NotUsable(f"{pointers.name} has no operations: no path in it has a get, post, put, patch or delete.")
    wanted = [one for one in all_ if not (operations or tags) or _is_wanted(one, operations, tags)]
    for name in operations:
        if not any(_is_wanted(one, [name], []) for one in all_):
            raise NotUsable(f"{pointers.name} has no operation {name!r}{_like(name, all_)}.")
    for tag in tags:
        if not any(tag in one.tags for one in all_):
            raise NotUsable(f"{pointers.name} has no operation with the tag {tag!r}.")
    _check_ids(pointers.name, wanted)
    return wanted


def _written(pointers: Pointers) -> Iterator[Written]:
    taken: set[str] = set()
    for path, item in pointers.document["paths"].items():
        if path.startswith("x-"):
            continue
        around = pointers.resolved(item, f"paths.{path}")
        for method in METHODS:
            operation = around.get(method)
            if not is_object(operation):
                continue
            told = operation.get("operationId")
            name = unique(safe(told if isinstance(told, str) else f"{method} {path}", otherwise=method), taken)
            taken.add(name)
            yield Written(name, method.upper(), path, dict(operation), around)


def _is_wanted(one: Written, operations: Collection[str], tags: Collection[str]) -> bool:
    names = (one.name, one.operation.get("operationId"), one.place)
    return any(name in operations for name in names) or any(tag in tags for tag in one.tags)


def _like(name: str, all_: list[Written]) -> str:
    near = difflib.get_close_matches(name, [told for one in all_ for told in (one.name, one.place)], n=1)
    return f"; did you mean {near[0]!r}?" if near else "; name it by operationId or like `GET /orders/{id}`"


def _check_ids(name: str, wanted: list[Written]) -> None:
    first: dict[str, Written] = {}
    for one in wanted:
        told = one.operation.get("operationId")
        if not isinstance(told, str):
            continue
        if told in first:
            raise NotUsable(
                f"{name}: operationId {told!r} is used twice, by {first[told].place} and {one.place}: rename one in "
                "the document, or take only one of them with --operation."
            )
        first[told] = one


def parameters_of(one: Written) -> list[Any]:
    """The operation's own parameters, then those of its path."""
    own, around = one.operation.get("parameters"), one.around.get("parameters")
    return [*(own if is_list(own) else []), *(around if is_list(around) else [])]
