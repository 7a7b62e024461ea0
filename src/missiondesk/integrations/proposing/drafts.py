"""A draft manifest from what a server says of its tools, for a person to confirm. In doubt a tool is off.

A server's hints can only make things stricter: that it says "read only" is one of several things a read needs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from missiondesk.integrations.definitions import Definition
from missiondesk.integrations.fitting.fit import unfit
from missiondesk.integrations.manifest import Bound, Connection, Key, Tool
from missiondesk.integrations.proposing.guessing import (
    Verb,
    describes_a_change,
    destination_arguments,
    in_words,
    key_argument,
    owner_arguments,
    owner_in,
    verb_of,
)
from missiondesk.integrations.proposing.text import manifest_text, one_line
from missiondesk.integrations.schemas.reach import reaches_out
from missiondesk.integrations.schemas.schema import arguments_of, wrong_with
from missiondesk.kit.text import shortened, storable, visible

_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
_ALSO = "Say what of its results nobody should see (redact), and how old they may be (max_age)."
_ON_CARD = 6  # arguments in the sentence of an action


@dataclass(frozen=True, slots=True)
class Draft:
    """`doubts`: why it is not more, or what to look at before confirming it. `instead`: lines that `advice` means."""

    tool: Tool
    doubts: tuple[str, ...]
    advice: str
    instead: tuple[str, ...] = ()

    @property
    def suggestion(self) -> str:
        """What to do about it, in one line."""
        return f"{self.advice}: {', '.join(self.instead)}" if self.instead else self.advice


@dataclass(frozen=True, slots=True)
class _Told:
    """What a server says of one tool."""

    definition: Definition
    name: str
    hints: Mapping[str, bool]

    @property
    def input(self) -> Mapping[str, Any]:
        return self.definition.told["inputSchema"]

    @property
    def title(self) -> str:
        annotations: dict[str, Any] = self.definition.told.get("annotations") or {}
        said = self.definition.told.get("title") or annotations.get("title") or in_words(self.name)
        return shortened(visible(str(said)).replace("{", "(").replace("}", ")"), 80)

    @property
    def required(self) -> list[str]:
        return [name for name in self.input.get("required", ()) if name in arguments_of(self.input)]


def propose(definition: Definition, *, whole: bool = False) -> Draft:
    """What a tool probably is, and every doubt about it. `whole`: all of its connection belongs to one customer."""
    name = str(definition.told.get("name", ""))
    if not storable(json.dumps(definition.kept, ensure_ascii=False)):
        return _off(["Its definition holds half of a character."], "It can only stay off.")
    for field in ("inputSchema", "outputSchema"):
        schema = definition.told.get(field)
        if (field == "inputSchema" or schema is not None) and (wrong := wrong_with(schema)):
            return _off([f"Its {field} {wrong}."], "It can only stay off.")
    annotations: dict[str, Any] = definition.told.get("annotations") or {}
    told = _Told(definition, name, {hint: annotations[hint] for hint in _HINTS if annotations.get(hint) is not None})
    draft = _draft(told, whole)
    return draft if draft.tool.effect == "off" else _fitting(told, draft)


def as_toml(file: Connection, drafts: Mapping[str, Draft]) -> str:
    """The file that a person goes on with: it reads back to `file` with the drafted tools, doubts as comments."""
    tools = {**file.tool, **{name: draft.tool for name, draft in drafts.items()}}
    notes = {
        name: [*draft.doubts, f"{draft.advice}:" if draft.instead else draft.advice, *draft.instead]
        for name, draft in drafts.items()
    }
    return manifest_text(file.model_copy(update={"tool": tools}), notes)


def _draft(told: _Told, whole: bool) -> Draft:
    verb, reach = verb_of(told.name), reaches_out(told.definition)
    reads_only = told.hints.get("readOnlyHint") is True
    admits = told.hints.get("readOnlyHint") is False or told.hints.get("destructiveHint") is True
    if not told.hints:
        return _by_its_name(told, verb, "The server says nothing about what it does.", whole=whole)
    if reads_only and (admits or verb == "write" or describes_a_change(str(told.definition.told.get("description")))):
        why = "it destroys something" if admits else "its name or description is that of a change"
        return _if_a_write(told, [f"The server says that it only reads, yet {why}."], "If it is a change")
    if admits or verb == "write":
        return _write(told, verb)
    if not reads_only:
        return _by_its_name(told, verb, "The server does not say whether it only reads.", whole=whole)
    if reach:
        why = f"The server says that it only reads, but {reach}, which is gated like a change."
        return _if_a_write(told, [why], "If it is needed")
    if verb != "read":
        why = "The server says that it only reads; its name does not read like it."
        return _if_a_read(told, [why], "If it only reads", whole=whole)
    return _read(told, whole)


def _read(told: _Told, whole: bool) -> Draft:
    arguments = owner_arguments(told.input)
    bound = arguments[:1]
    doubts = [f"{_shown(one)} may say whose records are meant, too: it is left to the worker." for one in arguments[1:]]
    bind = _bound(bound)
    if whole:
        tool = Tool(effect="read", title=told.title, bind=bind)
        return Draft(tool, (*doubts, "All that it tells counts as that of the connection's one customer."), _ALSO)
    output = told.definition.told.get("outputSchema")
    owner = owner_in(output, told.name, like=bound[0] if bound else None)
    if owner is None:
        missing = "Its results are not described" if output is None else "Its results name no owner that we know of"
        return _if_a_read(told, [*doubts, f"{missing}: nobody can tell whose they are."], "If you can", whole=False)
    if owner.bare:
        places = ", ".join(f"{_shown(one)}[*]" for one in owner.bare)
        doubts.append(f"The records at {places} name no owner of their own.")
        return _if_a_read(told, doubts, "If they are always the customer's", whole=False)
    doubts.append(f"Is the customer's id what stands at {', '.join(owner.paths)}?")
    if bound and owner.paths == (f"$.{bound[0]}",):
        doubts.append(f"Does $.{_shown(bound[0])} tell whose the record is, or only repeat what was asked for?")
    tool = Tool(effect="read", title=told.title, bind=bind, owner=list(owner.paths))
    return Draft(tool, tuple(doubts), _ALSO)


def _write(told: _Told, verb: Verb | None) -> Draft:
    bind = _bound(owner_arguments(told.input)[:1])
    key = key_argument(told.input)
    names = [name for name in arguments_of(told.input) if name not in bind and name != key]
    shown = [name for name in told.required if name in names and not {"{", "}"} & set(name)][:_ON_CARD]
    destinations = destination_arguments(names)
    doubts = ["Its name reads like a read; the server says that it changes something."] if verb == "read" else []
    if key:
        doubts.append(f"Has asking again with the same {_shown(key)} no second effect? For how many hours (24)?")
    else:
        doubts.append("No argument takes an idempotency key: if an answer is lost, a person must look what happened.")
    if destinations:
        doubts.append(
            f"It says where something goes to: {', '.join(map(_shown, destinations))}. Are there others (destinations)?"
        )
    doubts.append("Which refusals prove that nothing happened (not_executed), and can it be taken back (reversible)?")
    tool = Tool(
        effect="write",
        title=told.title,
        bind=bind,
        effect_class="keyed" if key else "neither",
        key=Key(argument=key) if key else None,
        destinations=destinations,
        card=": ".join([told.title, ", ".join(f"{name} {{{name}}}" for name in shown)]) if shown else told.title,
    )
    return Draft(tool, tuple(doubts), "Say how to find its effect again (find) and what proves it (proof).")


def _fitting(told: _Told, draft: Draft) -> Draft:
    """A draft that would not fit its own server is no help: then the tool is off, and why is said."""
    wrong = list(unfit("Its manifest", draft.tool, told.definition, {}, {}))
    return _off(wrong, "Decide by hand what it is.") if wrong else draft


def _by_its_name(told: _Told, verb: Verb | None, why: str, *, whole: bool) -> Draft:
    match verb:
        case "read":
            return _if_a_read(told, [why], "Its name reads like a read. If it is one", whole=whole)
        case "write":
            return _if_a_write(told, [why], "Its name reads like a change. If it is one")
        case None:
            return _off([why], "Its name does not say it either: find out what it does, and decide by hand.")


def _if_a_read(told: _Told, doubts: list[str], advice: str, *, whole: bool) -> Draft:
    bound = owner_arguments(told.input)[:1]
    owner = owner_in(told.definition.told.get("outputSchema"), told.name, like=bound[0] if bound else None)
    lines = ['effect = "read"', f"title = {one_line(told.title)}", *_binding(bound)]
    if owner is not None and not whole:
        lines.append(f"owner = {one_line(list(owner.paths))}")
    elif not whole:
        lines.append('owner = ["$.…"] # where its results hold the customer\'s id; or "nobody"')
    return _off(doubts, advice, *lines)


def _if_a_write(told: _Told, doubts: list[str], advice: str) -> Draft:
    tool = _write(told, None).tool.model_dump(mode="json", exclude_defaults=True)
    return _off(doubts, advice, *(f"{name} = {one_line(value)}" for name, value in tool.items()))


def _bound(names: Sequence[str]) -> dict[str, Bound]:
    return {name: "$customer" for name in names}


def _binding(names: Sequence[str]) -> list[str]:
    return [f"bind = {one_line(_bound(names))}"] if names else []


def _off(doubts: list[str], advice: str, *instead: str) -> Draft:
    return Draft(Tool(effect="off"), tuple(doubts), advice, instead)


def _shown(name: str) -> str:
    return shortened(visible(name), 80)
