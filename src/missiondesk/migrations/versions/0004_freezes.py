"""Freezes: who stopped which effects, when and why, and who lifted it."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
