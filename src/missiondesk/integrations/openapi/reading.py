"""From bytes to a checked OpenAPI document: JSON or YAML, version 3, one dictionary."""

import json
import math
import re
from typing import Any, NoReturn

from missiondesk.integrations.openapi.pointers import fields_of
from missiondesk.integrations.openapi.trouble import NotUsable
from missiondesk.integrations.openapi.yaml_text import DEEPEST, parsed_yaml
from missiondesk.kit.canonical import canonical
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import shortened

LARGEST = 16_000_000  # bytes of a document


def read_document(raw: bytes, name: str) -> dict[str, Any]:
    """An OpenAPI 3 document. `name` is what people call it: its file or address. Raises `NotUsable`, one sentence."""
    if len(raw) > LARGEST:
        raise NotUsable(
            f"{name} has {len(raw):,} bytes; at most {LARGEST:,} are taken: cut it down to the operations you need."
        )
    document = fields_of(_parsed(raw, name))
    version = document.get("openapi")
    if "swagger" in document:
        raise NotUsable(
            f"{name} is Swagger {document['swagger']}, which is not taken: convert it to OpenAPI 3 first "
            "(swagger2openapi does), then try again."
        )
    if not isinstance(version, str) or not re.match(r"3\.[0-2]\b", version):
        said = f"openapi: {shortened(str(version), 20)}" if version is not None else "no `openapi:`"
        raise NotUsable(f"{name} has {said} at its top; a document of OpenAPI 3.0, 3.1 or 3.2 is needed.")
    if not is_object(document.get("paths")) or not document["paths"]:
        raise NotUsable(f"{name} has no operations: its `paths` are empty or missing.")
    return document


def _parsed(raw: bytes, name: str) -> Any:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUsable(f"{name} does not parse: byte {error.start:,} is not UTF-8.") from error
    is_json = text.lstrip()[:1] in ("{", "[")
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite) if is_json else parsed_yaml(text)
        _check_depth(value)
        canonical(value)  # no half characters
    except RecursionError:
        raise NotUsable(f"{name} does not parse: it is nested more than {DEEPEST} deep.") from None
    except ValueError as error:
        raise NotUsable(
            f"{name} does not parse as {'JSON' if is_json else 'YAML'}: {shortened(str(error), 200)}."
        ) from error
    return value


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number in JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text} is beyond all numbers")
    return number


def _check_depth(value: Any) -> None:
    """So that whoever walks through the document later may do it by recursion."""
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for one in level
            for inner in (one.values() if is_object(one) else one if is_list(one) else ())
            if is_object(inner) or is_list(inner)
        ]
        if not level:
            return
    raise ValueError(f"it is nested more than {DEEPEST} deep")
