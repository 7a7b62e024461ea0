"""The Studio of a small installation: no portals, no briefs, one admin; asked by HTTP in this process."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from missiondesk.app import Running, running
from missiondesk.integrations import Connections
from missiondesk.people import add_staff, staff_list
from tests.support.postgres import Cloned
from tests.support.world import JSON, settings_for

PATH = "/api/studio/connections"
_PASSWORD = "a-small-installation"


@dataclass(frozen=True, slots=True)
class Studio:
    """Adele, an admin, at her Studio."""

    here: Running
    api: httpx.AsyncClient

    @property
    def connections(self) -> Connections:
        return self.here.parts.connections

    async def get(self, path: str = "") -> httpx.Response:
        return await self.api.get(f"{PATH}{path}")

    async def post(self, path: str, body: JSON) -> httpx.Response:
        return await self.api.post(f"{PATH}{path}", json=body)

    async def put(self, path: str, body: JSON) -> httpx.Response:
        return await self.api.put(f"{PATH}{path}", json=body)

    async def changes(self, view: JSON, *, secrets: JSON | None = None, **manifest: Any) -> httpx.Response:
        """Decide anew on a connection as it was shown."""
        body = {"manifest": {**view["manifest"], **manifest}, "version": view["row"]["version"]}
        given = {"secrets": secrets} if secrets is not None else {}
        return await self.put(f"/{view['manifest']['id']}", {**body, **given})

    async def listed(self) -> list[str]:
        return [row["id"] for row in (await self.get()).json()["items"]]


def company_in(home: Path) -> Path:
    """The folder of the small installation."""
    company = home / "company"
    for folder in ("portals", "briefs", "connections", "knowledge"):
        (company / folder).mkdir(parents=True, exist_ok=True)
    return company


@asynccontextmanager
async def studio_at(record: Cloned, home: Path, **settings: Any) -> AsyncGenerator[Studio]:
    """The installation, started; it serves nobody but Adele."""
    async with running(settings_for(record, home, company=str(company_in(home)), **settings)) as here:
        async with here.parts.database.transaction() as tx:
            if not await staff_list(tx):
                await add_staff(tx, name="Adele", email="adele@example.com", role="admin", password=_PASSWORD)
        transport = httpx.ASGITransport(app=here.web(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://studio.internal") as api:
            body = {"email": "adele@example.com", "password": _PASSWORD}
            token = (await api.post("/api/sessions", json=body)).json()["token"]
            api.headers["authorization"] = f"Bearer {token}"
            yield Studio(here, api)
