"""Who may decide: people, not accounts; and programs by keys, which never do."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
