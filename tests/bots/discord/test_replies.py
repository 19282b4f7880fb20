"""Replies to interactions: the first response, what comes after it, and what happens when Discord takes no more."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bots.discord.arrived import Where
from bots.discord.posts import Component, Enclosure, Post
from bots.discord.replies import ORIGINAL, Spent
from core.ui import Message, Option
from tests.bots.discord.sending import WRITER, Sent
from tests.servers.discord.faulty import Fault
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Asks, Channel, Does

CALLBACK = "/callback$"
MODAL: Component = {
    "custom_id": "form:1:0",
    "title": "A form",
    "components": [{"type": 18, "label": "Words", "component": {"type": 4, "custom_id": "words", "style": 1}}],
}


def _post(words: str) -> Post:
    return Post(({"type": 10, "content": words},))


def _said(who: Person) -> list[tuple[str, bool]]:
    return [(each.text, each.ephemeral) for each in who.answers]


async def test_the_first_message_is_the_response_and_the_next_follow(sent: Sent, maria: Person, room: Channel) -> None:
    asked, reply = sent.asked(maria, room)
    first = await reply.show(_post("one"), hidden=True)
    second = await reply.show(_post("two"), hidden=False)
    assert (asked.did, asked.original) == (Does.MESSAGE, first)
    assert _said(maria) == [("one", True), ("two", False)]
    await reply.edit(first, _post("one, changed"))
    await reply.edit(second, _post("two, changed"))
    assert _said(maria) == [("one, changed", True), ("two, changed", False)]
    await reply.delete(second)
    await reply.delete(first)
    assert maria.answers == []


@pytest.mark.parametrize("hidden", [True, False])
async def test_what_was_deferred_is_completed(sent: Sent, maria: Person, room: Channel, hidden: bool) -> None:
    asked, reply = sent.asked(maria, room)
    await reply.defer(hidden)
    await reply.defer(hidden)
    assert maria.last.thinking
    id = await reply.show(
        Post(({"type": 13, "file": {"url": "attachment://a.md"}},), (Enclosure("a.md", b"x", "A file"),)), hidden
    )
    assert (maria.last.id, maria.last.files, maria.last.ephemeral) == (id, ("a.md",), hidden)
    assert len(maria.answers) == 1
    await reply.nothing()
    assert len(maria.answers) == 1
    assert asked.did is Does.DEFERRED_MESSAGE


@pytest.mark.parametrize("hidden", [True, False])
async def test_an_answer_of_another_kind_than_was_deferred_is_shown_as_what_it_is(
    sent: Sent, maria: Person, room: Channel, hidden: bool
) -> None:
    _, reply = sent.asked(maria, room)
    await reply.defer(not hidden)
    await reply.show(_post("for whom"), hidden)
    assert _said(maria) == [("for whom", hidden)]


async def test_with_nothing_to_show_nobody_is_left_waiting(sent: Sent, maria: Person, room: Channel) -> None:
    _, deferred = sent.asked(maria, room)
    await deferred.defer(hidden=False)
    await deferred.nothing()
    command, unanswered = sent.asked(maria, room)
    await unanswered.nothing()
    shown = await sent.messenger.post(sent.at(room), Message("Press"))
    pressed, press = sent.asked(maria, room, Asks.COMPONENT, message=shown)
    await press.nothing()
    assert [each.text for each in maria.answers] == ["Press"]
    assert (command.did, pressed.did) == (Does.DEFERRED_MESSAGE, Does.DEFERRED_UPDATE)


async def test_a_press_changes_the_message_it_was_made_on_or_says_nothing(sent: Sent, maria: Person, room: Channel) -> None:
    shown = await sent.messenger.post(sent.at(room), Message("Press"))
    pressed, press = sent.asked(maria, room, Asks.COMPONENT, message=shown)
    await press.update(_post("Pressed"))
    assert [each.text for each in maria.answers] == ["Pressed"]
    again, another = sent.asked(maria, room, Asks.COMPONENT, message=shown)
    await another.acknowledge()
    assert (pressed.did, again.did) == (Does.UPDATE, Does.DEFERRED_UPDATE)


async def test_a_form_is_a_first_response_and_nothing_else(sent: Sent, maria: Person, room: Channel) -> None:
    asked, reply = sent.asked(maria, room)
    await reply.modal(MODAL)
    assert asked.modal is not None
    assert asked.modal["title"] == "A form"
    assert sent.client.persistent_views == []
    _, late = sent.asked(maria, room)
    await late.defer(hidden=True)
    with pytest.raises(Spent):
        await late.modal(MODAL)


async def test_suggestions_are_as_many_and_as_long_as_discord_takes(sent: Sent, maria: Person, room: Channel) -> None:
    asked, reply = sent.asked(maria, room, Asks.AUTOCOMPLETE)
    options = [Option("v" * 101, "too long"), *(Option(f"code {number}", "x" * 150) for number in range(30))]
    await reply.suggest(options)
    assert asked.choices is not None
    assert [each["value"] for each in asked.choices] == [f"code {number}" for number in range(25)]
    assert {len(each["name"]) for each in asked.choices} == {100}


async def test_a_defer_and_an_answer_at_once_are_one_response(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    for number in range(4):
        _, reply = sent.asked(maria, room)
        await asyncio.gather(reply.defer(hidden=True), reply.show(_post(f"answer {number}"), hidden=True))
    assert _said(maria) == [(f"answer {number}", True) for number in range(4)]
    assert discord_server.refusals == []


async def test_what_stands_as_it_is_is_not_sent_back(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    origin = sent.origin(maria, room, where=Where.COMMAND)
    _, reply = sent.asked(maria, room)
    await sent.messenger.answer(origin, Message("Here.\n----\nMore.", private=True), "evt:1", reply)
    (first,) = discord_server.called("create_interaction_response")
    assert first.query == {}
    assert len(_said(maria)) == 2
    await reply.edit(ORIGINAL, _post("changed"))
    await reply.show(_post("last"), hidden=True)
    assert [words for words, hidden in _said(maria) if hidden][::2] == ["changed", "last"]


@pytest.mark.parametrize("status", [429, 502])
async def test_a_first_response_that_discord_would_have_later_is_tried_again(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel, status: int
) -> None:
    discord_server.fail(Fault("POST", CALLBACK, status=status, retry_after=0.01))
    origin = sent.origin(maria, room, where=Where.COMMAND)
    _, reply = sent.asked(maria, room)
    await sent.messenger.answer(origin, Message("Here.", private=True), "evt:1", reply)
    assert _said(maria) == [("Here.", True)]


# -- no more is taken


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (401, 50027), (404, 10015)])
async def test_a_lost_interaction_is_answered_by_an_ordinary_message(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel, status: int, code: int
) -> None:
    discord_server.fail(Fault("POST", CALLBACK, status=status, code=code))
    _, reply = sent.asked(maria, room)
    origin = sent.origin(maria, room, where=Where.COMMAND)
    await sent.messenger.answer(origin, Message("Here."), "evt:1", reply)
    await sent.messenger.answer(origin, Message("More."), "evt:2", reply)
    assert [(each.text, each.place) for each in maria.answers] == [("Here.", room.id), ("More.", room.id)]
    assert reply.expired
    assert len(discord_server.called("create_interaction_response")) == 0


async def test_an_answer_that_outlives_the_token_is_finished_as_a_message(sent: Sent, maria: Person, room: Channel) -> None:
    _, reply = sent.asked(maria, room)
    origin = sent.origin(maria, room, where=Where.COMMAND)
    await reply.defer(hidden=False)
    sent.time.passes(timedelta(minutes=13, seconds=1).total_seconds())
    assert reply.expired
    await sent.messenger.answer(origin, Message("Here.", speaker=WRITER), "evt:1", reply)
    assert (maria.last.author, maria.last.text) == ("Writer", "Here.")


async def test_a_private_answer_that_outlives_the_token_goes_to_the_direct_messages(
    sent: Sent, maria: Person, room: Channel
) -> None:
    _, reply = sent.asked(maria, room)
    await reply.defer(hidden=True)
    sent.time.passes(timedelta(minutes=14).total_seconds())
    origin = sent.origin(maria, room, where=Where.COMMAND)
    await sent.messenger.answer(origin, Message("For you", private=True), "evt:1", reply)
    (direct,) = [each for each in maria.answers if each.place == maria.direct.id]
    assert direct.text == "For you"


async def test_a_response_that_was_taken_without_our_hearing_of_it_is_not_given_twice(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    discord_server.fail(Fault("POST", CALLBACK, status=502, carried_out=True))
    _, reply = sent.asked(maria, room)
    await reply.show(_post("Here."), hidden=True)
    assert _said(maria) == [("Here.", True)]


async def test_a_growing_answer_goes_on_when_its_reply_is_spent(sent: Sent, maria: Person, room: Channel) -> None:
    _, reply = sent.asked(maria, room)
    origin = sent.origin(maria, room, where=Where.COMMAND)
    screen = await sent.messenger.screen(origin, WRITER, False, reply)
    assert "**Writer**" in screen.opening
    first = await screen.put(0, _post("Wor"), None)
    assert await screen.put(0, _post("Words"), None) == first
    sent.time.passes(timedelta(minutes=14).total_seconds())
    await screen.put(0, _post("Words that go on"), None)
    await screen.put(1, _post("And on"), None)
    assert [each.text for each in maria.answers][-2:] == ["Words that go on", "And on"]
    await screen.drop(1)
    assert "And on" not in [each.text for each in maria.answers]


async def test_a_private_answer_to_an_interaction_is_seen_by_its_asker_alone(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    other = discord_server.person("Ann")
    _, reply = sent.asked(maria, room)
    origin = sent.origin(maria, room, where=Where.COMMAND)
    await sent.messenger.answer(origin, Message("For you", private=True), "evt:1", reply)
    assert _said(maria) == [("For you", True)]
    assert other.answers == []
