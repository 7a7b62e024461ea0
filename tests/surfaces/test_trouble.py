"""What goes wrong on our side: the page still gets a problem it can read, with all headers, and nothing leaks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from missiondesk.app import PAGES
from missiondesk.kit.database import Database
from missiondesk.surfaces.front import front
from missiondesk.surfaces.installation import Installation
from tests.support.world import JSON, Customer, World


@asynccontextmanager
async def asked(app: Any) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as api:
        yield api


def problem(answer: httpx.Response) -> JSON:
    assert answer.headers["content-type"] == "application/problem+json"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


async def test_an_error_of_ours_is_a_problem_with_all_headers_and_tells_nothing() -> None:
    async with asked(front(None)) as api:  # without an installation every route runs into an error of ours
        answer = await api.get("/api/customer/portals/northwind")
    told = problem(answer)
    assert (answer.status_code, told["code"], told["nothing_sent"]) == (500, "unforeseen", False)
    assert "NoneType" not in answer.text


async def test_while_the_database_is_away_people_are_asked_to_try_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Database("postgresql://127.0.0.1:9/nobody")
    parts = replace(world.here.parts, database=gone)
    body = {"email": "ana@northwind.example", "password": "ana-clears-the-queue"}
    async with asked(front(Installation(parts, world.here.live, PAGES, None))) as api:
        answer = await api.post("/api/sessions", json=body)
    await gone.close()
    told = problem(answer)
    assert (answer.status_code, told["nothing_sent"]) == (503, False)
    assert told["message"] == "This could not be saved or read just now. Please try again."
    assert "POST /api/sessions: the database is away" in caplog.text
    assert body["password"] not in caplog.text


async def test_strangers_who_guess_do_not_keep_customers_from_their_cases(world: World, mira: Customer) -> None:
    def guess(number: int) -> Any:
        body = {"email": f"nobody-{number}@northwind.example", "password": "wrong-password"}
        return world.api.post("/api/sessions", json=body)

    guesses = [asyncio.create_task(guess(number)) for number in range(80)]
    async with asyncio.timeout(10):
        await mira.get("/api/customer/cases")
    statuses = {answer.status_code for answer in await asyncio.gather(*guesses)}
    assert statuses == {401, 429}, "some are looked at, and the rest is sent away at once"
