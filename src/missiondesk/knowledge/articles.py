"""An article: one governed piece of knowledge in a version, cut into passages at its headings."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Column, DateTime, Integer, Table, Text, func, insert, select

from missiondesk.kit.canonical import digest
from missiondesk.kit.database import Transaction, metadata
from missiondesk.kit.files import read_markdown

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("collection", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
passages = Table(
    "passages",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("clause", Text, primary_key=True),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
)


class ArticleHead(BaseModel):
    """The TOML head of an article's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")
    title: str
    collection: str
    owner: str


@dataclass(frozen=True, slots=True)
class Article:
    head: ArticleHead
    body: str
    version: int = 0

    @property
    def digest(self) -> str:
        return digest({"head": self.head.model_dump(), "body": self.body})


def read_articles(company: Path) -> list[Article]:
    """All articles of an installation's folder. Raises `Misconfigured` naming file and field."""
    return [Article(*read_markdown(path, ArticleHead)) for path in sorted((company / "knowledge").glob("*.md"))]


async def publish_article(tx: Transaction, article: Article) -> Article:
    """`article` with its version: the newest one if nothing changed, else the next. The caller holds a lock."""
    newest = select(articles).where(articles.c.id == article.head.id).order_by(articles.c.version.desc()).limit(1)
    row = (await tx.execute(newest)).first()
    if row is not None and row.digest == article.digest:
        return replace(article, version=row.version)
    made = replace(article, version=row.version + 1 if row else 1)
    await tx.execute(
        insert(articles).values(**made.head.model_dump(), version=made.version, digest=made.digest, body=made.body)
    )
    for clause, heading, words in _passages(made.body):
        await tx.execute(
            insert(passages).values(
                article_id=made.head.id, version=made.version, clause=clause, heading=heading, text=words
            )
        )
    return made


def _passages(body: str) -> list[tuple[str, str, str]]:
    """Clause, heading and text of each part: `## R-2 Charged twice` is clause R-2; parts without one are numbered."""
    parts = re.split(r"^## +(.+)$", body, flags=re.MULTILINE)
    found: list[tuple[str, str, str]] = []
    for number, (heading, words) in enumerate(zip(parts[1::2], parts[2::2], strict=True), start=1):
        named = re.match(r"([A-Z]+-\d+)\s+(.+)", heading)
        clause, title = (named[1], named[2]) if named else (str(number), heading)
        found.append((clause, title.strip(), words.strip()))
    return found
