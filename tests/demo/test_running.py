"""Starting, announcing, ending, and the words when something is in the way."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from missiondesk_demo.systems import System
from missiondesk_demo.systems.seed import seed_missing
from tests.demo.northwind import EUR, Northwind, command, in_meta, name_of, start


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False
    )


async def test_over_stdio_the_tools_and_the_records_are_the_same(tmp_path: Path) -> None:
    program, *arguments = command("billing", "--home", tmp_path, "--stdio")
    async with Client(
        StdioServerParameters(command=program, args=arguments, env=dict(os.environ)), cache=None
    ) as client:
        assert name_of(client) == "northwind-billing"
        assert len((await client.list_tools()).tools) == 7
        refund = {
            "customer_id": "acct_5001",
            "payment_id": "pay_7702",
            "amount": {"minor": 4990, "currency": EUR},
            "reason": "Charged twice",
        }
        first = await client.call_tool("refund_payment", refund, meta=in_meta("grant-1"))
        again = await client.call_tool("refund_payment", refund, meta=in_meta("grant-1"))
        assert first.structured_content == again.structured_content
    with closing(sqlite3.connect(tmp_path / "billing.db")) as db:
        assert db.execute("select detail from calls").fetchall() == [(None,), ("replayed",)]


async def test_it_ends_when_stdin_closes_and_answers_at_the_port_it_was_given(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    system = start("crm", tmp_path, "--port", str(port))
    assert urlsplit(system.url).port == port
    async with Client(system.url, cache=None) as client:
        assert name_of(client) == "northwind-crm"
    out, _ = system.process.communicate(timeout=5)
    assert (out, system.process.returncode) == ("", 0), "one line on stdout, no more"


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_at_once_and_quietly_with_a_stream_open(tmp_path: Path, stop: signal.Signals) -> None:
    process = await asyncio.create_subprocess_exec(
        *command("shop", "--home", tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    said = await process.stdout.readline()
    port = int(said.split(b"127.0.0.1:")[1].split(b"/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST /mcp HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n"
        b"accept: application/json, text/event-stream\r\ncontent-length: 100\r\n\r\n" % port
    )
    assert await reader.readline() == b"HTTP/1.1 100 Continue\r\n"  # it is in hand, and waits for the rest
    assert await reader.readline() == b"\r\n"
    process.send_signal(stop)
    async with asyncio.timeout(2):
        out, err = await process.communicate()
        assert await reader.read() == b""
    writer.close()
    assert (process.returncode, out, err) == (0, b"", b"")


def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        ended = _run("shop", "--home", tmp_path, "--port", str(port))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"missiondesk_demo.systems: cannot listen on 127.0.0.1:{port}: Address already in use;"
        " choose another --port, or none to get a free one\n"
    )


@pytest.mark.parametrize("what", ["shop", "seed"])
def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path, what: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    ended = _run(what, "--home", in_the_way / "home")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"missiondesk_demo.systems: cannot write {in_the_way}/home/shop.db: Not a directory\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["warehouse", "--home", "x"], "invalid choice: 'warehouse' (choose from 'shop', 'billing', 'crm', 'seed')"),
        (["shop"], "the following arguments are required: --home"),
        (["shop", "--home", "x", "--port", "-1"], "'-1' is not a port; 0 to 65535, please"),
        (["shop", "--home", "x", "--port", "1", "--stdio"], "not allowed with argument"),
    ],
)
def test_a_wrong_command_line_is_explained(arguments: list[str], said: str) -> None:
    ended = _run(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_seed_makes_all_three_and_reset_starts_over(tmp_path: Path) -> None:
    first = _run("seed", "--home", tmp_path)
    assert [Path(line).name for line in first.stdout.splitlines()] == ["shop.db", "billing.db", "crm.db"]
    with closing(sqlite3.connect(tmp_path / "billing.db")) as db, db:
        db.execute("delete from refunds")
    assert _run("seed", "--home", tmp_path, "--reset").returncode == 0
    with closing(sqlite3.connect(tmp_path / "billing.db")) as db:
        assert db.execute("select count(*) from refunds").fetchone()[0] > 100


def test_starters_who_meet_share_one_whole_file(tmp_path: Path) -> None:
    def seed(_: int) -> Path:
        return seed_missing("billing", tmp_path)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(seed, range(4)))) == 1
    with closing(sqlite3.connect(tmp_path / "billing.db")) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("select count(*) from accounts").fetchone() == (300,)
    assert [path.name for path in tmp_path.iterdir()] == ["billing.db"]


async def test_a_file_that_vanished_is_told_and_one_that_came_back_is_used(northwind: Northwind) -> None:
    system: System = "shop"
    file, aside = northwind.home / "shop.db", northwind.home / "aside.db"
    file.rename(aside)
    refusal = await northwind.refused(system, "list_orders", customer_id="cus_1001")
    assert refusal == "unavailable: the records cannot be opened at the moment"
    assert not file.exists(), "no empty file in its place"
    aside.rename(file)
    assert len((await northwind.told(system, "list_orders", customer_id="cus_1001"))["orders"]) == 2
