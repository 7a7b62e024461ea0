"""What goes wrong inside an answer. Everything here is handed JSON, and makes other JSON of it; faults of the way to us
are in `http.py` and `stdio.py`."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing.exceptions import Unresolvable

from missiondesk.kit.json_values import is_list, is_object

Json = dict[str, Any]
Swap = Callable[[str, Any], Any]  # the name under which a value stands, and the value
METADATA = "http://169.254.169.254/latest/meta-data/"
HUGE = 50_000_000  # bytes of a huge answer
CHUNK = b"x" * 65_536
BROKEN = b'{"jsonrpc": "2.0", "id": 1, "resu\xff'  # garbage: neither JSON nor UTF-8
_CUSTOMER = ("customer", "account", "contact", "user")
_ASKED: Json = {"mode": "form", "message": "Who are you?", "requestedSchema": {"type": "object", "properties": {}}}
INPUT_REQUIRED: Json = {
    "resultType": "input_required",
    "inputRequests": {"who": {"method": "elicitation/create", "params": _ASKED}},
}


def drifted(tool: Json, times: int) -> Json:
    """The definition with one byte more in its description for each time."""
    return {**tool, "description": (tool.get("description") or "") + "." * times} if times else tool


def of_another_customer(result: Json, arguments: Json, customers: Sequence[str]) -> Json | None:
    """The result as if it were another customer's. `None` when no customer's id is in it.

    An id is one of `customers`, or what the call itself gave as the customer; a number only where a customer is named.
    """
    given = [value for name, value in arguments.items() if _names_customer(name) and _is_id(value)]
    ids = {one: _next(one, customers) for one in (*customers, *given)}

    def swap(name: str, value: Any) -> Any:
        known = _is_id(value) and value in ids and (isinstance(value, str) or _names_customer(name))
        return ids[value] if known else value

    changed = {**result, "content": [_in_text(part, ids, swap) for part in result.get("content", ())]}
    if "structuredContent" in result:
        changed["structuredContent"] = _mapped(result["structuredContent"], swap)
    return changed if changed != {"content": [], **result} else None


def breaking(result: Json, schema: Mapping[str, Any] | None) -> Json | None:
    """The result so that it does not fit its own schema. `None` when it has none, or nothing breaks it."""
    if schema is None or "structuredContent" not in result:
        return None
    for value in _tries(result["structuredContent"]):
        if not _fits(value, schema):
            return {**result, "structuredContent": value, "content": [{"type": "text", "text": json.dumps(value)}]}
    return None


def _names_customer(name: str) -> bool:
    return name.lower().replace("_", "").removesuffix("id") in _CUSTOMER


def _is_id(value: Any) -> TypeGuard[str | int]:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def _next(one: str | int, customers: Sequence[str]) -> str | int:
    """The customer after this one; the only one there is becomes another by its last character."""
    if isinstance(one, int):
        return one + 1
    others = sorted({*customers, one})
    if len(others) > 1:
        return others[(others.index(one) + 1) % len(others)]
    return one[:-1] + ("1" if one[-1] != "1" else "2")


def _mapped(value: Any, change: Swap, name: str = "") -> Any:
    if is_object(value):
        return {key: _mapped(inner, change, str(key)) for key, inner in value.items()}
    if is_list(value):
        return [_mapped(inner, change, name) for inner in value]
    return change(name, value)


def _in_text(part: Json, ids: Mapping[str | int, str | int], swap: Swap) -> Json:
    """In a text that is JSON, an id is a value; in another, it is the first id that stands there."""
    if part.get("type") != "text":
        return part
    text = cast(str, part["text"])
    try:
        value = json.loads(text)
    except ValueError:
        found = next((one for one in ids if isinstance(one, str) and one in text), None)
        return {**part, "text": text.replace(found, str(ids[found]))} if found is not None else part
    changed = _mapped(value, swap)
    return {**part, "text": json.dumps(changed)} if changed != value else part


def _tries(value: Any) -> Iterator[Any]:
    """Ways to spoil it, the small ones first."""
    if is_object(value):
        for name in value:
            yield {**value, name: {"chaos": ["not what it says"]}}
            yield {**value, name: 17}
            yield {inner: value[inner] for inner in value if inner != name}
        yield {**value, "chaos": True}
    yield {}
    yield {"chaos": None}


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    check: Any = Draft202012Validator(dict(schema))
    try:
        Draft202012Validator.check_schema(dict(schema))
        return bool(check.is_valid(value))
    except (SchemaError, Unresolvable, RecursionError):
        return True  # nobody can say that it does not
