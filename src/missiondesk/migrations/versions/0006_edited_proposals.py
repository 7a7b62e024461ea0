"""Proposals that a person edited, and what they were edited from."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
