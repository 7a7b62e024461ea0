"""Five thousand open proposals: a page of the Decision Queue, found and paged, beside a bare query for its rows."""

import statistics
from typing import Any
from urllib.parse import quote

import httpx
import psycopg

from bench.effects import sandbox, until
from bench.timing import ms, p95, timed
from missiondesk.app import Running
from missiondesk.decisions import Proposal, proposals_waiting
from missiondesk.kit.database import Transaction
from missiondesk.kit.settings import Settings
from missiondesk.proving.prove.schedule import Story
from missiondesk.trace import Live
from tests.decisions.test_queue import COPIES

OPEN, TIMES, WARM = 5_000, 60, 5
ASKED = {
    "first_page": "/api/desk/proposals",
    "found_by_words": "/api/desk/proposals?words=copy%2049",
    "of_high_risk": "/api/desk/proposals?risk=high",
}


async def queue() -> dict[str, Any]:
    """The target: list, filter and page at most 100 ms at p95, through the API with its shapes and its JSON."""
    async with sandbox() as (_, people):
        await people.ask(Story(1, "keyed", None))
        await until(people.parts.database, _one)
        found = dict[str, Any]()
        with psycopg.connect(people.parts.database.url, autocommit=True) as record:
            for statement in COPIES:
                record.execute(statement.format(count=OPEN - 1).encode())
            record.execute("analyze")
            bare = [await timed(lambda: _rows(record)) for _ in range(TIMES)]
            found["bare_rows_ms_p95"] = ms(p95(bare))
        here = Running(Settings.read({}), people.parts, Live(people.parts.database.url))
        door = httpx.ASGITransport(here.web())
        async with httpx.AsyncClient(transport=door, base_url="http://127.0.0.1", verify=False) as api:
            body = {"email": "ana@sandbox.example", "password": "sandbox-only-Ana"}
            api.headers["authorization"] = f"Bearer {(await api.post('/api/sessions', json=body)).json()['token']}"
            after = quote((await _page(api, ASKED["first_page"]))["next"], safe="")
            for name, path in {**ASKED, "second_page": f"/api/desk/proposals?after={after}"}.items():
                took = [await timed(lambda path=path: _page(api, path)) for _ in range(TIMES + WARM)][WARM:]
                found[f"{name}_ms_p50"], found[f"{name}_ms_p95"] = ms(statistics.median(took)), ms(p95(took))
    return found


async def _one(tx: Transaction) -> Proposal | None:
    return next(iter(await proposals_waiting(tx)), None)


async def _page(api: httpx.AsyncClient, path: str) -> Any:
    answer = await api.get(path)
    answer.raise_for_status()
    assert answer.json()["waiting"] == OPEN
    return answer.json()


async def _rows(record: psycopg.Connection[Any]) -> None:
    record.execute(
        "select id, title, body from proposals where closed is null order by rank_at, id limit 50"
    ).fetchall()
