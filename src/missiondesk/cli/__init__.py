"""The command line: the same doors as the pages, for people in a terminal and for programs."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from missiondesk.kit.errors import Trouble
from missiondesk.kit.text import visible

_PLACES = {
    "serve": "serving",
    "work": "serving",
    "demo": "demo",
    "login": "client",
    "cases": "cases",
    "decisions": "decisions",
    "changes": "changes",
    "freeze": "freezing",
    "unfreeze": "freezing",
    "trace": "trace",
    "people": "people",
    "keys": "keys",
    "connections": "connections",
    "policy": "policy",
    "notices": "notices",
    "insights": "insights",
    "chaos-server": "chaos",
    "prove": "prove",
}


class _Commands(TyperGroup):
    """A command's module is loaded when the command is named: who lists cases waits for no database library."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        for name in [cmd_name] if cmd_name in _PLACES else _PLACES:  # all, for "Did you mean …?"
            if name not in self.commands:
                self.add_command(_loaded(name), name)
        return self.commands.get(cmd_name)


def _loaded(name: str) -> Any:
    module = import_module(f"missiondesk.cli.{_PLACES[name]}")
    around = typer.Typer()
    if hasattr(module, "app"):
        around.add_typer(module.app, name=name)
    else:
        around.command(name)(getattr(module, name.replace("-", "_")))
    return typer.main.get_group(around).commands[name]


app = typer.Typer(
    name="missiondesk", cls=_Commands, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
)


@app.callback()
def missiondesk() -> None:
    """An AI Worker resolves customer-support cases, and a person stays in charge."""


def main(words: Sequence[str] | None = None) -> None:
    """Run a command, by default the one this program was started with. Ends in `SystemExit`.

    What is wrong is one sentence on stderr, and exit status 1.
    """
    try:
        app(words)
    except Trouble as trouble:
        told = Text.assemble((type(trouble).__name__, "red"), f": {visible(str(trouble))}")
        Console(stderr=True).print(told, soft_wrap=True)
        sys.exit(1)
