"""What the suite starts for each scenario, with the address as the last argument. It starts all of them at once.

Two at a time is what a small machine can do, so the others wait before anything large is loaded.
"""

import fcntl
import os
import sys
from pathlib import Path

AT_ONCE = 2


def main() -> int:
    turns = Path(os.environ["MISSIONDESK_HOME"]) / "turns"
    turns.mkdir(exist_ok=True)
    with (turns / str(os.getpid() % AT_ONCE)).open("w") as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)
        from evals.mcp_client.connecting import connect

        return connect(
            os.environ.get("MCP_CONFORMANCE_SCENARIO", ""),
            sys.argv[-1],
            os.environ.get("MCP_CONFORMANCE_CONTEXT", "{}"),
        )


if __name__ == "__main__":
    sys.exit(main())
