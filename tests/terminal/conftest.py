"""A terminal at an installation of one's own."""

import os
from base64 import b64encode
from pathlib import Path

import pytest

from tests.support.postgres import Cloned
from tests.support.terminal import Terminal


@pytest.fixture
def terminal(database: Cloned, tmp_path: Path) -> Terminal:
    company = tmp_path / "company"
    company.mkdir()
    environ = {
        **os.environ,
        "DATABASE_URL": database.url,
        "MISSIONDESK_OWNER_URL": database.owner_url,
        "MISSIONDESK_COMPANY": str(company),
        "MISSIONDESK_HOME": str(tmp_path / "home"),
        "MISSIONDESK_SECRET_KEY": b64encode(bytes(32)).decode(),
        "COLUMNS": "200",
    }
    return Terminal(company, environ)
