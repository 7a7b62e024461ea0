"""The digest of an action stands beside its effect."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
