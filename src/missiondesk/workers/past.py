"""What became of a mission's earlier proposals: all that a worker learns of decisions and effects."""

from dataclasses import dataclass

from missiondesk.decisions import Change, Closed


@dataclass(frozen=True, slots=True)
class Receipt:
    """One action of a proposal, afterwards. `state`: done, failed, stale, skipped. `reference` is the system's own."""

    tool: str
    sentence: str
    state: str
    reference: str | None
    why: str | None
    proved: bool | None


@dataclass(frozen=True, slots=True)
class Past:
    """One answered proposal. `reason`: what the person said who rejected it or sent it back.

    `changes` is what made it stale.

    `edited` is what a person had changed in what was proposed.
    """

    closed: Closed
    by: str
    reason: str | None
    receipts: tuple[Receipt, ...]
    changes: tuple[Change, ...] = ()
    edited: tuple[Change, ...] = ()

    @property
    def done(self) -> bool:
        """Approved, everything in it happened, and nothing read back speaks against it."""
        return self.closed == "approved" and all(r.state == "done" and r.proved is not False for r in self.receipts)

    @property
    def changed_something(self) -> bool:
        return any(receipt.state == "done" for receipt in self.receipts)

    @property
    def stale(self) -> bool:
        return any(receipt.state == "stale" for receipt in self.receipts)
