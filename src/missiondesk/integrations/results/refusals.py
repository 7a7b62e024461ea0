"""What a system says when it refuses: its sentence, and the code in it that a manifest may name."""

from collections.abc import Collection
from dataclasses import replace

from missiondesk.integrations.manifest import Connection
from missiondesk.integrations.mcp_client import Answer
from missiondesk.integrations.results.ownership import values_at
from missiondesk.kit.text import visible

_LONGEST = 2_000  # characters


def in_its_words(file: Connection, answer: Answer) -> Answer:
    """A refusal with the sentence that stands at `refusal` of the connection, if its result has one text there."""
    if answer.kind != "refused" or file.refusal is None:
        return answer
    found = values_at(file.refusal, answer.detail)
    if len(found) != 1 or not isinstance(found[0], str):
        return answer
    return replace(answer, value=visible(found[0])[:_LONGEST])


def is_one_of(answer: Answer, codes: Collection[str]) -> bool:
    """Whether a refusal is one of these: its whole sentence, or what stands before its first colon."""
    sentence = str(answer.value)
    return answer.kind == "refused" and (sentence in codes or sentence.partition(":")[0] in codes)
