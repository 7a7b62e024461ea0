"""The exam of the MCP client: the protocol's own conformance suite, its client scenarios, against our client.

    python -m evals.mcp_client            both revisions
    python -m evals.mcp_client 2026-07-28 one of them

The suite comes from npm into a cache of this checkout, pinned by version and integrity in `suite/`. It serves each
scenario on loopback and starts `client.py`, which connects Missiondesk to it. One JSON object comes out.
"""
