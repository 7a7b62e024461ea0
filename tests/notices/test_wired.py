"""A Missiondesk that runs tells people by itself."""

from pathlib import Path

import pytest

from missiondesk.app import running
from missiondesk.kit.errors import Misconfigured
from tests.demo.northwind import Northwind
from tests.notices.receiver import SECRET, Receiver, to_webhook
from tests.support.company import copied
from tests.support.postgres import Cloned
from tests.support.world import CHARGED_TWICE, settings_for, until, world_at


async def test_a_customer_writes_and_somebody_hears_that_a_proposal_waits(
    database: Cloned, northwind: Northwind, tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = copied(tmp_path)
    (company / "notices.toml").write_text(to_webhook(receiver, "waits"), encoding="utf-8")
    monkeypatch.setenv("HOOK_URL", receiver.url)
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    public = "https://desk.example"
    async with world_at(database, northwind, tmp_path, company=str(company), public_url=public) as world:
        await (await world.customer("mira")).writes(CHARGED_TWICE)

        async def heard() -> list[str]:
            return [one["data"]["link"] for one in receiver.events]

        [link] = await until(heard, bool)
        [item] = await (await world.agent("ana")).queue()
        assert link == f"{public}/desk/queue/{item['id']}"


async def test_a_file_that_cannot_be_used_stops_the_start_with_its_place(
    database: Cloned, northwind: Northwind, tmp_path: Path
) -> None:
    company = copied(tmp_path)
    (company / "notices.toml").write_text('[route.hook]\nkind = "pigeon"\n', encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"notices\.toml: route\.hook\.kind: must be 'apprise' or 'webhook'"):
        async with running(settings_for(database, tmp_path, company=str(company))):
            pass
