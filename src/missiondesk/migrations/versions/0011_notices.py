"""Notices: what is told to people elsewhere, once for each route, until it is told or given up."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
