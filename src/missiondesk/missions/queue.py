"""The Decision Queue: all of a case that waits for a person, ordered by what waiting costs, a page at a time.

It reads the view `queued`: what waits, and the test proposals among it. Whoever acts on what waits, or tells people of
it, reads the view `waiting`, in which there are none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import text

from missiondesk.decisions import Attention, Risk, attention_in
from missiondesk.ids import CaseId, MissionId
from missiondesk.kit.database import Transaction
from missiondesk.kit.errors import Invalid
from missiondesk.kit.money import Money
from missiondesk.people import Staff

Kind = Literal["proposal", "unknown_effect", "handoff"]
Whose = Literal["all", "mine", "late", "aside"]
PAGE = 50
_MOST = 200

_ATTENDED = "left join attention a on a.item = w.item"
_BESIDE = f"""left join missions m on m.id = w.mission_id left join cases c on c.id = w.case_id
    left join customers cu on cu.id = c.customer_id {_ATTENDED}"""
_COLUMNS = "select w.*, m.brief, coalesce(cu.name, 'an unknown customer'), clock_timestamp(), a.*"
_ASIDE = "coalesce(a.aside_until > clock_timestamp(), false)"
_LATE = "w.due_at < clock_timestamp()"
_MINE = """(a.given_to = :me or a.given_role = :role or (a.claimed_by = :me and a.claimed_until > clock_timestamp()))"""
_WHOSE: Mapping[Whose, str] = {
    "all": f"not {_ASIDE}",
    "mine": f"{_MINE} and not {_ASIDE}",
    "late": f"{_LATE} and not {_ASIDE}",
    "aside": _ASIDE,
}


@dataclass(frozen=True, slots=True)
class InQueue:
    """One thing that waits. `due_at`: until when the customer should have an answer."""

    kind: Kind
    item: str
    mission_id: MissionId
    case_id: CaseId
    title: str
    amount: Money | None
    risk: Risk
    brief: str | None
    customer: str
    since: datetime
    due_at: datetime
    attention: Attention


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; `words` stand in the title, the subject or the customer's name."""

    whose: Whose = "all"
    kind: Kind | None = None
    brief: str | None = None
    risk: Risk | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`next` asks for the page after this one; `None`: this is the last."""

    items: list[InQueue]
    next: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, and how much of it is whose; `briefs` by name."""

    all: int
    mine: int
    late: int
    aside: int
    briefs: Mapping[str, int]


async def in_queue(tx: Transaction, who: Staff, wanted: Filter, *, after: str | None = None, limit: int = PAGE) -> Page:
    """A page of what waits, most urgent first. Raises `Invalid` for a cursor that is none, or a page too large."""
    if not 1 <= limit <= _MOST:
        raise Invalid(f"A page has 1 to {_MOST} items, not {limit}.")
    conditions, values = _conditions(wanted, who)
    if after is not None:
        conditions.append("(w.rank_at, w.item) > (cast(:rank as timestamptz), :last)")
        values |= _cursor(after)
    beside = _BESIDE if wanted.words or wanted.brief else _ATTENDED  # thousands need not be joined to list fifty
    chosen = (
        f"select w.* from queued w {beside} where {' and '.join(conditions)} order by w.rank_at, w.item limit :limit"
    )
    query = f"{_COLUMNS} from ({chosen}) w {_BESIDE} order by w.rank_at, w.item"
    rows = (await tx.execute(text(query), {**values, "limit": limit + 1})).all()
    return Page([_in_queue(row) for row in rows[:limit]], _after(rows[limit - 1]) if len(rows) > limit else None)


async def counted(tx: Transaction, who: Staff) -> Counts:
    """All of it at once, whatever is looked for."""
    query = f"""select split_part(coalesce(m.brief, ''), '@', 1) as brief,
        count(*) filter (where not {_ASIDE}) as all, count(*) filter (where {_MINE} and not {_ASIDE}) as mine,
        count(*) filter (where {_LATE} and not {_ASIDE}) as late, count(*) filter (where {_ASIDE}) as aside
        from queued w left join missions m on m.id = w.mission_id {_ATTENDED} group by 1 order by 1"""
    rows = (await tx.execute(text(query), {"me": who.id, "role": who.role})).all()
    all_, mine, late, aside = (sum(row[at] for row in rows) for at in range(1, 5))
    return Counts(all_, mine, late, aside, {row.brief: row[1] for row in rows if row.brief})


async def queue_state(tx: Transaction) -> dict[str, str]:
    """Each thing that waits, with a text that is another one when its answers or whose it is have changed."""
    query = """select w.item, concat_ws('|', w.kind, a.given_name, a.aside_until,
        case when a.claimed_until > clock_timestamp() then a.claimed_by end,
        (select string_agg(concat_ws(' ', d.id, d.held_until, d.void_at), '|' order by d.at)
         from decisions d where d.proposal_id = w.item)) as state
        from queued w left join attention a on a.item = w.item"""
    return {row.item: row.state for row in await tx.execute(text(query))}


async def one_in_queue(tx: Transaction, item: str) -> InQueue | None:
    """One thing that waits; `None`: it does no longer."""
    query = f"{_COLUMNS} from queued w {_BESIDE} where w.item = :item"
    row = (await tx.execute(text(query), {"item": item})).first()
    return _in_queue(row) if row else None


def _conditions(wanted: Filter, who: Staff) -> tuple[list[str], dict[str, Any]]:
    conditions, values = [_WHOSE[wanted.whose]], dict[str, Any]()
    if wanted.whose == "mine":
        values |= {"me": who.id, "role": who.role}
    for name, column in (("kind", "w.kind"), ("risk", "w.risk"), ("brief", "split_part(m.brief, '@', 1)")):
        if (value := getattr(wanted, name)) is not None:
            conditions.append(f"{column} = :{name}")
            values[name] = value
    if wanted.words:
        conditions.append("concat_ws(' ', w.title, c.subject, cu.name) ilike :words escape '\\'")
        values["words"] = f"%{_literally(wanted.words)}%"
    return conditions, values


def _literally(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _after(row: Any) -> str:
    return f"{row.rank_at.isoformat()}|{row[1]}"


def _cursor(after: str) -> dict[str, Any]:
    at, _, last = after.partition("|")
    try:
        return {"rank": datetime.fromisoformat(at), "last": last}
    except ValueError as error:
        raise Invalid("There is no page after that. Ask again without `after`.") from error


def _in_queue(row: Any) -> InQueue:
    kind, item, mission_id, case_id, title, amount, currency, risk, since, due_at, _, brief, customer, at, *rest = row
    money = Money(amount, currency) if amount is not None else None
    seen = attention_in([item, *rest[1:]], at)
    return InQueue(kind, item, mission_id, case_id, title, money, risk, brief, customer, since, due_at, seen)
