"""What our care costs on a call: a gated read beside the bare client of the SDK doing the same call in the same run."""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import httpx2
import psutil
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from bench.systems import Kind
from bench.timing import ms, p95, timed
from missiondesk.ids import ConnectionId, CustomerId, MissionId, random_id
from missiondesk.integrations import Connection, Connections, Declared, Gate, Reviewed, Scope, drafted, look_at
from missiondesk.integrations.mcp_client import Channel
from missiondesk.kit.database import Database
from missiondesk.trace import open_trace
from tests.support.postgres import started

CALLS, WARM = 300, 30
ARGUMENTS = {"order_id": "4471"}
READ = {"effect": "read", "title": "Order", "bind": {"customer_id": "$customer"}, "owner": ["$.customer_id"]}
RECORDS = {ConnectionId("orders"): "c-1"}


async def gated_read() -> dict[str, Any]:
    """The target: at most 5 ms more at the median than the bare call, and at most 2.5 times at the 95th percentile."""
    bare, gated = list[float](), list[float]()
    async with (
        orders() as (url, connections, database),
        httpx2.AsyncClient() as http,
        Client(streamable_http_client(url, http_client=http), cache=None) as client,
    ):
        for round_ in range((CALLS + WARM) // 30):
            gate = await gate_of(connections, database)
            for number in range(30):  # in turns, so that both meet the same machine
                first = await timed(lambda: client.session.call_tool("get_order", {**ARGUMENTS, "customer_id": "c-1"}))
                second = await timed(
                    lambda gate=gate, number=number: gate.read("orders.get_order", ARGUMENTS, step=str(number))
                )
                if round_ * 30 >= WARM:
                    bare.append(first)
                    gated.append(second)
    return {
        "bare_ms_median": ms(statistics.median(bare)),
        "gated_ms_median": ms(statistics.median(gated)),
        "ms_more_at_the_median": ms(statistics.median(gated) - statistics.median(bare)),
        "bare_ms_p95": ms(p95(bare)),
        "gated_ms_p95": ms(p95(gated)),
        "times_at_p95": round(p95(gated) / p95(bare), 2),
    }


async def concurrent_reads() -> dict[str, Any]:
    """100 reads of one connection at once, ten of them of a tool that takes two seconds."""
    async with orders() as (_, connections, database):
        gates = [await gate_of(connections, database) for _ in range(100)]
        await gates[0].read("orders.get_order", ARGUMENTS, step="warm")

        async def read(number: int) -> tuple[bool, float]:
            slow = number % 10 == 0
            tool = "orders.slow_order" if slow else "orders.get_order"
            return slow, await timed(lambda: gates[number].read(tool, ARGUMENTS, step="one"))

        took = await asyncio.gather(*(read(number) for number in range(100)))
    quick, slow = ([seconds for is_slow, seconds in took if is_slow is wanted] for wanted in (False, True))
    return {
        "quick_ms_slowest": ms(max(quick)),
        "slow_ms_slowest": ms(max(slow)),
        "quick_ms_median": ms(statistics.median(quick)),
    }


async def many_tools() -> dict[str, Any]:
    """A connection with 300 tools: listed by the SDK alone, and listed, drafted, compared and pinned by us."""
    with serving("many") as url:
        file = Connection.model_validate(
            {"id": "many", "title": "Many", "server": "", "http": {"url": url, "allow_private": ["127.0.0.1"]}}
        )
        connections = Connections(Declared(), patience=10)
        await look_at(connections, file, {})
        async with (
            httpx2.AsyncClient() as http,
            Client(streamable_http_client(url, http_client=http), cache=None) as bare,
        ):
            alone = await timed(lambda: bare.list_tools(cache_mode="refresh"))

        async def review() -> None:
            listing = await look_at(connections, file, {})
            made, _ = drafted(file, listing)
            assert len(made.tool) == 300
            pins = {name: one.pin("many", listing.server) for name, one in listing.tools.items()}
            assert len(pins) == 300

        ours = await timed(review)
    return {"bare_list_ms": ms(alone), "listed_drafted_and_pinned_ms": ms(ours), "times": round(ours / alone, 2)}


async def idle_memory() -> dict[str, Any]:
    """What one more open connection keeps, beside what one more open client of the SDK keeps."""
    process = psutil.Process(os.getpid())
    with serving("orders") as url:
        channels = [Channel(url=url, allow_private=["127.0.0.1"]) for _ in range(21)]
        await channels[0].definitions()
        before = process.memory_info().rss
        for channel in channels[1:]:
            await channel.definitions()
        ours = process.memory_info().rss - before
        async with AsyncExitStack() as stack:
            before = process.memory_info().rss
            for _ in range(20):
                http = await stack.enter_async_context(httpx2.AsyncClient())
                client = Client(streamable_http_client(url, http_client=http), cache=None)
                await (await stack.enter_async_context(client)).list_tools()
            bare = process.memory_info().rss - before
        for channel in channels:
            await channel.close()
    return {"kib_a_connection": round(ours / 20 / 1024), "kib_a_bare_client": round(bare / 20 / 1024)}


@asynccontextmanager
async def orders() -> AsyncGenerator[tuple[str, Connections, Database]]:
    """The system `orders`, reviewed, and a database for what is observed."""
    with serving("orders") as url, started() as postgres, postgres.cloned() as clone:
        about = {"id": "orders", "title": "Orders", "server": "orders", "tool": {"get_order": READ, "slow_order": READ}}
        file = Connection.model_validate({**about, "http": {"url": url, "allow_private": ["127.0.0.1"]}})
        channel = Channel(url=url, allow_private=["127.0.0.1"])
        listing = await channel.definitions()
        await channel.close()
        review = Reviewed(server="orders", tools={name: one.kept for name, one in listing.tools.items()})
        connections, database = (
            Connections(Declared({"orders": file}, {"orders": review}), patience=10),
            Database(clone.url),
        )
        try:
            yield url, connections, database
        finally:
            await connections.close()
            await database.close()


async def gate_of(connections: Connections, database: Database) -> Gate:
    """The gate of a mission of its own."""
    mission_id = MissionId(random_id("mission"))
    async with database.transaction() as tx:
        await open_trace(tx, mission_id)
    scope = Scope(mission_id, CustomerId("customer-1"), RECORDS)
    tools = ("orders.get_order", "orders.slow_order")
    return Gate(connections, scope, tools=tools, turn=1, trace=(), open_=database.transaction)


@contextmanager
def serving(kind: Kind) -> Generator[str]:
    """One of the systems in a process of its own, until it is not needed any more."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "bench.systems", kind, str(port)])
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
