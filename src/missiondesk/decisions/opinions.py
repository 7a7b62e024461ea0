"""What a second model says against a proposal: asked once beside everything else, stored with what it was asked about.

An opinion is shown and does nothing: no answer waits for it, and none is kept back by it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, Column, DateTime, Table, Text, select, text, update

from missiondesk.decisions.proposals import Proposal, Shown, proposal
from missiondesk.ids import ProposalId
from missiondesk.kit.database import Transaction, announce, metadata
from missiondesk.kit.json_values import UNREADABLE

OpinionState = Literal["asked", "given", "failed"]
MOST_OPINIONS = 5
_TAKE = """insert into opinions as o (proposal_id, digest, model, state, objections, at)
    select p.id, p.digest, :model, 'asked', '[]', clock_timestamp()
    from proposals p left join opinions before on before.proposal_id = p.id
    where p.closed is null and (before.proposal_id is null
        or (before.state = 'asked' and before.at < clock_timestamp() - interval '3 minutes'))
    order by p.opened_at desc limit 1
    on conflict (proposal_id) do update set at = clock_timestamp(), model = excluded.model
        where o.state = 'asked' and o.at < clock_timestamp() - interval '3 minutes'
    returning proposal_id"""

opinions = Table(
    "opinions",
    metadata,
    Column("proposal_id", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # of the proposal that it is about
    Column("model", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("objections", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"state in {get_args(OpinionState)}", name="opinions_state"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One objection of a model. It rests on an `observation` or an `argument` that there is."""

    says: str
    observation: int | None = None
    argument: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """`asked`: no answer yet. `failed`: none came, or none that could be used."""

    model: str
    state: OpinionState
    objections: Sequence[Said]
    at: datetime


async def take_unasked(tx: Transaction, model: str) -> Proposal | None:
    """The newest open proposal that nobody asked about; from now on it is asked about, and by nobody else."""
    taken = await tx.scalar(text(_TAKE), {"model": model})
    return None if taken is None else await proposal(tx, ProposalId(taken))


async def store_opinion(tx: Transaction, about: Proposal, said: Sequence[Said] | None) -> None:
    """What came of asking; `None`: nothing of use."""
    state: OpinionState = "failed" if said is None else "given"
    mine = (opinions.c.proposal_id == about.id) & (opinions.c.digest == about.digest)
    told = json.dumps([asdict(one) for one in said or ()])
    await tx.execute(update(opinions).where(mine).values(state=state, objections=told))
    await announce(tx, "queue")


async def opinion_on(tx: Transaction, about: Shown) -> Opinion | None:
    """`None`: nobody was asked about these very bytes."""
    query = select(opinions).where(opinions.c.proposal_id == about.id, opinions.c.digest == about.digest)
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    try:
        return Opinion(row.model, row.state, [Said(**one) for one in json.loads(row.objections)], row.at)
    except UNREADABLE:  # the row was changed by hand: it is only an opinion
        return Opinion(row.model, "failed", (), row.at)
