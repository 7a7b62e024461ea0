"""Proving: how users test us, and their own configuration. Two rooms, each with a door of its own."""
