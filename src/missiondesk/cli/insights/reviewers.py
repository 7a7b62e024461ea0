"""How people decide, as a table."""

from datetime import timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from missiondesk.cli.client import AsJson, console, get
from missiondesk.kit.spans import in_words


def reviewers(
    *, days: Annotated[int, typer.Option(min=1, max=366, help="How far back.")] = 30, as_json: AsJson = False
) -> None:
    """Time to decide, evidence opened, agreement and test proposals; an agent sees themselves alone."""
    page = get(f"/api/desk/reviewers?days={days}")
    if as_json:
        console.print_json(data=page)
        return
    everybody = [{"name": "all", "measures": page["all"]}] if page["all"] else []
    rows: list[dict[str, Any]] = [*everybody, *page["people"]]
    if not any(_any(one["measures"]) for one in rows):
        console.print(f"Nobody answered anything in the last {days} days.")
        return
    table = Table(
        "who", "answers", "in batches", "median", "p90", "evidence opened", "agreed", "reversed", "tests caught"
    )
    for one in rows:
        table.add_row(one["name"], *_row(one["measures"]))
    console.print(table)
    for one in page["tests"]:
        says = "caught" if one["caught"] else "missed"
        console.print(f"test {one['id']}, {one['at'][:10]}, {one['by']}: {says}. {one['title']}; {one['reveals']}")


def _any(of: dict[str, Any]) -> bool:
    return any(of["by_day"])


def _row(of: dict[str, Any]) -> list[str]:
    kinds = ", ".join(f"{one['count']} {one['kind']}" for one in of["kinds"])
    tests = of["caught"] + of["missed"]
    return [
        kinds,
        str(of["batched"]),
        _time(of["median"]),
        _time(of["p90"]),
        _share(of["looked"], of["single"]),
        _share(of["agreed"], of["compared"]),
        str(of["reversed"]),
        _share(of["caught"], tests),
    ]


def _time(seconds: float | None) -> str:
    return "" if seconds is None else in_words(timedelta(seconds=seconds))


def _share(some: int, of: int) -> str:
    return f"{some} of {of}" if of else ""
