"""Changes of the configuration: asked, answered by people, adopted; the policy in versions."""

from pathlib import Path

from alembic import op

from missiondesk.migrations.sql import run_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_sql(op.get_bind(), Path(__file__).with_suffix(".sql"))
