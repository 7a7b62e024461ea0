"""On the path of a process and its children: an address beyond this machine ends it, loudly."""

import os
import sys
from typing import Any

_HERE = ("127.", "::1", "localhost")


def _watch(event: str, args: tuple[Any, ...]) -> None:
    address = args[1] if event == "socket.connect" else args if event == "socket.getaddrinfo" else None
    if isinstance(address, tuple) and address and isinstance(address[0], str) and not address[0].startswith(_HERE):
        sys.stderr.write(f"went out to {address}\n")
        os._exit(97)


sys.addaudithook(_watch)
