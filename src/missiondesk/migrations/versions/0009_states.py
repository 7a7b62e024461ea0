"""Only the states that there are: a row changed by hand is refused by the database."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
