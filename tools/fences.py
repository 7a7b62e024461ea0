"""Does a piece of code in a page compile? For each language a function: `None`, or what is wrong with it."""

import ast
import json
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from textwrap import dedent


def python(text: str) -> str | None:
    """A piece out of a file: it may be indented, and await at its top."""
    try:
        compile(dedent(text), "<fence>", "exec", flags=ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as refused:
        return f"not Python: {refused.msg} (line {refused.lineno} of the fence)"
    return None


def toml(text: str) -> str | None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as refused:
        return f"not TOML: {refused}"
    return None


def as_json(text: str) -> str | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as refused:
        return f"not JSON: {refused}"
    return None


def bash(text: str) -> str | None:
    shell = shutil.which("bash") or "sh"
    said = subprocess.run([shell, "-n"], input=text, text=True, capture_output=True, check=False)
    return f"not {shell}: {said.stderr.strip()}" if said.returncode else None


LANGUAGES: dict[str, Callable[[str], str | None]] = {
    "python": python,
    "py": python,
    "toml": toml,
    "json": as_json,
    "bash": bash,
    "sh": bash,
    "shell": bash,
}
