"""What is said of a connection's file, said of the options that make one: there is no file yet."""

import re
from collections.abc import Generator
from contextlib import contextmanager

from missiondesk.kit.errors import Trouble

_ADDS = re.compile(r'an admin adds "([^"]+)" to allow_private of the connection')
_CALLED = {"auth.token": "--bearer", "auth.scopes": "--scope"}


@contextmanager
def said_of_options() -> Generator[None]:
    """A host that is refused names the option that allows it."""
    try:
        yield
    except Trouble as trouble:
        told = _ADDS.sub(r"say --allow-private \1", str(trouble))
        told = told.replace("allow_private of the connection names it", "--allow-private names it")
        if told == str(trouble):
            raise
        raise type(trouble)(told) from trouble


def as_option(sentence: str) -> str:
    """`http.allow_private: …` as `--allow-private: …`."""
    place, colon, told = sentence.partition(": ")
    if not colon or place == "id" or re.fullmatch(r"[a-z_.]+", place) is None:
        return sentence
    return f"{_CALLED.get(place) or '--' + place.rpartition('.')[2].replace('_', '-')}: {told}"
