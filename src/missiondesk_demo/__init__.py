"""Northwind, an invented online shop for home goods with a coffee subscription: the company of the demo.

`systems/` are its shop, billing and CRM: MCP servers of their own, strangers to the platform.
"""
