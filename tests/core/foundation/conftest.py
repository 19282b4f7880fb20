"""A Foundation on disk, and its interview."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.chat.loose import LooseTalk
from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.interview import Interview
from core.foundation.judging import Judging
from core.foundation.ports import Around
from core.foundation.service import Foundations
from core.people.model import Person
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.outbox import OutboxRecord
from tests.core.foundation.clerk import Clerk


@pytest.fixture
def store(database: Database) -> FoundationRecord:
    """The Foundations of that record."""
    return FoundationRecord(database)


@pytest.fixture
def foundations(store: FoundationRecord) -> Foundations:
    """The service over them."""
    return Foundations(store, Cells(SHIPPED))


@pytest.fixture
def outbox(database: Database) -> OutboxRecord:
    """The messages on their way."""
    return OutboxRecord(database)


@pytest.fixture
def drafts(database: Database) -> FormDraftRecord:
    """What was typed into forms."""
    return FormDraftRecord(database)


@pytest.fixture
def came() -> list[datetime]:
    """When reminders came."""
    return []


@pytest.fixture
def judge() -> Clerk:
    """Who says what words are; where a test does not want it, nobody does, as without a key."""
    return Clerk(practice=True)


@pytest.fixture
def interview(
    database: Database,
    foundations: Foundations,
    store: FoundationRecord,
    outbox: OutboxRecord,
    drafts: FormDraftRecord,
    came: list[datetime],
    judge: Clerk,
) -> Interview:
    """The interview, in a place where @Teacher is an agent."""

    async def names_an_agent(person: Person, words: str) -> bool:
        return "@Teacher" in words

    async def came_since(person: Person, at: datetime) -> datetime | None:
        return max((each for each in came if each > at), default=None)

    loose = LooseTalk(ConversationsRecord(database))
    around = Around(names_an_agent, loose.goes_on_from, came_since)
    return Interview(foundations, store, outbox, drafts, around, Judging(judge, foundations.cells, waits_seconds=0.05))
