"""Published briefs: each difference makes a new version, and a mission keeps the one that it began with."""

from dataclasses import replace

from sqlalchemy import Column, DateTime, Integer, Table, Text, func, insert, select

from missiondesk.briefs.brief import Brief, Head
from missiondesk.kit.database import Transaction, metadata
from missiondesk.kit.errors import NotFound

briefs = Table(
    "briefs",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("head", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("procedure", Text),
    Column("published_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


async def publish_brief(tx: Transaction, brief: Brief) -> Brief:
    """`brief` with its version: the newest one if nothing changed, else the next. One at a time (the caller locks)."""
    newest = select(briefs).where(briefs.c.name == brief.name).order_by(briefs.c.version.desc()).limit(1)
    row = (await tx.execute(newest)).first()
    if row is not None and row.digest == brief.digest:
        return replace(brief, version=row.version)
    made = replace(brief, version=row.version + 1 if row else 1)
    await tx.execute(
        insert(briefs).values(
            name=made.name,
            version=made.version,
            digest=made.digest,
            head=made.head.model_dump_json(),
            body=made.body,
            procedure=made.procedure,
        )
    )
    return made


async def published(tx: Transaction, label: str) -> Brief:
    """The brief of a label such as `duplicate-charge@3`, as it was published. Raises `NotFound`."""
    name, _, version = label.rpartition("@")
    row = (await tx.execute(select(briefs).where(briefs.c.name == name, briefs.c.version == int(version)))).first()
    if row is None:
        raise NotFound(f"There is no brief {label}.")
    return Brief(Head.model_validate_json(row.head), row.body, row.procedure, row.version)
