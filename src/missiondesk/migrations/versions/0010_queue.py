"""The Decision Queue: what waits in one view, ordered by what waiting costs, and who looks at it."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
