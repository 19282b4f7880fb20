"""Ways to begin a conversation fit where the student is."""

from __future__ import annotations

import pytest

from core.agents.roster import read_roster
from core.contents import SHIPPED
from core.course.modules import Course
from core.course.service import Progress
from core.home.model import Opener
from core.home.panels import Beginning
from core.home.service import OPENERS_AT_MOST, Home
from core.people.model import Person
from persistence.assets import AssetRecord
from persistence.documents import Database
from persistence.progress import ProgressRecord
from tests.core.conftest import AT
from tests.core.course.world import Foundation
from tests.next_card import NextCard

TITLE_AT_MOST = 75
"""https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts: what Slack's own buttons hold."""


async def openers(database: Database, person: Person, *, unlocked: bool) -> tuple[Opener, ...]:
    progress = Progress(ProgressRecord(database), Course(), AssetRecord(database), Foundation(unlocked))
    return await Home(NextCard(), (), Beginning(progress)).openers(person)


@pytest.mark.parametrize(("unlocked", "title"), [(False, "Help me with my Foundation"), (True, "Draft something for Hook")])
async def test_they_lead_to_what_is_next(database: Database, nora: Person, unlocked: bool, title: str) -> None:
    await ProgressRecord(database).complete(nora, Course().module(0).id, AT)
    assert title in {each.title for each in await openers(database, nora, unlocked=unlocked)}


async def test_each_is_short_and_calls_an_agent_of_the_twelve(database: Database, nora: Person) -> None:
    found = await openers(database, nora, unlocked=False)
    assert 1 < len(found) <= OPENERS_AT_MOST
    roster = read_roster(SHIPPED / "agents")
    for each in found:
        assert 0 < len(each.title) <= TITLE_AT_MOST
        assert roster.find(each.words).mentions, each


async def test_a_newcomer_is_helped_with_the_foundation(database: Database, nora: Person) -> None:
    assert "Help me with my Foundation" in {each.title for each in await openers(database, nora, unlocked=True)}
