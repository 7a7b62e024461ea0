"""Northwind's three systems: real MCP servers, each with a database file of its own.

They know nothing of the platform that uses them. Started as processes: `python -m missiondesk_demo.systems --help`.
"""

from typing import Literal, get_args

__all__ = ["SYSTEMS", "System"]

System = Literal["shop", "billing", "crm"]
SYSTEMS: tuple[System, ...] = get_args(System)
