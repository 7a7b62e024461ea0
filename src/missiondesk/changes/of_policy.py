"""The policy as a matter of changes: its text, what is found in it, and the version that it becomes."""

from collections.abc import Collection, Sequence
from typing import Any

from missiondesk.changes.lifecycle import JSON, NONE, Change, Standing
from missiondesk.decisions import (
    DecidingRole,
    Finding,
    Policy,
    adopt_policy,
    adopted_policies,
    findings,
    policy_from,
)
from missiondesk.integrations import Known, declared
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Invalid, Misconfigured, Refused
from missiondesk.people import count_who_may

SUBJECT = "policy"
LONGEST_POLICY = 200_000  # characters


class UnfitPolicy(Invalid):
    """This policy would not do what somebody means."""


async def standing(tx: Transaction, subject: str) -> Standing:
    for newest in await adopted_policies(tx, most=1):
        return Standing(newest.version, {"text": newest.text})
    return Standing(NONE, None)


async def check(tx: Transaction, subject: str, content: JSON) -> None:
    policy = read(content["text"])
    if policy.version == (await standing(tx, subject)).version:
        raise Refused(f"{policy.version} is in force already: nothing would change.")
    wrong = [one for one in await policy_findings(tx, policy) if one.weight == "wrong"]
    if wrong:
        told = [{"weight": one.weight, "rule": one.rule, "sentence": one.sentence} for one in wrong]
        first = f"rule {wrong[0].rule}: {wrong[0].sentence}" if wrong[0].rule else wrong[0].sentence
        raise UnfitPolicy(f"{first} Put it right and propose it again.", current={"findings": told})


async def adopt(tx: Transaction, adopted: Change, by: str) -> None:
    await adopt_policy(tx, adopted.after["text"], adopted.id)


def read(text: str) -> Policy:
    """Raises `Invalid` with rule and place of what cannot be read."""
    if len(text) > LONGEST_POLICY:
        raise Invalid(f"A policy has at most {LONGEST_POLICY:,} characters, and this one {len(text):,}.")
    try:
        return policy_from(text, "policy.toml")
    except Misconfigured as wrong:
        raise Invalid(str(wrong)) from wrong


async def policy_findings(tx: Transaction, policy: Policy) -> Sequence[Finding]:
    """What `policy check` finds, by the reviewed tools and the people there are."""
    reviewed = (await declared(tx)).reviewed
    writes = {key: _arguments(one) for key, one in reviewed.items() if one.tool.effect == "write"}
    people: dict[DecidingRole, int] = {
        "agent": await count_who_may(tx, "decide"),
        "supervisor": await count_who_may(tx, "decide_as_supervisor"),
    }
    return findings(policy, writes, people)


def _arguments(one: Known) -> Collection[str] | None:
    """The names of a tool's arguments, if its schema says them all plainly."""
    schema: dict[str, Any] = one.definition.told.get("inputSchema") or {}
    plain = "properties" in schema and not {"$ref", "allOf", "anyOf", "oneOf", "patternProperties"} & schema.keys()
    return list(schema["properties"]) if plain else None
