"""From a document to the description of a connection's tools, and what was left out and why."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from missiondesk.integrations.openapi.addressing import proposed_url
from missiondesk.integrations.openapi.choosing import Written, chosen
from missiondesk.integrations.openapi.description import Description, Operation
from missiondesk.integrations.openapi.pointers import Pointers, fields_of
from missiondesk.integrations.openapi.reading import read_document
from missiondesk.integrations.openapi.signing import given_scheme, schemes_of, security_of
from missiondesk.integrations.openapi.trouble import LeftOut, NotUsable
from missiondesk.kit.canonical import canonical, digest
from missiondesk.kit.text import shortened

_LARGEST = 1_500_000  # bytes of all definitions: they travel whenever the tools are looked at


@dataclass(frozen=True, slots=True)
class Described:
    """`proposed_url`: where the document says that its system is. `left_out`: `GET /orders` → why it is no tool."""

    description: Description
    proposed_url: str | None
    left_out: dict[str, str]


def describe(
    raw: bytes,
    name: str,
    *,
    operations: Collection[str] = (),
    tags: Collection[str] = (),
    auth: str | None = None,
    checks_answers: bool = True,
) -> Described:
    """Read an OpenAPI document and make tools of the operations that were asked for, or of all.

    `auth` overrides how the document says that one signs in. Raises `NotUsable`: what, where, what to do.
    """
    document = read_document(raw, name)
    pointers = Pointers(document, name)
    schemes = {"key": given_scheme(auth)} if auth else schemes_of(pointers)
    made: list[Operation] = []
    left_out: dict[str, str] = {}
    for one in chosen(pointers, operations=operations, tags=tags):
        try:
            security = (("key",),) if auth else security_of(one, pointers, schemes)
            tool = _converted(one, pointers, checks_answers=checks_answers)
            made.append(tool.model_copy(update={"security": security}))
        except LeftOut as why:
            left_out[one.place] = str(why)
    if not made:
        first, why = next(iter(left_out.items()))
        raise NotUsable(f"{name}: none of its operations can become a tool; {first}, for one: {why}.")
    used = {scheme for one in made for each in one.security for scheme in each}
    description = Description(
        server=_server(document),
        title=_title(document),
        document=digest(document),
        schemes={scheme: how for scheme, how in schemes.items() if scheme in used},
        operations=tuple(made),
    )
    _check_size(description, name)
    return Described(description, proposed_url(pointers), left_out)


def _converted(one: Written, pointers: Pointers, *, checks_answers: bool) -> Operation:
    # The library takes half a second to load, and only who converts a document needs it.
    from missiondesk.integrations.openapi.converting import converted

    return converted(one, pointers, checks_answers=checks_answers)


def _title(document: dict[str, Any]) -> str:
    return shortened(str(fields_of(document.get("info")).get("title") or "HTTP API"), 80)


def _server(document: dict[str, Any]) -> str:
    """The name our server gives itself: the title, not the version, so that a release alone moves no pin."""
    return "openapi-" + (re.sub(r"[^a-z0-9]+", "-", _title(document).lower()).strip("-") or "api")


def _check_size(description: Description, name: str) -> None:
    size = sum(len(canonical(one.definition.kept)) for one in description.operations)
    if size > _LARGEST:
        raise NotUsable(
            f"{name}: the definitions of its {len(description.operations)} tools have {size:,} bytes; at most "
            f"{_LARGEST:,} are taken: choose with --tag or --operation."
        )
