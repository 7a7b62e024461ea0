"""One operation as the library is to read it: each `$ref` followed or bundled, JSON only, nothing we cannot send."""

from dataclasses import dataclass, field
from typing import Any

from missiondesk.integrations.openapi.bundling import Bundle
from missiondesk.integrations.openapi.choosing import Written, parameters_of
from missiondesk.integrations.openapi.description import Argument
from missiondesk.integrations.openapi.pointers import Pointers, fields_of
from missiondesk.integrations.openapi.trouble import LeftOut
from missiondesk.kit.canonical import canonical
from missiondesk.kit.json_values import is_object

OURS = frozenset(
    {  # headers that we or the transport write
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "transfer-encoding",
        "upgrade",
        "traceparent",
        "tracestate",
        "user-agent",
    }
)
_STYLES = {
    "path": ("simple",),
    "header": ("simple",),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
}


@dataclass(slots=True)
class Prepared:
    """`told` is the operation for the library; the rest is what it does not hand on."""

    written: Written
    told: dict[str, Any]
    travels: dict[tuple[str, str], Argument] = field(default_factory=dict[tuple[str, str], Argument])
    media: str | None = None
    declared: bool = False


def prepared(one: Written, pointers: Pointers, asks: Bundle, answers: Bundle) -> Prepared:
    """Raises `LeftOut` for what we cannot send, and `NotUsable` for a document that is broken there."""
    if one.operation.get("servers") or one.around.get("servers"):
        raise LeftOut("it has servers of its own; everything goes to one address")
    if "?" in one.path or "#" in one.path or not one.path.startswith("/"):
        raise LeftOut("its path is more than a path")
    made = Prepared(one, {"responses": {}, "parameters": []})
    for parameter in parameters_of(one):
        _add_parameter(made, pointers.resolved(parameter, f"paths.{one.path}"), asks)
    _add_body(made, pointers, asks)
    _add_answer(made, pointers, answers)
    return made


def _add_parameter(made: Prepared, parameter: dict[str, Any], asks: Bundle) -> None:
    name, place = parameter.get("name"), parameter.get("in")
    if not isinstance(name, str) or (place, name) in made.travels:
        return  # the operation's own comes first
    if place == "cookie":
        if parameter.get("required"):
            raise LeftOut(f"it needs the cookie {name!r}; we send none")
        return
    if place not in _STYLES:
        raise LeftOut(f"its parameter {name!r} is in {place!r}, which is no place that we know")
    if place == "header" and name.lower() in OURS:
        return
    if "schema" not in parameter:
        raise LeftOut(f"its parameter {name!r} has no schema of its own")
    style = parameter.get("style") or ("form" if place == "query" else "simple")
    if style not in _STYLES[place]:
        raise LeftOut(f"its parameter {name!r} is written in the style {style!r}")
    schema = asks.top(parameter["schema"], f"paths.{made.written.path}")
    is_record = is_object(schema) and schema.get("type") == "object"
    if is_record != (style == "deepObject"):
        raise LeftOut(f"its parameter {name!r} is {'an object' if is_record else 'no object'} in the style {style!r}")
    exploded = bool(parameter.get("explode", style == "form"))
    made.travels[place, name] = Argument(name=name, place=place, wire=name, style=style, explode=exploded)
    kept = {key: parameter[key] for key in ("name", "in", "required", "description") if key in parameter}
    made.told["parameters"].append({**kept, "schema": schema})


def _add_body(made: Prepared, pointers: Pointers, asks: Bundle) -> None:
    one = made.written
    if "requestBody" not in one.operation or one.method in ("GET", "HEAD"):
        return
    body = pointers.resolved(one.operation["requestBody"], f"paths.{one.path}.{one.method.lower()}.requestBody")
    content = fields_of(body.get("content"))
    media = _json_of(content)
    if media is None:
        if not body.get("required") and not content:
            return
        raise LeftOut(f"it takes {', '.join(content) or 'no known body'}, not JSON")
    schema = asks.top(fields_of(content[media]).get("schema") or {}, f"paths.{one.path}.{one.method.lower()}")
    made.media = "application/json" if "*" in media else media
    kept = {key: body[key] for key in ("required", "description") if key in body}
    made.told["requestBody"] = {**kept, "content": {"application/json": {"schema": schema or {"title": "body"}}}}


def _add_answer(made: Prepared, pointers: Pointers, answers: Bundle) -> None:
    one, schemas = made.written, list[Any]()
    for status, response in fields_of(one.operation.get("responses")).items():
        if not status.startswith("2"):
            continue
        where = f"paths.{one.path}.{one.method.lower()}.responses.{status}"
        content = fields_of(pointers.resolved(response, where).get("content"))
        media = _json_of(content)
        if content and media is None and one.method != "HEAD":
            raise LeftOut(f"it answers with {', '.join(content)}, not JSON")
        schema = fields_of(content[media]).get("schema") if media else None
        schemas.append(answers.top(schema, where) if schema else None)
        made.declared |= media is not None
    if one.method == "HEAD" or not schemas or any(canonical(each) != canonical(schemas[0]) for each in schemas):
        schemas = [None]  # which one would it be?
    said = {"description": ""} if not schemas[0] else {"description": "", "content": _as_json(schemas[0])}
    made.told["responses"] = {"200": said}


def _as_json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _json_of(content: dict[str, Any]) -> str | None:
    """The JSON among the media types; the plain one first."""
    found = [media for media in content if _is_json(media)]
    return min(found, key=lambda media: media != "application/json") if found else None


def _is_json(media: str) -> bool:
    kind = media.split(";")[0].strip().lower()
    return kind in ("application/json", "*/*", "application/*") or (
        kind.startswith("application/") and kind.endswith("+json")
    )
