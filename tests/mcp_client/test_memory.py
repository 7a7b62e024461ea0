"""200 MB from a server cost next to nothing: measured as the largest size that a process of ours ever had."""

import asyncio
import sys
from pathlib import Path

from tests.support.faulty import System
from tests.support.faulty_channel import ROOT
from tests.support.faulty_http import faulty_at

WORTH = 20_000  # kB: measured are 0.2 to 3 MB; a body at its cap is 2 MB
MEASURED = """
import asyncio, resource, sys
from missiondesk.integrations.mcp_client import Channel
from tests.support.faulty_channel import HERE, Command, look
from pathlib import Path

def largest():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

async def main(where, *faults):
    over_http = where.startswith("http")
    way = {"url": where, "allow_private": HERE} if over_http else Command(Path(where)).way
    channel = Channel(patience=20, **way)
    assert (await look(channel)).kind == "ok"
    before = largest()
    answers = [await look(channel, fault) for fault in faults]
    print(largest() - before, *(answer.kind for answer in answers))
    await channel.close()

asyncio.run(main(*sys.argv[1:]))
"""


async def measured(where: str, *faults: str) -> tuple[int, list[str]]:
    """By how many kB it grew, and as what the calls ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MEASURED, where, *faults, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    grown, *kinds = said.decode().split()
    return int(grown), kinds


async def test_huge_bodies_cost_no_memory() -> None:
    with faulty_at(System()) as http:
        grown, kinds = await measured(http.url, "huge_plain", "huge_chunked", "huge_stream", "huge_gzip")
    assert kinds == ["unknown"] * 4
    assert grown < WORTH


async def test_a_huge_line_costs_no_memory(tmp_path: Path) -> None:
    grown, kinds = await measured(str(tmp_path / "book"), "long_line")
    assert kinds == ["unknown"]
    assert grown < WORTH
