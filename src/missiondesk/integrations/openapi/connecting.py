"""A connection to a described HTTP API: its server is a command of ours, so all else is as with any other."""

import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.openapi.description import Description

_COMMAND = ("python", "-m", "missiondesk.integrations.openapi")


def description_file(connection_id: str) -> str:
    """The name of the file beside the connection's own."""
    return f"{connection_id}.openapi.json"


def proposed_id(description: Description) -> str:
    """An id from the title: `Orders API` is `orders`; empty when there is nothing to make one from."""
    title = re.sub(r"[^a-z0-9 ]+", "", description.title.lower().replace("-", " "))
    words = [word for word in title.split() if word != "api"] or title.split()
    return "".join(words).lstrip("0123456789")[:31]


def connection_for(
    description: Description,
    *,
    id: str,
    title: str,
    url: str,
    allow_private: Collection[str] = (),
    key_header: str | None = None,
    own_write_key: bool = False,
) -> Connection:
    """The connection without any decision about its tools. Raises pydantic's `ValidationError` for `id` and `title`.

    Credentials are the secrets `$ID_KEY`, or `$ID_SCHEME` when there are several; `own_write_key`: effects have
    others, `$ID_WRITE_…`, that no process but the executor's is given.
    """
    env = {"OPENAPI_URL": url}
    if allow_private:
        env["OPENAPI_ALLOW_PRIVATE"] = ",".join(sorted(allow_private))
    if key_header:
        env["OPENAPI_KEY_HEADER"] = key_header
    names = {
        scheme.env: "KEY" if len(description.schemes) == 1 else scheme.env.removeprefix("OPENAPI_SECRET_")
        for scheme in description.schemes.values()
    }
    env |= {variable: f"${id.upper()}_{name}" for variable, name in names.items()}
    write_env = {variable: f"${id.upper()}_WRITE_{name}" for variable, name in names.items()} if own_write_key else {}
    return Connection.model_validate(
        {
            "id": id,
            "title": title,
            "server": description.server,
            "stdio": {"command": [*_COMMAND, description_file(id)], "env": env, "write_env": write_env},
        }
    )


def runnable(command: Sequence[str], folder: Path | None) -> list[str]:
    """A command as it is started. Ours is run by this very Python, on the file in the connections' `folder`."""
    if tuple(command[:3]) != _COMMAND or len(command) != 4:
        return list(command)
    return [sys.executable, *_COMMAND[1:], str(folder / command[3] if folder else command[3])]
