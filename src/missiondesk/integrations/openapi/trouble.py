"""What can be wrong with an OpenAPI document, and with one of its operations."""

from missiondesk.kit.errors import Invalid


class NotUsable(Invalid):
    """This OpenAPI document cannot be used."""


class LeftOut(Exception):
    """One operation cannot become a tool; the words say why, after its name."""
