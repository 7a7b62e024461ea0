"""The policy in versions: each as it was adopted, and the one in force, read in the transaction that rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, Table, Text, func, insert, select

from missiondesk.decisions.policy.reading import Policy, policy_from
from missiondesk.kit.database import Transaction, metadata, now

policy_versions = Table(
    "policy_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("change_id", Text, nullable=False),
    Column("adopted_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Adopted:
    """One version of the policy: its TOML, and the change that brought it. The highest `number` is in force."""

    number: int
    version: str
    text: str
    change_id: str
    adopted_at: datetime


class Policies:
    """The policy in force. `before` holds as long as none was ever adopted."""

    def __init__(self, before: Policy) -> None:
        self._before = before
        self._read: tuple[str, Policy] | None = None

    async def now(self, tx: Transaction) -> Policy:
        """The one in force, for this transaction. Each version is parsed once. Raises `Misconfigured`."""
        query = select(policy_versions.c.version).order_by(policy_versions.c.number.desc()).limit(1)
        version = await tx.scalar(query)
        if version is None:
            return self._before
        if self._read is None or self._read[0] != version:
            wanted = select(policy_versions.c.text).where(policy_versions.c.version == version).limit(1)
            self._read = version, policy_from(str(await tx.scalar(wanted)), f"The adopted {version}")
        return self._read[1]


async def adopt_policy(tx: Transaction, text: str, change_id: str) -> Adopted:
    """From now on this is in force. The caller holds the lock under which changes are adopted."""
    version = policy_from(text, "policy.toml").version
    number = (await tx.scalar(select(func.max(policy_versions.c.number))) or 0) + 1
    made = Adopted(number, version, text, change_id, await now(tx))
    values = {name: getattr(made, name) for name in Adopted.__slots__}
    await tx.execute(insert(policy_versions).values(values))
    return made


async def adopted_policies(tx: Transaction, *, most: int = 200) -> Sequence[Adopted]:
    """The newest first; the first of them is in force."""
    query = select(policy_versions).order_by(policy_versions.c.number.desc()).limit(most)
    return [Adopted(*row) for row in await tx.execute(query)]
