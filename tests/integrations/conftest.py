"""A small system, reachable over HTTP, and a database that a file's tests share."""

from collections.abc import Generator, Iterator

import psycopg
import pytest

from tests.integrations.small_system import SmallSystem
from tests.support.faulty_http import FaultyHttp, faulty_at
from tests.support.postgres import Cloned, Postgres


@pytest.fixture
def system() -> SmallSystem:
    return SmallSystem()


@pytest.fixture
def http(system: SmallSystem) -> Generator[FaultyHttp]:
    with faulty_at(system) as found:
        yield found


@pytest.fixture(scope="module")
def shared(postgres: Postgres) -> Iterator[Cloned]:
    with postgres.cloned() as clone:
        yield clone


@pytest.fixture
def empty(shared: Cloned) -> Cloned:
    """The shared one, without any connection."""
    with psycopg.connect(shared.owner_url) as tx:
        tx.execute("truncate connections, connection_secrets, connection_tokens, changed_tools, connection_health")
        tx.execute("update connections_version set version = version + 1")
    return shared
