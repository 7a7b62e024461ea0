"""Indexes for what is asked with every decision."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
