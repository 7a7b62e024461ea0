"""An installation's folder and database, and somebody who types `missiondesk connections …` there."""

import asyncio
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.support.typed import in_this_process

DECIDED = """
[tool.get_ticket]
effect = "read"
title = "Ticket"
bind = { customer_id = "$customer" }
owner = ["$.customer_id"]

[tool.close_ticket]
effect = "write"
title = "Close a ticket"
bind = { customer_id = "$customer" }
effect_class = "neither"
card = "Close ticket {ticket_id}"

[tool.fetch_page]
effect = "off"
"""


@dataclass(frozen=True, slots=True)
class Terminal:
    """An installation's folder and database, and somebody at a terminal there."""

    company: Path
    environ: dict[str, str]

    async def types(self, *words: str, status: int = 0, said: str = "", **environ: str) -> str:
        """What `missiondesk connections …` printed; `said` is typed in."""
        printed = await asyncio.to_thread(in_this_process, ("connections", *words), self.environ | environ, said)
        assert printed.status == status, printed.text
        return printed.text

    @property
    def file(self) -> Path:
        return self.company / "connections" / "tickets.toml"

    def decide(self) -> None:
        """Write down what each tool is, in place of the proposals."""
        head = self.file.read_text(encoding="utf-8").partition("[tool.")[0]
        assert tomllib.loads(head)["server"] == "tickets"
        self.file.write_text(head + DECIDED, encoding="utf-8")
