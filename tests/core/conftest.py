"""What tests of the core share: a record on disk, a person, and requests."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.people.model import Person
from core.people.service import People
from core.request import Actor, Address, Platform
from persistence.documents import Database
from persistence.people import PeopleRecord
from tests.blank import record_in

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADDRESS = Address(Platform.TERMINAL, "terminal", "terminal")


def actor(user: str = "nora", timezone: str | None = "Europe/Dublin") -> Actor:
    """Someone at a terminal."""
    return Actor(Platform.TERMINAL, "terminal", user, user.capitalize(), timezone)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database, None]:
    """A record of its own for each test."""
    database = await record_in(tmp_path / "data")
    yield database
    await database.close()


@pytest.fixture
async def people(database: Database) -> People:
    """The people of that record."""
    return People(PeopleRecord(database))


@pytest.fixture
async def nora(people: People) -> Person:
    """A student."""
    return await people.meet(actor(), AT)
