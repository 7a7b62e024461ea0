"""The sandbox's installation: the files of this package, with a review of what its ledger says today."""

import shutil
from pathlib import Path

from missiondesk.integrations import Connections, Declared, Reviewed, look_at, read_connections, write_review
from missiondesk.kit.errors import Misconfigured

CONNECTION, PORTAL, CUSTOMER, URL_NAME = "ledger", "sandbox", "c-1", "SANDBOX_LEDGER_URL"
TWO_PEOPLE_ABOVE = 3900  # in cents, as its policy says
_FILES = Path(__file__).parent / "company"


async def installed(folder: Path, url: str) -> Path:
    """An installation's folder for the ledger at `url`, reviewed by us: it is our own. Raises `Misconfigured`."""
    company = Path(shutil.copytree(_FILES, folder / "company", ignore=shutil.ignore_patterns("__pycache__")))
    procedure = company / "procedure.py"
    for brief in (company / "briefs").iterdir():
        shutil.copy(procedure, brief / "procedure.py")
    declared = read_connections(company)
    file = declared.files[CONNECTION]
    connections = Connections(Declared(), patience=10)
    try:
        listing = await look_at(connections, file, {URL_NAME: url})
    finally:
        await connections.close()
    if listing.server != file.server or not file.tool.keys() <= listing.tools.keys():
        raise Misconfigured(f"At {url} is no sandbox ledger.")
    tools = {name: listing.tools[name].kept for name in sorted(file.tool)}
    write_review(company, CONNECTION, Reviewed(server=listing.server, tools=tools))
    return company
