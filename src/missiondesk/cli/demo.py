"""`missiondesk demo`: the demo company's systems as processes of their own, and the platform beside them."""

import asyncio
import fcntl
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from missiondesk.app import Running, running
from missiondesk.cli.headless import flagship
from missiondesk.cli.serving import address, listening_socket, together
from missiondesk.ids import ConnectionId, PortalId
from missiondesk.kit.errors import Misconfigured, Refused
from missiondesk.kit.settings import Settings
from missiondesk.people import add_customer, add_staff, link_record

console = Console(stderr=True, highlight=False)
SYSTEMS = ("shop", "billing", "crm")
_START = 30.0  # seconds for a system to listen


def demo(
    *,
    headless: Annotated[bool, typer.Option(help="Run the flagship case once, on fresh data, and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --headless: print one JSON object.")] = False,
    reset: Annotated[bool, typer.Option(help="Forget the demo's data, and stop.")] = False,
) -> None:
    """Start the demo company Northwind and the platform, and print where to look and how to sign in."""
    logging.basicConfig(level="WARNING", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = replace(Settings.read(), company=company_folder())
    settings = replace(settings, home=settings.home / "demo", database_url=None)  # its logins are public: never yours
    if headless:
        asyncio.run(_headless(settings, as_json=as_json))
        return
    with _alone(settings.home):
        if reset:
            shutil.rmtree(settings.home, ignore_errors=True)
            console.print(f"The demo starts over: {settings.home} is gone.", markup=False)
        else:
            asyncio.run(_demo(settings))


@contextmanager
def _alone(home: Path) -> Generator[None]:
    """One demo at a time on one folder. The lock is the kernel's: it ends with a process that is killed."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misconfigured(f"The demo in {home} is running. Stop it first, or set MISSIONDESK_HOME.") from None
        yield


def company_folder() -> Path:
    """The demo company's files; it is a stranger, so it is found, not imported."""
    found = importlib.util.find_spec("missiondesk_demo")
    if found is None or found.origin is None:
        raise Misconfigured("The demo company is not installed.")
    return Path(found.origin).parent / "company"


async def _demo(settings: Settings) -> None:
    console.print(f"[dim]Data in {escape(str(settings.home))}; `make demo-reset` starts over.[/]")
    with systems(settings.home / "systems"):
        console.print("[green]✓[/] Northwind's shop, billing and CRM are up")
        async with running(settings) as here:
            console.print("[green]✓[/] PostgreSQL and the platform are up")
            await add_people(here)
            listener = listening_socket(settings.host, settings.port, or_free=True)
            if settings.port not in (0, listener.getsockname()[1]):
                console.print(f"[yellow]Port {settings.port} is taken[/], so another one is used.")
            _welcome(address(listener), settings)
            await together(here, listener, lanes=("turns", "effects"))
    console.print("Everything has stopped; your data is kept.")


async def _headless(settings: Settings, *, as_json: bool) -> None:
    """The flagship against freshly started servers and a fresh database, through the public API."""
    home = _fresh_home()
    try:
        with systems(home / "systems"):
            async with running(replace(settings, home=home)) as here:
                await add_people(here)
                console.print("Northwind and the platform are up; Mira writes, Ana approves …")
                result = await flagship(here, home / "systems" / "billing.db", people_file())
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    else:
        console.print_json(data=result)
    if result["outcome"] != "resolved":
        raise typer.Exit(1)


def _fresh_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="missiondesk-"))
    home.chmod(0o711)  # where we are root, the database's own user must come through
    return home


def people_file() -> dict[str, Any]:
    """The demo's accounts."""
    return tomllib.loads((company_folder() / "people.toml").read_text(encoding="utf-8"))


async def add_people(here: Running) -> None:
    """The demo's staff and customers, unless they are there already."""
    told = people_file()
    for one in told["staff"]:
        await _unless_there(here, one, None)
    for one in told["customer"]:
        await _unless_there(here, one, PortalId(told["portal"]))


async def _unless_there(here: Running, one: dict[str, Any], portal: PortalId | None) -> None:
    account = {"name": one["name"], "email": one["email"], "password": one["password"]}
    async with here.parts.database.transaction() as tx:
        try:
            if portal is None:
                await add_staff(tx, **account, role=one["role"])
                return
            made = await add_customer(tx, portal, **account)
        except Refused:
            return  # a second start
        for connection, record in one["records"].items():
            await link_record(tx, made.id, ConnectionId(connection), record, how="the demo company's own file")


def _welcome(url: str, settings: Settings) -> None:
    told = people_file()
    admins = [one for one in told["staff"] if one["role"] == "admin"]
    deciding = [one for one in told["staff"] if one not in admins]
    for title, where, people in (
        ("Customer portal", f"{url}/p/{told['portal']}/", told["customer"]),
        ("Desk", f"{url}/desk/", deciding),
        ("Studio", f"{url}/studio/", admins),
    ):
        console.print(f"\n[bold]{title}[/]  {escape(where)}", soft_wrap=True)
        for one in people:
            about = one.get("role") or one["about"]
            line = f"  {one['name']:<14} {one['email']:<26} {one['password']:<22} {about}"
            console.print(line, soft_wrap=True, markup=False)
    worker = settings.model or "the procedure worker, which needs no model (MISSIONDESK_MODEL sets one)"
    console.print(f"\nWorker: {worker}", soft_wrap=True, markup=False)
    said = "“I was charged twice for order #4471 and want a refund.”"
    console.print(f"Write as Mira: {said} Then decide as Ana.", soft_wrap=True)
    check = f"MISSIONDESK_HOME={settings.home} {sys.argv[0]} trace verify CASE"
    console.print(f"Check a trace against the database itself: {check}", soft_wrap=True, markup=False)
    console.print("Ctrl-C stops everything.")


@contextmanager
def systems(home: Path) -> Generator[dict[str, str]]:
    """The three systems as processes; they end with this program, also when it is killed. Their URLs by name."""
    home.mkdir(parents=True, exist_ok=True)
    started = {name: _start(name, home) for name in SYSTEMS}
    try:
        urls = {name: _listening(name, process) for name, process in started.items()}
        os.environ.update({f"NORTHWIND_{name.upper()}_URL": url for name, url in urls.items()})
        yield urls
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            process.wait(10)
            process.communicate()


def _start(name: str, home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "missiondesk_demo.systems", name, "--home", str(home), "--while-stdin-open"]
    # a session of its own: Ctrl-C in the terminal reaches us alone, and we end it in order
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)


def _listening(name: str, process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise Misconfigured(f"The demo's {name} system ended before it listened (exit status {process.wait(_START)}).")
    return json.loads(line)["url"]
