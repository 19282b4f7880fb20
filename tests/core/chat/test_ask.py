"""The command behind the chat's buttons, and a record that cannot be written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core import plain
from core.agents import commands as agents_commands
from core.agents.own import OwnAgents
from core.agents.reviewing import Reviews
from core.catalog import Catalog
from core.chat import commands
from core.chat.caring import Care
from core.chat.commands import Asking, agents
from core.chat.model import ParticipantMessage
from core.chat.service import Chat
from core.command import Problems, read
from core.errors import StoreFull
from core.people.model import Person
from core.positions import by_position
from core.request import Asked
from core.services import Services
from core.ui import Tone
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from tests.core.chat.world import ROSTER, Known, listen, world
from tests.servers.claude import Says

TODAY = date(2026, 11, 23)


class FullRecord(ConversationsRecord):
    """A record whose disk is full as soon as an agent speaks."""

    async def say(self, person: Person, message: ParticipantMessage) -> ParticipantMessage:
        if message.author_kind == "agent":
            raise StoreFull()
        return await super().say(person, message)


def test_typed_words_are_read_as_an_agent_and_a_question() -> None:
    args = read(Asking, by_position(Asking, "Teacher what is a hook?", TODAY))
    assert args == Asking("Teacher", "what is a hook?")
    assert isinstance(read(Asking, {"agent": "Teacher"}), Problems)


async def test_the_handler_is_given_what_it_needs(database: Database, nora: Person) -> None:
    async with world(database, Says(("A hook.",))) as here:
        reviews = Reviews(here.own, OwnAgentsRecord(database), PeopleRecord(database), OutboxRecord(database))
        care = Care(here.store, PeopleRecord(database), OutboxRecord(database))
        services = Services(here.chat, here.own, reviews, care)
        for command in (*commands.COMMANDS, *agents_commands.COMMANDS):
            assert services.missing(command.handler, Asked, Person, command.args) == []
        command, _ = Catalog(commands.COMMANDS).find("ask")
        assert not command.listed
        answer = await services.call(command.handler, Asking("Teacher", "What is a hook?"), here.command(), nora)
        assert (await listen(answer)).text == "A hook."


@pytest.mark.parametrize(("typed", "expected"), [("", 12), ("@te", 2), ("media b", 1), ("lehrer", 1), ("zzz", 0)])
async def test_agents_are_suggested_by_any_of_their_names(typed: str, expected: int, database: Database, nora: Person) -> None:
    found = await agents(typed, nora, OwnAgents(ROSTER, OwnAgentsRecord(database)))
    assert len(found) == expected
    assert all(len(option.label) <= 100 for option in found)


async def test_an_answer_that_cannot_be_saved_is_shown_all_the_same(database: Database, nora: Person) -> None:
    async with world(database, Says(("It stops ", "the thumb."))) as here:
        full, tools = FullRecord(database), here.hands.toolbox
        chat = Chat(roster=ROSTER, store=full, model=here.model, context=Known(), attachments=here.shelf, tools=tools)
        heard = await listen(await chat.hear(here.words("@Teacher @Writer what is a hook?"), nora))
    [message] = heard.messages
    assert message.text == "It stops the thumb."
    assert message.cards[0].tone is Tone.BAD
    assert "disk" in plain.message(message)
    assert "@Writer" in plain.message(message)


async def test_a_message_of_which_nothing_is_left_but_a_slip_says_what_the_agent_is_for(database: Database, nora: Person) -> None:
    async with world(database) as here:
        await here.chat.hear(here.words("@Techer"), nora)
        [message] = await here.kept()
        heard = await listen(await here.chat.ask(replace(here.command(), id="pressed"), nora, "Teacher", message.id))
        assert here.claude.requests == []
    assert ROSTER.named("Teacher").description in heard.text
