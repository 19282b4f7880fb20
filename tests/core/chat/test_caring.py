"""Somebody in distress: a kind line and places with people, without a model; a coach is told on their tap alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core import plain
from core.chat.caring import TELL, Care, Heeding
from core.errors import NotFound
from core.people.model import Person
from core.request import Address, Platform
from core.roles import Role
from core.ui import Message
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from tests.core.abilities.world import pressables
from tests.core.agents.making import Making, making
from tests.core.chat.world import World, world
from tests.core.conftest import AT
from tests.servers.claude import Says

DESPAIR = "@Writer I can't go on any more. I want to die."
CHANNEL = Address(Platform.SLACK, "T1", "C1", "171.1")


@dataclass(slots=True)
class Told:
    """A student who wrote something, and the message it was kept as."""

    here: Making
    care: Care
    message: str

    async def tell(self, person: Person, *, show: bool = False) -> str:
        """Press the button; the words that come back."""
        return plain.message(await self.care.tell(person, self.message, AT, show=show))


async def _told(talk: World, here: Making) -> Told:
    answer = await talk.chat.hear(talk.words(DESPAIR), here.nora)
    assert isinstance(answer, Message)
    calls = [button.call for card in answer.cards for button in pressables(card) if button.label == "Tell a coach"]
    assert [call.command for call in calls] == ([TELL] if here.cora.role is Role.COACH else [])
    care = Care(ConversationsRecord(talk.database), PeopleRecord(talk.database), OutboxRecord(talk.database))
    return Told(here, care, (await talk.kept())[0].id)


async def test_it_is_answered_kindly_with_places_and_no_model_is_asked(database: Database, nora: Person) -> None:
    async with world(database, Says(("A headline.",))) as talk:
        answer = await talk.chat.hear(talk.words(DESPAIR), nora)
        assert isinstance(answer, Message)
        words = plain.message(answer)
        assert talk.claude.requests == []
        for each in ("116 123", "findahelpline.com", "999", "112", "The course can wait"):
            assert each in words
        assert "coach" not in words, "there is none, so none is offered"
        assert answer.speaker is not None
        assert answer.speaker.name == "Director"
        assert await talk.documents("outbox") == [], "nobody is told without a tap"
        after = await talk.say(nora, "@Writer one headline please")
        assert after.text == "A headline."


async def test_the_same_event_again_is_answered_the_same(database: Database, nora: Person) -> None:
    async with world(database) as talk:
        words = talk.words(DESPAIR)
        first = await talk.chat.hear(words, nora)
        assert await talk.chat.hear(words, nora) == first
        assert [each.content for each in await talk.kept()].count(DESPAIR) == 1
        assert len(await talk.kept()) == 2


async def test_where_others_read_along_it_is_said_to_them_alone_and_cannot_be_shared(database: Database, nora: Person) -> None:
    async with world(database, Says(("Noted.",))) as talk:
        answer = await talk.chat.hear(talk.words(DESPAIR, to=CHANNEL, direct=False), nora)
        assert isinstance(answer, Message)
        assert answer.private
        await talk.say(nora, "@Sage and now?", to=CHANNEL, direct=False)
        assert "That sounds very hard" not in str(talk.claude.requests[-1])


async def test_who_meant_something_else_is_answered_after_all(database: Database, nora: Person) -> None:
    async with world(database, Says(("Then kill the campaign.",))) as talk:
        answer = await talk.chat.hear(talk.words(DESPAIR), nora)
        assert isinstance(answer, Message)
        again = next(button.call for card in answer.cards for button in pressables(card) if "something else" in button.label)
        said = await talk.chat.ask(talk.command(), nora, str(again.values["agent"]), str(again.values["question"]))
        assert not isinstance(said, Message)


async def test_a_coach_hears_who_would_like_to_talk_and_nothing_of_what_they_wrote(database: Database) -> None:
    here = await making(database)
    async with world(database) as talk:
        told = await _told(talk, here)
        words = await told.tell(here.nora)
        await told.tell(here.nora)
    assert "I have told Cora" in words
    [letter] = await here.letters(here.cora)
    read = str(letter)
    assert "Nora would like to talk to a person" in read
    assert "want to die" not in read
    assert await here.letters(here.omar) == []


async def test_what_they_wrote_is_shown_only_where_they_choose_that(database: Database) -> None:
    here = await making(database)
    async with world(database) as talk:
        await (await _told(talk, here)).tell(here.nora, show=True)
    [letter] = await here.letters(here.cora)
    assert "I want to die" in str(letter)


async def test_nobody_tells_in_anothers_name(database: Database) -> None:
    here = await making(database)
    async with world(database) as talk:
        told = await _told(talk, here)
        with pytest.raises(NotFound):
            await told.tell(here.omar)
    assert await here.letters(here.cora) == []


async def test_without_a_coach_the_places_are_given_again(database: Database) -> None:
    here = await making(database, coached=False)
    async with world(database) as talk:
        words = await (await _told(talk, here)).tell(here.nora)
    assert "no coach here" in words
    assert "116 123" in words


async def test_an_interview_under_way_does_not_take_it_for_an_answer(database: Database, nora: Person) -> None:
    async with world(database) as talk:
        first = Heeding(talk.chat)
        assert await first.hear(talk.words("Jars and lids"), nora) is None
        assert isinstance(await first.hear(talk.words(DESPAIR), nora), Message)


async def test_the_log_has_the_fact_alone(database: Database, nora: Person, capsys: pytest.CaptureFixture[str]) -> None:
    async with world(database) as talk:
        await talk.chat.hear(talk.words(DESPAIR), nora)
    logged = capsys.readouterr().out
    assert "distress answered" in logged
    line = next(each for each in logged.splitlines() if "distress answered" in each)
    assert nora.id not in line
    assert "die" not in logged
