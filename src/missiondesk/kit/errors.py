"""An error is a name, a sentence and a status. The docstring of a class is its default sentence."""

from typing import Any


class Trouble(Exception):
    """Something went wrong."""

    status = 500
    nothing_sent = True

    def __init__(self, sentence: str | None = None, *, current: dict[str, Any] | None = None) -> None:
        super().__init__(sentence or (type(self).__doc__ or "").strip().splitlines()[0])
        self.current = current

    @property
    def code(self) -> str:
        """The class's name in snake case, for programs: `AlreadyDecided` is `already_decided`."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class Refused(Trouble):
    """This cannot be done as things stand."""

    status = 409


class Invalid(Trouble):
    """This input cannot be used."""

    status = 422


class NotFound(Trouble):
    """There is nothing here, or it is not yours."""

    status = 404


class NotAllowed(Trouble):
    """Your role does not allow this."""

    status = 403


class SignedOut(Trouble):
    """Please sign in."""

    status = 401


class TooMany(Trouble):
    """Too many attempts. Please wait a little."""

    status = 429


class Misconfigured(Trouble):
    """A file or a setting of this installation cannot be used; the sentence says which, and what to do."""
