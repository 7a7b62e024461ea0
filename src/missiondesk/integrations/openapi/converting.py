"""An operation into a tool. A library reads it and flattens its parameters and body (fastmcp's `utilities.openapi`).

The library is lenient: what it cannot read it logs and leaves out. So whatever it hands back is compared with what it
was given, and an operation of which anything is missing does not become a tool.
"""

import logging
from typing import Any

from fastmcp.utilities.openapi import HTTPRoute, extract_output_schema_from_responses, parse_openapi_to_http_routes
from pydantic import ValidationError

from missiondesk.integrations.openapi.bundling import Bundle
from missiondesk.integrations.openapi.choosing import Written
from missiondesk.integrations.openapi.description import Argument, Operation
from missiondesk.integrations.openapi.naming import safe, unique
from missiondesk.integrations.openapi.pointers import Pointers
from missiondesk.integrations.openapi.preparing import Prepared, prepared
from missiondesk.integrations.openapi.schemas import pruned, size_of
from missiondesk.integrations.openapi.trouble import LeftOut
from missiondesk.integrations.schemas.schema import wrong_with
from missiondesk.kit.text import shortened

_LONGEST = 1_000  # characters of a description
_LARGEST_INPUT, _LARGEST_OUTPUT = 64_000, 16_000  # bytes of a schema

logging.getLogger("fastmcp").setLevel(logging.CRITICAL)  # what it complains of, we find out ourselves


def converted(one: Written, pointers: Pointers, *, checks_answers: bool) -> Operation:
    """The tool, not signed in yet. Raises `LeftOut` for one that cannot be, `NotUsable` for a broken document.

    `checks_answers`: an answer must be as the document says. Too large a schema for it is left away.
    """
    asks, answers = Bundle(pointers, "in"), Bundle(pointers, "out")
    made = prepared(one, pointers, asks, answers)
    route = _route(made, str(pointers.document["openapi"]), asks.components() | answers.components())
    arguments, schema = _arguments(made, route)
    output, wraps = _output(route) if checks_answers else (None, False)
    title = one.operation.get("summary") or one.place
    return Operation(
        name=one.name,
        method=one.method,  # pyright: ignore[reportArgumentType]  one of `choosing.METHODS`
        path=one.path,
        title=shortened(str(title), 80),
        description=_description(one),
        arguments=tuple(arguments),
        input=schema,
        output=output,
        wraps=wraps,
        declared=made.declared,
        body=_body(route),
        body_required=bool(route.request_body and route.request_body.required),
        media=made.media or "application/json",
    )


def _route(made: Prepared, version: str, components: dict[str, Any]) -> HTTPRoute:
    document = {
        "openapi": version,
        "info": {"title": "", "version": ""},
        "paths": {made.written.path: {made.written.method.lower(): made.told}},
        "components": {"schemas": components},
    }
    try:
        [route] = parse_openapi_to_http_routes(document)
    except ValueError as error:
        raise LeftOut(f"it cannot be read: {_fault(error)}") from error
    lost = [argument.wire for argument in made.travels.values() if not _is_there(argument, route)]
    if lost or ("requestBody" in made.told and not (route.request_body and route.request_body.content_schema)):
        raise LeftOut(f"its {f'parameter {lost[0]!r}' if lost else 'body'} cannot be read")
    return route


def _is_there(argument: Argument, route: HTTPRoute) -> bool:
    return {"location": argument.place, "openapi_name": argument.wire} in route.parameter_map.values()


def _arguments(made: Prepared, route: HTTPRoute) -> tuple[list[Argument], dict[str, Any]]:
    """The arguments under names of ours, and the schema with those names."""
    flat, arguments, properties = route.flat_param_schema, list[Argument](), dict[str, Any]()
    names: dict[str, str] = {}  # from the library's to ours; fields of a body first: they keep their names
    for name, place in sorted(route.parameter_map.items(), key=lambda item: item[1]["location"] != "body"):
        where, wire = place["location"], place["openapi_name"]
        wanted = safe(wire.lower() if where == "header" else wire, otherwise="body" if where == "body" else "argument")
        if where == "body" and _body(route) == "whole":
            wanted = "body"
        ours = unique(wanted if wanted not in properties else f"{wanted}_{where}", properties)
        arguments.append(
            made.travels[where, wire].model_copy(update={"name": ours})
            if where != "body"
            else Argument(name=ours, place="body", wire=wire)
        )
        names[name], properties[ours] = ours, flat["properties"][name]
    schema = pruned(
        {
            "type": "object",
            "properties": properties,
            "required": [names[name] for name in dict.fromkeys(flat["required"]) if name in names],
            "$defs": flat.get("$defs", {}),
        }
    )
    if (size := size_of(schema)) > _LARGEST_INPUT:
        raise LeftOut(f"the schema of its arguments has {size:,} bytes; at most {_LARGEST_INPUT:,} are taken")
    if fault := wrong_with(schema):
        raise LeftOut(f"the schema of its arguments {fault}")
    return arguments, schema


def _body(route: HTTPRoute) -> Any:
    if route.request_body is None or not route.request_body.content_schema:
        return "none"
    [schema] = route.request_body.content_schema.values()
    return "fields" if schema.get("properties") else "whole"


def _output(route: HTTPRoute) -> tuple[dict[str, Any] | None, bool]:
    """The schema of an answer, and whether it is put under `result` there; `None` when there is none to be used."""
    found = extract_output_schema_from_responses(route.responses, route.response_schemas, route.openapi_version)
    if found is None:
        return None, False
    schema = pruned(found)
    if size_of(schema) > _LARGEST_OUTPUT or wrong_with(schema) is not None:
        return None, False
    return schema, bool(found.get("x-fastmcp-wrap-result"))


def _description(one: Written) -> str:
    """The document's words, and the place: people and models see what is asked, and a pin covers it."""
    told = [one.operation.get("summary"), one.operation.get("description")]
    words = "\n\n".join(dict.fromkeys(text.strip() for text in told if isinstance(text, str) and text.strip()))
    words = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
    return f"{words}\n\n{one.place}" if words else one.place


def _fault(error: ValueError) -> str:
    if not isinstance(error.__cause__, ValidationError):
        return shortened(str(error), 200)
    errors = error.__cause__.errors()
    first = next((one for one in errors if "Reference" not in one["loc"]), errors[0])
    return shortened(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", 200)
