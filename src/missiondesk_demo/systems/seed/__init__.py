"""Northwind's made-up past: the same customers, orders and payments each time, in three files that fit together."""

from missiondesk_demo.systems.seed.files import NotWritable, file_of, reset, seed_missing

__all__ = ["NotWritable", "file_of", "reset", "seed_missing"]
