"""`$ref`: where it leads inside the document. It never leads out of it: a file or a host is not ours to ask."""

from typing import Any
from urllib.parse import unquote

from missiondesk.integrations.openapi.trouble import NotUsable
from missiondesk.kit.json_values import is_list, is_object
from missiondesk.kit.text import shortened


class Pointers:
    """The places of one document; `name` is what people call it."""

    def __init__(self, document: dict[str, Any], name: str) -> None:
        self.document = document
        self.name = name

    def resolved(self, value: Any, where: str) -> dict[str, Any]:
        """`value`, or what its `$ref` leads to in the end. Raises `NotUsable`: no object there, or a circle."""
        seen: list[str] = []
        while is_object(value) and isinstance(value.get("$ref"), str):
            ref: str = value["$ref"]
            if ref in seen:
                raise NotUsable(f"{self.name}: {where}: $ref {ref!r} leads in a circle back to itself.")
            seen.append(ref)
            value = self.target(ref, where)
        if not is_object(value):
            raise NotUsable(f"{self.name}: {where}: an object is needed there.")
        return dict(value)

    def target(self, ref: str, where: str) -> Any:
        """What stands at `ref`. Raises `NotUsable` for one that leads out of the document, or nowhere."""
        if ref != "#" and not ref.startswith("#/"):
            raise NotUsable(
                f"{self.name}: {where}: $ref {shortened(ref, 120)!r} leads out of this document, which is never "
                "followed: bundle it into one file first (`redocly bundle` does), then try again."
            )
        found: Any = self.document
        for part in parts_of(ref):
            if is_object(found) and part in found:
                found = found[part]
            elif is_list(found) and part.isdecimal() and int(part) < len(found):
                found = found[int(part)]
            else:
                raise NotUsable(f"{self.name}: {where}: $ref {shortened(ref, 120)!r} leads nowhere.")
        return found


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of an object; none of anything else."""
    return dict(value) if is_object(value) else {}


def parts_of(ref: str) -> list[str]:
    """The steps of a JSON pointer after `#`."""
    return [unquote(part).replace("~1", "/").replace("~0", "~") for part in ref.split("/")[1:]]
