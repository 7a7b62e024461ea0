"""`missiondesk trace`: what was seen, thought, asked, decided and done; and whether it is as it was written."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from missiondesk.app import database_at
from missiondesk.cli.client import AsJson, console, get
from missiondesk.ids import CaseId, MissionId
from missiondesk.kit.settings import Settings
from missiondesk.missions import missions_of
from missiondesk.trace import Verified, verify

app = typer.Typer(help="Traces of missions.", no_args_is_help=True)


@app.command()
def show(mission: str, *, as_json: AsJson = False) -> None:
    """The trace of one mission, in order."""
    page = get(f"/api/desk/missions/{mission}/observations")
    if as_json:
        console.print_json(data=page)
        return
    for one in page["items"]:
        policy = one["detail"].get("policy")
        console.print(f"{one['n']:>4}  {one['kind']:<11} {one['line']}{f' ({policy})' if policy else ''}")
    state = f"verified to #{page['verified_to']}" if page["verified"] else f"BROKEN: {page['broken']}"
    console.print(state)


@app.command("verify")
def verify_trace(
    which: Annotated[str, typer.Argument(help="A mission's or a case's id.")], *, as_json: AsJson = False
) -> None:
    """Compute the chain anew from the database itself, and name the first observation that is not as it was written."""
    found = asyncio.run(_verified(which))
    whole = all(one.broken is None for one in found.values()) and bool(found)
    if as_json:
        told = {mission: {"to": one.to, "broken": one.broken} for mission, one in found.items()}
        sys.stdout.write(json.dumps({"verified": whole, "missions": told}) + "\n")
    elif not found:
        console.print(f"There is no mission or case {which}.")
    else:
        for mission, one in found.items():
            state = f"verified to #{one.to}" if one.broken is None else f"BROKEN: {one.broken}"
            console.print(f"{mission}: {state}")
    if not whole:
        raise typer.Exit(1)


async def _verified(which: str) -> dict[str, Verified]:
    async with database_at(Settings.read(), must_exist=True) as database, database.transaction() as tx:
        missions = [one.id for one in await missions_of(tx, CaseId(which))] or (
            [MissionId(which)] if which.startswith("mission-") else []
        )
        return {mission: await verify(tx, mission) for mission in missions}
