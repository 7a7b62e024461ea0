"""Connections, their secrets and their health; what a mission waits on."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
