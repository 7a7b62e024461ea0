"""The retail exam: 114 tasks of a shop's support desk, on a real MCP server that keeps its own records.

    python -m evals.retail                     all tasks; every proposal is approved
    python -m evals.retail --reject            the same, every proposal rejected: the records never move
    python -m evals.retail --reject 0,1        only in these
    python -m evals.retail --tasks 0,64,105    some of them
    python -m evals.retail --thresholds        under `thresholds.toml`: some goes by itself, some needs two people

It goes through the doors that everybody has, and never imports `missiondesk`: `missiondesk serve` as a process, cases
and decisions over the HTTP API, a language model behind `OPENAI_BASE_URL` that plays each task's gold actions. What
happened is judged by the file of the system of record, and not by what Missiondesk says of it.
"""
