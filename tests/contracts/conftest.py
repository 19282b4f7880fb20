"""The port's two implementations, each opened once a run and emptied before each test."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

import pytest

from persistence.documents import Collection, Database
from persistence.embedded import open_embedded
from persistence.models import MODELS
from persistence.mongo import open_mongo
from tests.contracts import mongodb
from tests.contracts.strict import Strict
from tests.contracts.tables import TABLES


@pytest.fixture(scope="session")
async def embedded_database(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """The port on SQLite."""
    database = await open_embedded(tmp_path_factory.mktemp("record"), indexes=TABLES)
    await database.prepare()
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def mongo_database(mongo_address: str) -> AsyncIterator[Database]:
    """The port on Motor, in a database of its own."""
    name = f"elevate_{secrets.token_hex(6)}"
    database = await open_mongo(mongo_address, indexes=TABLES, database=name, selection_seconds=60)
    await database.prepare()
    yield database
    await database.drop()
    await database.close()


@pytest.fixture(params=["embedded", "mongo"])
def opened(request: pytest.FixtureRequest) -> Database:
    """Each implementation in turn."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture
async def database(opened: Database) -> Database:
    """Each implementation in turn, with nothing in it."""
    await empty(opened)
    return opened


@pytest.fixture(scope="session")
async def embedded_strict(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Strict]:
    """The whole record on SQLite, with what MongoDB's validators do done here."""
    database = await open_embedded(tmp_path_factory.mktemp("strict"))
    await database.prepare()
    yield Strict(database)
    await database.close()


@pytest.fixture(scope="session")
async def mongo_strict(mongo_address: str) -> AsyncIterator[Strict]:
    """The whole record on MongoDB, with its validators."""
    name = f"elevate_{secrets.token_hex(6)}"
    database = await open_mongo(mongo_address, validators=MODELS, database=name, selection_seconds=60)
    await database.prepare()
    yield Strict(database)
    await database.drop()
    await database.close()


@pytest.fixture(params=["embedded", "mongo"])
def strict_record(request: pytest.FixtureRequest) -> Strict:
    """The whole record on each database in turn."""
    found: Strict = request.getfixturevalue(f"{request.param}_strict")
    return found


@pytest.fixture
async def strict(strict_record: Strict) -> Strict:
    """The whole record on each database in turn, with nothing in it, and validators that hold."""
    await strict_record.empty()
    return strict_record


@pytest.fixture
def things(database: Database) -> Collection:
    """A collection with indexes that nothing else is asked of."""
    return database.collection("things")


@pytest.fixture
def seats(database: Database) -> Collection:
    """A collection with unique indexes."""
    return database.collection("seats")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line that half of the suite was left out."""
    if not mongodb.available():
        terminalreporter.write_line(mongodb.MISSING)


async def empty(database: Database) -> None:
    """Remove every document."""
    for name in TABLES:
        await database.collection(name).delete({})
