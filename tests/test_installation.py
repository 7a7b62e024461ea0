"""An installation's folder that could not work is refused at the start, by file and field."""

import shutil
from pathlib import Path

import pytest

from missiondesk.app import running
from missiondesk.cli.demo import company_folder
from missiondesk.ids import ConnectionId
from missiondesk.kit.errors import Misconfigured
from missiondesk.kit.settings import Settings
from tests.demo.northwind import Northwind
from tests.support.company import edit
from tests.support.postgres import Cloned
from tests.support.world import settings_for

BRIEF = "briefs/duplicate-charge/BRIEF.md"


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (BRIEF, '"shop.get_order"', '"shop.get_odrer"', "names shop.get_odrer, which is no reviewed tool"),
        (BRIEF, "reads = ", "xreads = ", "BRIEF.md: xreads"),
        (BRIEF, "+++\n", "---\n", "must begin with TOML"),
        ("briefs/duplicate-charge/procedure.py", "async def next_move", "async def next_mvoe", "needs `async def"),
        ("briefs/duplicate-charge/procedure.py", "async def next_move(", "async def next_move((", "procedure.py"),
        ("portals/northwind.toml", '"duplicate-charge"', '"charged"', "names the brief 'charged'"),
        ("policy.toml", "deny = ", "deny = maybe ", "policy.toml: is not valid TOML"),
        ("connections/billing.toml", "bind = { customer_id", "bind = { custmer_id", "custmer_id"),
        (
            "connections/billing.toml",
            '"billing.find_refund", args',
            '"billing.find_it", args',
            "no read of a connection",
        ),
    ],
)
async def test_what_could_not_work_is_named(
    database: Cloned, northwind: Northwind, tmp_path: Path, file: str, before: str, after: str, says: str
) -> None:
    company = Path(shutil.copytree(company_folder(), tmp_path / "company"))
    text = (company / file).read_text()
    assert before in text
    (company / file).write_text(text.replace(before, after, 1))
    with pytest.raises(Misconfigured) as wrong:
        async with running(settings_for(database, tmp_path, company=str(company))):
            pass
    assert says in str(wrong.value)


async def test_another_folder_is_no_installation(database: Cloned, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="not an installation's folder"):
        async with running(settings_for(database, tmp_path, company=str(tmp_path))):
            pass


@pytest.mark.parametrize("port", ["70000", "-1", "many"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(Misconfigured, match="MISSIONDESK_PORT"):
        Settings.read({"MISSIONDESK_PORT": port})


async def test_one_system_without_its_credentials_keeps_nobody_else_from_starting(
    database: Cloned, northwind: Northwind, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    company = Path(shutil.copytree(company_folder(), tmp_path / "company"))
    edit(company / "connections" / "billing.toml", "$NORTHWIND_BILLING_URL", "$NO_SUCH_URL")
    async with running(settings_for(database, tmp_path, company=str(company))) as here:
        known = here.parts.connections.known("billing.list_payments")
        assert known is not None
        answer = await here.parts.connections.ask(known, {}, {ConnectionId("billing"): "acct_5001"})
    assert "needs a value for $NO_SUCH_URL" in caplog.text
    assert (answer.kind, "needs a value for $NO_SUCH_URL" in answer.value) == ("gone", True)
