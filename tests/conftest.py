"""What tests stand on: a real PostgreSQL, Northwind's systems as real processes, and a Missiondesk over both."""

import gc
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from missiondesk_demo.systems import SYSTEMS, System
from missiondesk_demo.systems.seed import seed_missing
from tests.demo.northwind import Forked, Northwind, start_fork
from tests.support.postgres import Cloned, Postgres, started
from tests.support.world import Agent, Customer, World, world_at


def pytest_collection_finish() -> None:
    """What is loaded by now stays, so the collector need not look at it time and again."""
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with started() as server:
        yield server


@pytest.fixture
def database(postgres: Postgres) -> Iterator[Cloned]:
    with postgres.cloned() as clone:
        yield clone


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Northwind]:
    """The systems, started once; their addresses stand in the environment as the connections' files expect them."""
    home: Path = tmp_path_factory.mktemp("northwind")
    systems: dict[System, Forked] = {system: start_fork(system, home) for system in SYSTEMS}
    with pytest.MonkeyPatch.context() as environment:
        for system, one in systems.items():
            environment.setenv(f"NORTHWIND_{system.upper()}_URL", one.url)
        yield Northwind(home, {system: one.url for system, one in systems.items()})
    for one in systems.values():
        one.end()


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("untouched")
    for system in SYSTEMS:
        seed_missing(system, home)
    return home


@pytest.fixture
def northwind(running: Northwind, untouched: Path) -> Northwind:
    """The systems with the seeded past, as if nobody had ever called."""
    for system in SYSTEMS:
        with (
            closing(sqlite3.connect(untouched / f"{system}.db")) as seeded,
            closing(sqlite3.connect(running.home / f"{system}.db")) as met,
        ):
            seeded.backup(met)
    return running


@pytest.fixture
async def world(database: Cloned, northwind: Northwind, tmp_path: Path) -> AsyncGenerator[World]:
    async with world_at(database, northwind, tmp_path) as here:
        yield here


@pytest.fixture
async def mira(world: World) -> Customer:
    return await world.customer("mira")


@pytest.fixture
async def ana(world: World) -> Agent:
    return await world.agent("ana")
