"""The database's shape over time (Alembic): ours and the engine's."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

APP_ROLE = "missiondesk_app"  # the embedded server's role for the program: no superuser, no owner
_LOCK = 4471


def upgrade(owner_url: str) -> None:
    """Bring the database to the newest shape; one process at a time. Blocking: call it in a thread."""
    engine = create_engine(owner_url.replace("postgresql://", "postgresql+psycopg://", 1), hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": _LOCK})
            connection.commit()
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.execute(text(_GRANTS))
            connection.commit()
            connection.execute(text("select pg_advisory_unlock(:lock)"), {"lock": _LOCK})
            connection.commit()
    finally:
        engine.dispose()


# Only reading and appending on the trace. Where the program connects as the owner, the trigger holds the same line.
_GRANTS = f"""
do $$ begin
    if exists (select 1 from pg_roles where rolname = '{APP_ROLE}') then
        grant usage on schema public to {APP_ROLE};
        grant select, insert, update, delete on all tables in schema public to {APP_ROLE};
        grant usage, select on all sequences in schema public to {APP_ROLE};
        grant execute on all functions in schema public to {APP_ROLE};
        revoke update, delete, truncate on observations from {APP_ROLE};
        revoke all on alembic_version from {APP_ROLE};
    end if;
end $$
"""
