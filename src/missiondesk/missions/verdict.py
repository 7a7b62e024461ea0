"""The verdict: how the mission ended, why, and the proof. What it claims is checked against what really happened."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from missiondesk.workers import Conclude, Outcome, Past


class Proof(BaseModel):
    """One thing read back in the system of record, and whether it held."""

    says: str
    held: bool


class Verdict(BaseModel):
    """Stored with the mission; `text` is one line for people."""

    version: Literal[1] = 1
    outcome: Outcome
    text: str
    actions: list[str] = []
    references: list[str] = []
    proof: list[Proof] = []
    evidence: list[int] = []
    customer_told: bool


def verdict_in(stored: str) -> Verdict:
    """The verdict that was stored with a mission; one that cannot be read any more proves nothing."""
    try:
        return Verdict.model_validate_json(stored)
    except ValueError:
        return Verdict(outcome="failed", text="The verdict cannot be read any more.", customer_told=False)


def verdict_on(found: Conclude, past: Sequence[Past], proof: Sequence[Proof], *, told: bool) -> Verdict:
    """The verdict of a worker's conclusion. `resolved` needs an effect that was done and not disproved."""
    done = [receipt for one in past for receipt in one.receipts if receipt.state == "done"]
    resolved = found.outcome == "resolved" and bool(done) and all(receipt.proved is not False for receipt in done)
    outcome: Outcome = found.outcome if found.outcome != "resolved" or resolved else "explained"
    return Verdict(
        outcome=outcome,
        text=f"{found.summary.rstrip('. ')}, customer notified" if told else found.summary,
        actions=[receipt.sentence for receipt in done],
        references=[receipt.reference for receipt in done if receipt.reference],
        proof=list(proof),
        evidence=list(found.evidence),
        customer_told=told,
    )
