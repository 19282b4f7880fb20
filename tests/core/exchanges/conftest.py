"""An office, its coach, and a letter of theirs."""

from __future__ import annotations

import pytest

from core.exchanges.model import Exchange
from core.people.model import Person
from core.people.service import People
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.exchanges.office import Office


@pytest.fixture
async def office(database: Database, people: People) -> Office:
    return Office(database, people)


@pytest.fixture
async def omar(office: Office) -> Person:
    return await office.coach("omar")


@pytest.fixture
async def letter(office: Office, omar: Person, nora: Person) -> Exchange:
    """Omar wrote to Nora at nine."""
    return await office.exchanges.write(omar, nora, "Did the smaller price work?", AT, event_id="e1")
