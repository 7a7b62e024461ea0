"""Portals: the branded entrances for customers."""

from missiondesk.portals.portal import Portal, read_portals

__all__ = ["Portal", "read_portals"]
