"""One installation as an operator makes it: a folder, a review, `missiondesk serve` as a process, and people."""

import asyncio
import csv
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.retail.database import database_of_its_own
from evals.retail.record import Records
from evals.retail.system import STATE_KEY, System, Task
from evals.retail.worker import worker_for
from tests.support.scripted_model import ScriptedModel

STAFF = {"ana@shop.example": "agent", "sara@shop.example": "supervisor", "samir@shop.example": "supervisor"}
PASSWORD = "one-password-for-the-exam"
_PROGRAM = str(Path(sys.executable).with_name("missiondesk"))
_START, _END, _LOOK = 90.0, 20.0, 0.05  # seconds


class ExamFailed(Exception):
    """The exam itself could not go on; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Installation:
    """`url` is where it serves; `records` is the system of record behind it."""

    url: str
    records: Records


def email_of(task: Task) -> str:
    return f"{task.user_id}@customers.example"


@asynccontextmanager
async def installed(system: System, tasks: Sequence[Task], policy: Path | None) -> AsyncGenerator[Installation]:
    """Up, with a customer for each task; gone afterwards. No two `tasks` have the same customer.

    `policy`: instead of the company's own.
    """
    async with AsyncExitStack() as stack:
        home = _folder(stack.enter_context(TemporaryDirectory(prefix="missiondesk-exam-")), system.company)
        if policy is not None:
            shutil.copyfile(policy, home / "company" / "policy.toml")
        model = stack.enter_context(ScriptedModel(worker_for(system, tasks)))
        database = await stack.enter_async_context(database_of_its_own())
        environment = {
            **_surroundings(),
            **database,
            "MISSIONDESK_HOME": str(home / "home"),
            "MISSIONDESK_COMPANY": str(home / "company"),
            "MISSIONDESK_PORT": "0",
            "MISSIONDESK_MODEL": "openai:exam",
            "MISSIONDESK_PASSWORD": PASSWORD,
            "MISSIONDESK_TOOL_PATIENCE": "30",  # a busy machine is not what is examined
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "none is needed",
            system.setting: system.installed or system.program,
            f"{system.setting}_STATE_DIR": str(home / "state"),
        }
        await _command(environment, "connections", "review", system.id, "--yes")
        url = await stack.enter_async_context(_serving(environment, home / "serve.log"))
        for email, role in STAFF.items():
            await _command(environment, "people", "add", email.partition("@")[0].title(), email, role)
        await _add_customers(environment, system, tasks, home)
        yield Installation(url, Records(system, home / "state"))


def _surroundings() -> dict[str, str]:
    """Our own environment without what is set for some other Missiondesk."""
    ours = ("MISSIONDESK_", "DATABASE_URL", "OPENAI_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _folder(made: str, company: Path) -> Path:
    """An empty home with the company's files in it."""
    home = Path(made)
    home.chmod(0o711)  # as root, the embedded database is another user
    shutil.copytree(company, home / "company")
    return home


async def _add_customers(environment: Mapping[str, str], system: System, tasks: Sequence[Task], home: Path) -> None:
    file = home / "customers.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["name", "email", "password", system.id, f"{system.id}.{STATE_KEY}"])
        rows.writerows([task.user_id, email_of(task), PASSWORD, task.user_id, task.key] for task in tasks)
    await _command(environment, "people", "import-customers", system.id, str(file))


async def _command(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a command of the CLI to its end. Raises `ExamFailed` with what it said."""
    process = await asyncio.create_subprocess_exec(
        _PROGRAM,
        *arguments,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise ExamFailed(f"missiondesk {' '.join(arguments)} ended with {process.returncode}: {said.decode()[-2000:]}")


@asynccontextmanager
async def _serving(environment: Mapping[str, str], log: Path) -> AsyncGenerator[str]:
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            _PROGRAM, "serve", env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        yield await _address(process, log)
    finally:
        if process.returncode is not None:
            sys.stderr.write(f"  missiondesk serve ended by itself, with {process.returncode}\n")
        else:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), _END)
            except TimeoutError:
                process.kill()
                await process.wait()
        sys.stderr.write(_complaints(log))


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    """Where it serves, by its own words."""
    try:
        async with asyncio.timeout(_START):
            while process.returncode is None:
                if found := re.search(r"serves on (http://\S+?);", _words(log)):
                    return found[1]
                await asyncio.sleep(_LOOK)
    except TimeoutError:
        raise ExamFailed(f"missiondesk serve did not listen in {_START:.0f} s: {_words(log)[-2000:]}") from None
    raise ExamFailed(f"missiondesk serve ended with {process.returncode}: {_words(log)[-2000:]}")


def _words(log: Path) -> str:
    return re.sub(r"\x1b\[[0-9;]*m|\n", "", log.read_text(encoding="utf-8", errors="replace"))


def _complaints(log: Path) -> str:
    """What it logged, for whoever wants to know why a task differs."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "".join(f"  {line}\n" for line in lines[1:][-30:])
