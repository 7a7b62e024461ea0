"""Reviewer health: what was decided in a batch, who looked at what, and test proposals, which can never run."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
