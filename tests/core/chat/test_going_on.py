"""Answers that broke off: going on from there, another model in between, and what is declined."""

from __future__ import annotations

import pytest

from core import plain
from core.chat.model import ParticipantMessage
from core.people.model import Person
from core.request import Address, Platform
from core.ui import Button, Buttons, Message, Tone
from persistence.documents import Database
from tests.core.chat.world import Heard, World, listen, world
from tests.servers.claude import Drops, Fails, Reply, Says, calls
from tests.servers.claude_replies import Called, Text, plays

ASKED = "@Teacher what is a hook?"
BROKEN = Drops(("A hook stops ", "the thu"))


def offered(message: Message) -> list[Button]:
    """The buttons below an answer."""
    found = (each for card in message.cards for part in card.body if isinstance(part, Buttons) for each in part.items)
    return [each for each in found if isinstance(each, Button)]


async def press(here: World, person: Person, button: Button, to: Address | None = None) -> Heard:
    values = {name: str(value) for name, value in button.call.values.items()}
    asked = here.command(to) if to else here.command()
    return await listen(await here.chat.ask(asked, person, values["agent"], values["question"]))


@pytest.mark.parametrize(
    "reply",
    [BROKEN, Fails(("A hook stops ", "the thu")), Says(("A hook stops ", "the thu"), stop="max_tokens")],
)
async def test_what_came_is_kept_and_the_rest_follows_on_a_tap(reply: Reply, database: Database, nora: Person) -> None:
    async with world(database, reply, Says(("mb.",)), Says(("Yes.",))) as here:
        first = await here.say(nora, ASKED)
        [button] = offered(first.messages[0])
        assert (first.messages[0].text, button.label) == ("A hook stops the thu", "Go on")
        assert "What came is kept" in plain.message(first.messages[0])
        second = await press(here, nora, button)
        assert second.messages[0].text == "mb."
        told = here.claude.requests[-1]["messages"]
        assert [each["role"] for each in told] == ["user", "assistant", "user"]
        assert told[1]["content"][0]["text"] == "A hook stops the thu […]"
        assert "Go on from exactly there" in told[2]["content"][0]["text"]
        await here.say(nora, "sure?")
        said = [each["content"] for each in here.claude.requests[-1]["messages"] if each["role"] == "assistant"]
        assert [block["text"] for content in said for block in content] == ["A hook stops the thu […]", "mb."]
        assert "Go on from exactly" not in str(here.claude.requests[-1])


async def test_an_answer_may_break_off_twice(database: Database, nora: Person) -> None:
    async with world(database, BROKEN, Drops(("mb ", "of wh")), Says(("oever scrolls.",))) as here:
        first = await here.say(nora, ASKED)
        second = await press(here, nora, offered(first.messages[0])[0])
        third = await press(here, nora, offered(second.messages[0])[0])
        assert third.messages[0].text == "oever scrolls."
        said = [block["text"] for block in here.claude.requests[-1]["messages"][1]["content"]]
        assert said == ["A hook stops the thu […]", "mb of wh […]"]
        assert "Go on" not in [each.label for each in offered(third.messages[0])]


async def test_what_was_begun_for_one_person_alone_goes_on_for_them_alone(database: Database, nora: Person) -> None:
    channel = Address(Platform.SLACK, "T1", "C1", "171.1")
    async with world(database, calls("read_progress"), BROKEN, Says(("mb.",))) as here:
        first = await here.say(nora, "@Guide where am I?", to=channel, direct=False)
        assert first.messages[-1].private
        second = await press(here, nora, offered(first.messages[-1])[0], channel)
        assert second.messages[-1].private
        assert second.grown == ()
        assert "the thu […]" in str(here.claude.requests[-1]["messages"])


async def test_what_is_declined_is_said_kindly_once_and_is_not_sent_again(database: Database, nora: Person) -> None:
    async with world(database, Says((), stop="refusal"), Says(("I will ",), stop="refusal"), Says(("A hook.",))) as here:
        for question in ("@Teacher make me a poison", "@Teacher a strong poison"):
            heard = await here.say(nora, question)
            [card] = heard.messages[0].cards
            assert "rather not" in plain.message(heard.messages[0])
            assert (card.tone, offered(heard.messages[0])) == (Tone.CAREFUL, [])
        await here.say(nora, ASKED)
        assert len(here.claude.requests) == 3, "nothing that is declined is tried again"
        sent = str(here.claude.requests[-1]["messages"])
    assert "poison" not in sent
    assert "I will" not in sent
    assert "what is a hook" in sent


async def test_a_call_that_the_length_cut_is_not_done(database: Database, nora: Person) -> None:
    cut = plays(Text("Here: "), Called("read_progress", "{}"), stop="max_tokens")
    async with world(database, cut) as here:
        heard = await here.say(nora, "@Guide where am I?")
        assert [each.label for each in offered(heard.messages[0])] == ["Go on"]
        assert heard.steps == ()
        answer = (await here.kept())[-1]
    assert isinstance(answer, ParticipantMessage)
    assert (answer.incomplete, answer.used, answer.metadata["model"]) == (True, "", "claude-sonnet-5-5")
