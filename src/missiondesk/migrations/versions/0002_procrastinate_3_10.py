"""The engine's tables, as procrastinate 3.10 ships them, and an index for our sweep."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
