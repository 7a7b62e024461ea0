"""Where an installation of the exam keeps its data: an embedded database, or one of its own on your server."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql


@asynccontextmanager
async def database_of_its_own() -> AsyncGenerator[dict[str, str]]:
    """The settings for it. With `DATABASE_URL` set, a new database on that server, gone afterwards."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield {}
        return
    name = sql.Identifier(made := f"retail_exam_{uuid4().hex[:12]}")
    async with await psycopg.AsyncConnection.connect(server, autocommit=True) as connection:
        await connection.execute(sql.SQL("create database {}").format(name))
        try:
            yield {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{made}"))}
        finally:
            await connection.execute(sql.SQL("drop database {} with (force)").format(name))
