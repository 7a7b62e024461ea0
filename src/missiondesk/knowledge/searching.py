"""Searching knowledge: the newest version of each article, within the collections a brief names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Refused


class OutsideContract(Refused):
    """The brief does not allow this collection."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause of an article in a version. `score` is PostgreSQL's ts_rank of any word in common, above 0."""

    article: str
    version: int
    title: str
    clause: str
    heading: str
    text: str
    score: float

    @property
    def label(self) -> str:
        """`refund-policy@2 R-2`: how a proposal and the trace cite it."""
        return f"{self.article}@{self.version} {self.clause}"

    def json(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "version": self.version,
            "title": self.title,
            "clause": self.clause,
            "heading": self.heading,
            "text": self.text,
            "label": self.label,
        }


_SEARCH = text(
    """
    with newest as (
        select distinct on (id) id, version, title from articles
        where collection = any(:among) order by id, version desc
    ), asked as (
        select string_agg(quote_literal(word), ' | ')::tsquery as words
        from unnest(tsvector_to_array(to_tsvector('english', :question))) as word
    )
    select p.article_id, p.version, n.title, p.clause, p.heading, p.text,
           ts_rank(to_tsvector('english', p.heading || ' ' || p.heading || ' ' || p.text), asked.words) as score
    from passages p join newest n on (p.article_id, p.version) = (n.id, n.version), asked
    where to_tsvector('english', p.heading || ' ' || p.text) @@ asked.words
    order by score desc, p.article_id, p.clause limit :limit
    """
)


async def search(
    tx: Transaction, question: str, *, among: Sequence[str], allowed: Sequence[str], limit: int = 8
) -> list[Passage]:
    """Passages that share words with `question`, best first.

    Raises `OutsideContract` for a collection the brief does not name.
    """
    for collection in among:
        if collection not in allowed:
            raise OutsideContract(f"The brief does not allow the collection {collection!r}.")
    rows = await tx.execute(_SEARCH, {"among": list(among), "question": question, "limit": limit})
    return [Passage(*row) for row in rows]
