"""An action as a form: each argument typed by the reviewed schema, and why some cannot be changed by a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from missiondesk.decisions import SealedAction, opened
from missiondesk.integrations import Connections, Known, offer_of, resolved
from missiondesk.kit.errors import Refused
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.money import shown
from missiondesk.kit.text import visible
from missiondesk.surfaces.desk_shapes import EditableAction, FieldView

_BOUND = "Bound to the case’s customer by Missiondesk."
_DESTINATION = "It says where something goes to, so it comes from a record."
_RAW = "It has no simple form, so it stays as it is."
_KINDS = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}
Schema = Mapping[str, Any]


def editable(stored: SealedAction, connections: Connections) -> EditableAction:
    """Raises `Refused` when its tool is not the reviewed one any more."""
    action = opened(stored.sealed)
    known = connections.known(action.key)
    if known is None or known.pin != action.definition:
        raise Refused(f"{action.key} is not the tool that was reviewed any more, so this cannot be edited.")
    schema = offer_of(known).schema
    offered: Mapping[str, Any] = schema["properties"]
    return EditableAction(
        sentence=visible(stored.sentence),
        connection=stored.connection_title,
        tool=action.key,
        fields=[
            _field(name, offered.get(name), schema, known, action.arguments)
            for name in dict.fromkeys([*action.arguments, *offered])
        ],
    )


def _field(name: str, of: Any, root: Schema, known: Known, arguments: Mapping[str, Any]) -> FieldView:
    parts = _parts(of, root)
    value, bound = arguments.get(name), name in known.tool.bind
    kind, choices = _typed(parts, root, value)
    locked = _BOUND if bound else _DESTINATION if name in known.tool.destinations else _RAW if kind == "raw" else None
    help_ = next((str(one["description"]) for one in parts if "description" in one), None)
    return FieldView.model_validate(
        {
            "name": name,
            "kind": kind,
            "help": visible(help_) if help_ else None,
            "required": name in root.get("required", ()),
            "given": name in arguments,
            "value": value,
            "shown": visible(shown(value)),
            "choices": choices,
            "minimum": max((one["minimum"] for one in parts if "minimum" in one), default=None),
            "maximum": min((one["maximum"] for one in parts if "maximum" in one), default=None),
            "longest": min((one["maxLength"] for one in parts if "maxLength" in one), default=None),
            "locked": locked,
            "bound": bound,
        }
    )


def _parts(of: Any, root: Schema) -> list[Schema]:
    """The schemas that all hold for a value; a choice between null and one other is that other."""
    of = resolved(of, root)
    if not is_object(of):
        return []
    either = [one for word in ("anyOf", "oneOf") for one in of.get(word, ()) if resolved(one, root) != {"type": "null"}]
    inner = [*of.get("allOf", ()), *(either if len(either) == 1 else [])]
    return [of, *(part for one in inner for part in _parts(one, root))]


def _typed(parts: Sequence[Schema], root: Schema, value: Any) -> tuple[str, list[Any]]:
    """The kind of the field, and what there is to choose from."""
    choices = _choices(parts)
    if choices:
        return "choice", choices
    named: Schema = next((one["properties"] for one in parts if "properties" in one), dict[str, Any]())
    if set(named) == {"minor", "currency"}:
        currencies = _choices(_parts(named["currency"], root))
        return "money", currencies or [value["currency"] if is_object(value) else ""]
    kinds = {_KINDS.get(kind, "raw") for one in parts for kind in _types(one)}
    return (kinds.pop() if len(kinds) == 1 else "raw"), []


def _choices(parts: Sequence[Schema]) -> list[Any]:
    listed: list[list[Any]] = [
        [one["const"]] if "const" in one else one["enum"] for one in parts if one.keys() & {"const", "enum"}
    ]
    return [one for one in (listed[0] if listed else []) if isinstance(one, str | int | float)]


def _types(of: Schema) -> list[str]:
    said = of.get("type", [])
    return [one for one in (said if is_list(said) else [said]) if one != "null"]
