"""Guesses about a tool that nobody decided on, from its names and schemas. Each is for a person to confirm."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from missiondesk.integrations.schemas.reach import words_in
from missiondesk.integrations.schemas.schema import alternatives, arguments_of, types_of
from missiondesk.kit.json_values import is_object

Verb = Literal["read", "write"]
DEEPEST = 8

_READS = set(words_in("get list find search read lookup fetch show describe count check view retrieve browse"))
_MANY = {"list", "search", "find", "browse"}
_CHANGES = set(  # never a noun, so the first word of a description can be one
    words_in(
        "activate add archive assign cancel create deactivate delete disable enable execute grant insert modify "
        "remove replace reset restore revoke send submit unsubscribe update upsert"
    )
)
_WRITES = _CHANGES | set(
    words_in(
        "apply approve book capture change charge close confirm edit email exchange invite issue mark merge move "
        "notify open patch pay post publish purchase put redeem refund register reject reserve return run schedule set "
        "start stop subscribe transfer trigger void write"
    )
)
_OWNERS = ("customer", "user", "account", "owner", "client", "member", "buyer", "contact")
_OWNER_WORDS = {f"{one}_id": index for index, one in enumerate(_OWNERS)}
_PLACES = set(words_in("email mail iban bic account address phone mobile recipient payee destination payout"))
_NO_PLACE = set(words_in("subject body text reason note type template verified count"))
_WITH_AN_ADDRESS = {"city", "zip", "postcode", "postal", "street", "state", "country", "region"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Where a result names whose it is. `bare`: lists whose records name nobody."""

    paths: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    word: str | None
    path: str


def verb_of(name: str) -> Verb | None:
    """Whether a tool's name reads like a read or like a change; `None` when nobody can tell."""
    words = words_in(name)
    if {"and", "or", "then"} & set(words) or words[:2] in (["check", "out"], ["check", "in"]):
        return None
    if words[:2] == ["look", "up"]:
        return "read"
    known = [word for word in (*words[:2], *words[-1:]) if word in _READS | _WRITES]
    if not known or known[0] in _READS:
        return "read" if known else None
    return None if _READS & set(known) else "write"  # `return_list`: a list of returns, or the return of a list


def describes_a_change(description: str) -> bool:
    """Whether a description begins like one of a change: "Creates an order."."""
    [first] = words_in(description[:80])[:1] or [""]
    return bool({first, first.removesuffix("s"), first.removesuffix("es")} & _CHANGES)


def owner_arguments(schema: Mapping[str, Any]) -> list[str]:
    """Arguments that say whose records are meant, the likeliest first."""
    named = [(word, name) for name in arguments_of(schema) if (word := _owner_word(name))]
    return [name for _, name in sorted(named, key=lambda one: _OWNER_WORDS[one[0]])]


def owner_in(schema: Any, name: str, *, like: str | None) -> Owner | None:
    """Where results name their owner: by the word of the argument `like`, else by the likeliest; `None`: nowhere."""
    fields = list(_fields(schema, schema, "$", 0)) if is_object(schema) else []
    words = {field.word for field in fields if field.word}
    wanted = _owner_word(like) if like else None
    word = wanted if wanted in words else min(words, key=lambda one: _OWNER_WORDS[one], default=None)
    if word is None:
        return None
    paths = sorted({field.path for field in fields if field.word == word}, key=lambda one: (one.count("[*]"), len(one)))
    firm = [path.rpartition(".")[0] for path in paths]
    if _MANY & set(words_in(name)):
        firm = [path for path in firm if path != "$"]  # beside a list of records it may only repeat what was asked
    lists = [field.path for field in fields if field.word is None]
    bare = [one for one in lists if not any(_within(one, path) or path.startswith(f"{one}[*]") for path in firm)]
    return Owner(tuple(paths), tuple(bare))


def key_argument(schema: Mapping[str, Any]) -> str | None:
    """The argument that is named like one for an idempotency key."""
    names = [name for name in arguments_of(schema) if {"idempotency", "idempotent"} & set(words_in(name))]
    return names[0] if len(names) == 1 else None


def destination_arguments(names: Sequence[str]) -> list[str]:
    """Arguments that say where something goes to."""
    told = {name: [re.sub(r"\d+$", "", word) for word in words_in(name)] for name in names}
    found = [name for name, words in told.items() if _is_place(words)]
    addressed = any({"address", "street"} & set(words) for words in told.values())
    return [name for name in names if name in found or (addressed and _WITH_AN_ADDRESS & set(told[name]))]


def in_words(name: str) -> str:
    """`cancel_pending_order` as a title: "Cancel pending order"."""
    return " ".join(words_in(name)).capitalize()


def _is_place(words: Sequence[str]) -> bool:
    if words[-1:] and words[-1] in _NO_PLACE:
        return False
    return bool(_PLACES & set(words)) or {"payment", "method"} <= set(words) or list(words) == ["to"]


def _owner_word(name: str) -> str | None:
    word = "_".join(words_in(name))
    return word if word in _OWNER_WORDS else None


def _within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


def _fields(schema: Any, root: Mapping[str, Any], path: str, depth: int) -> Iterator[_Field]:
    """The fields that name an owner, and the lists of records, which have no `word`."""
    if depth > DEEPEST:
        return
    for one in alternatives(schema, root):
        named: Mapping[str, Any] = one.get("properties", {})
        for name, of in named.items():
            if re.fullmatch(r"[^'\\\x00-\x1f]+", name) is None:
                continue
            here = f"{path}.{name}" if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else f"{path}['{name}']"
            if (word := _owner_word(name)) and _is_id(of, root):
                yield _Field(word, here)
            elif name in _OWNERS and any("id" in inner.get("properties", {}) for inner in alternatives(of, root)):
                yield _Field(f"{name}_id", f"{here}.id")
            else:
                yield from _fields(of, root, here, depth + 1)
        if is_object(items := one.get("items")):
            if any("properties" in inner for inner in alternatives(items, root)):
                yield _Field(None, path)
            yield from _fields(items, root, f"{path}[*]", depth + 1)


def _is_id(schema: Any, root: Mapping[str, Any]) -> bool:
    told = [types_of(one) for one in alternatives(schema, root)]
    return all(one is None or one & {"string", "integer"} for one in told)
