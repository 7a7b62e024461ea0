"""The API from a terminal: signed in by `missiondesk login`, whose token lies in a file that only you can read."""

import json
import os
from collections.abc import Iterator
from getpass import getuser
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console

from missiondesk.kit.errors import SignedOut, Trouble
from missiondesk.kit.settings import Settings

console = Console(highlight=False, markup=False, emoji=False)  # words from outside are words, and nothing else
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Answered(Trouble):
    """The server said no."""


class StepUpNeeded(Answered):
    """The policy asks for your password again."""


class Unreachable(Answered):
    """The server cannot be reached."""


def login(
    email: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, envvar="MISSIONDESK_PASSWORD")],
    url: Annotated[str, typer.Option(help="Where Missiondesk serves.")] = "http://127.0.0.1:8400",
    portal: Annotated[str | None, typer.Option(help="Sign in as a customer of this portal.")] = None,
) -> None:
    """Sign in for the commands that talk to a running Missiondesk."""
    body = {"email": email, "password": password, "portal": portal}
    answer = _checked(_sent("POST", f"{url.rstrip('/')}/api/sessions", json=body))
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump({"url": url.rstrip("/"), "token": answer["token"]}, out)
    console.print(f"Signed in as {answer['name']} ({answer['role'] or 'customer'}).")


def operator() -> str:
    """Who types here, where nobody is signed in: the machine's own account."""
    return f"{getuser()} at the command line"


def get(path: str) -> dict[str, Any]:
    """Ask the server we are signed in at. Raises `SignedOut` or `Answered` with the server's own sentence."""
    return _call("GET", path)


def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
    return _call("POST", path, json=body)


def post_with_password(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The same, asking for the password where the policy wants it again, and then sending once more."""
    try:
        return post(path, body)
    except StepUpNeeded as needed:
        typer.echo(str(needed), err=True)
        post("/api/sessions/step-up", {"password": typer.prompt("Password", hide_input=True, err=True)})
        return post(path, body)


def delete(path: str) -> None:
    _call("DELETE", path)


def events(path: str) -> Iterator[dict[str, Any]]:
    """What a stream tells, as it comes, until it ends. Raises `Unreachable` when the connection breaks."""
    url, headers = _signed_in()
    silence = httpx.Timeout(30, read=60)  # the server says something every 15 s
    try:
        with httpx.stream("GET", url + path, headers=headers, timeout=silence) as response:
            if not response.is_success:
                response.read()
                _checked(response)
            for line in response.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))
    except httpx.HTTPError as error:
        raise Unreachable(f"{url} cannot be reached: {error}") from error


def _call(method: str, path: str, **more: Any) -> dict[str, Any]:
    url, headers = _signed_in()
    return _checked(_sent(method, url + path, headers=headers, **more))


def _signed_in() -> tuple[str, dict[str, str]]:
    """Where, and with which headers. Raises `SignedOut`."""
    try:
        kept = json.loads(_file().read_text())
    except (OSError, ValueError):
        raise SignedOut("Please sign in first: missiondesk login") from None
    return kept["url"], {"authorization": f"Bearer {kept['token']}"}


def _sent(method: str, url: str, **more: Any) -> httpx.Response:
    try:
        return httpx.request(method, url, timeout=30, **more)
    except httpx.HTTPError as error:
        raise Unreachable(f"{url} cannot be reached: {error}") from error


def _checked(response: httpx.Response) -> dict[str, Any]:
    if response.is_success:
        return response.json() if response.content else {}
    try:
        problem = response.json()
        sentence, code = problem["message"], problem["code"]
    except (ValueError, KeyError):
        sentence, code = f"the server answered {response.status_code}", ""
    if code == "step_up_needed":
        raise StepUpNeeded(sentence)
    raise (SignedOut if response.status_code == 401 else Answered)(sentence)


def _file() -> Path:
    return Settings.read().home / "session.json"
