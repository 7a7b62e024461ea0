"""Decisions that are held before they count, and those that were taken back."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
