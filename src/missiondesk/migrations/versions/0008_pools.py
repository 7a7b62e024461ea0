"""Pools: what may go by itself, and what is reserved for it."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
