"""What a command asks the person at the terminal, and what it says where nobody is there to answer."""

import os
import sys

import typer

from missiondesk.kit.errors import Invalid, Refused


class NotAgreed(Refused):
    """Nobody said yes, so nothing was done."""


def agreed(question: str) -> None:
    """Go on if somebody says yes. Raises `NotAgreed` where nobody answers; a no ends the command."""
    try:
        yes = typer.confirm(question)
    except typer.Abort:
        raise NotAgreed(
            "Nobody said yes, so nothing was done. Answer at a terminal, or read it above and say --yes."
        ) from None
    if not yes:
        raise typer.Abort


def value_of(name: str) -> str:
    """From the environment, or asked for without showing it."""
    if name in os.environ:
        return os.environ[name]
    if not sys.stdin.isatty():
        raise Invalid(f"${name} has no value: put it in the environment, or go to a terminal, where it is asked for.")
    return typer.prompt(f"${name}", hide_input=True)
