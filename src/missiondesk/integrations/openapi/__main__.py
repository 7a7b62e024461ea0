"""`python -m missiondesk.integrations.openapi ID.openapi.json`: the tools of a described HTTP API, over stdio."""

import logging
import os
import sys
from pathlib import Path

from missiondesk.integrations.openapi.credentials import Secrets
from missiondesk.integrations.openapi.description import read_description
from missiondesk.integrations.openapi.serving import read_where, serve
from missiondesk.kit.errors import Trouble


def main() -> None:
    """What is wrong is one sentence on stderr, and exit status 1 or 2."""
    logging.basicConfig(level=logging.WARNING)  # below it, requests are logged with their addresses
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m missiondesk.integrations.openapi ID.openapi.json\n")
        sys.exit(2)
    try:
        description = read_description(Path(sys.argv[1]))
        serve(description, read_where(os.environ), Secrets(description.schemes, os.environ))
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        sys.exit(1)
    os._exit(0)  # at once: whoever closed our input waits for our end, and nothing here is worth tidying up


if __name__ == "__main__":
    main()
