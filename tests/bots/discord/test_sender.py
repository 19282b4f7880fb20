"""Letters and answers through the real discord.py: where they go, how they look, and what happens when Discord refuses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Literal

import pytest

from bots.discord.arrived import Where
from bots.discord.posts import Post
from bots.discord.troubles import DiscordRefused, DiscordUnreachable
from core.outbox import Undeliverable
from core.request import File
from core.ui import Card, Message, Page, Speaker, Text
from tests.bots.discord.sending import WRITER, Sent, sending
from tests.servers.discord.faulty import Fault
from tests.servers.discord.permissions import Permission
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel, Flag

HELLO = Message("Hello")
PLAN = File("plan.md", "text/markdown", b"# Plan")
Lost = Literal["before", "after"]
SENDS = r"/channels/\d+/messages$"


def _said(who: Person) -> list[str]:
    return [each.text for each in who.answers]


async def test_a_letter_goes_to_the_direct_messages_which_are_opened_once(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    await sent.means.directs.met(maria.id, discord_server.guild.id, room.id)
    to = sent.at(user=maria)
    first = await sent.messenger.post(to, HELLO, key="let:1")
    await sent.messenger.post(to, Message("Again", speaker=WRITER), key="let:2")
    assert _said(maria)[0] == "Hello"
    assert "**Writer**" in _said(maria)[1], "no webhook speaks there: a line says who does"
    assert len(discord_server.called("create_dm")) == 1
    assert await sent.messenger.find(to, "let:1") == first
    assert await sent.messenger.find(to, "let:3") is None
    body = discord_server.called("create_message")[0].body
    assert Flag(body["flags"]) == Flag.IS_COMPONENTS_V2 | Flag.SUPPRESS_EMBEDS
    assert (body["allowed_mentions"], body["enforce_nonce"]) == ({"parse": []}, True)


async def test_nobody_is_written_to_who_never_used_us(sent: Sent, discord_server: DiscordServer, maria: Person) -> None:
    with pytest.raises(Undeliverable):
        await sent.messenger.post(sent.at(user=maria), HELLO)
    assert discord_server.called("create_dm") == []


async def test_a_question_in_a_channel_is_answered_in_a_thread_named_after_it(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate how do I **price** tea?", channel=room)
    origin = sent.origin(maria, room, asked.id)
    id = await sent.messenger.answer(origin, HELLO, "evt:1", None)
    (thread,) = discord_server.world.threads(room.id)
    assert (thread.id, thread.name) == (asked.id, "how do I price tea?")
    assert (maria.last.id, maria.last.place) == (id, thread.id)
    again = sent.origin(maria, thread)
    await sent.messenger.answer(again, Message("More"), "evt:2", None)
    assert maria.last.place == thread.id
    assert await sent.messenger.find(origin.address, "evt:1") == id


async def test_what_is_not_needed_any_more_is_taken_away_by_whoever_posted_it(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    for speaker in (WRITER, None):
        screen = await sent.messenger.screen(sent.origin(maria, room), speaker, private=False, reply=None)
        await screen.put(0, Post(({"type": 10, "content": "One"},)), None)
        await screen.put(1, Post(({"type": 10, "content": "Two"},)), None)
        await screen.drop(1)
    assert [(each.author, each.text) for each in maria.answers] == [("Writer", "One"), ("Elevate", "One")]
    assert discord_server.refusals == []


async def test_a_thread_that_somebody_made_meanwhile_is_taken(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    sent.means.threads.asked(asked.id, "hello")
    maria.opens_thread("mine", room, root=asked)
    await sent.messenger.answer(sent.origin(maria, room, asked.id), HELLO, "evt:1", None)
    assert maria.last.place == asked.id
    assert [each.name for each in discord_server.world.threads(room.id)] == ["mine"]


async def test_where_no_thread_can_be_made_the_answer_is_a_reply_in_the_channel(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    discord_server.world.forbid(discord_server.guild, Permission.CREATE_PUBLIC_THREADS, room)
    for number in range(2):
        asked = maria.says("@Elevate hello", channel=room)
        origin = sent.origin(maria, room, asked.id)
        id = await sent.messenger.answer(origin, HELLO, f"evt:{number}", None)
        assert (maria.last.place, maria.last.reply_to) == (room.id, asked.id)
        assert await sent.messenger.find(origin.address, f"evt:{number}") == id
    refused = [each for each in discord_server.refusals if each.code == 50013]
    assert len(refused) == 1, "what is refused is not tried again at once"


async def test_the_thread_of_a_deleted_question_is_not_missed(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    sent.means.threads.asked(asked.id, "hello")
    maria.deletes(asked)
    await sent.messenger.answer(sent.origin(maria, room, asked.id), HELLO, "evt:1", None)
    assert (maria.last.text, maria.last.place, maria.last.reply_to) == ("Hello", room.id, None)


async def test_an_archived_thread_is_opened_again_for_a_change(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    place = sent.origin(maria, room, asked.id).address
    id = await sent.messenger.post(place, Message("One moment"), key="job:1")
    discord_server.world.channels[asked.id].archived = True
    await sent.messenger.edit(place, id, Message("Done"))
    assert _said(maria) == ["Done"]


# -- agents


async def test_an_agent_speaks_by_a_webhook_with_its_name_and_face(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    place = sent.origin(maria, room, asked.id).address
    id = await sent.messenger.post(place, Message("Words", speaker=WRITER), key="let:1")
    assert (maria.last.author, maria.last.text, maria.last.place) == ("Writer", "Words", asked.id)
    (emoji,) = discord_server.world.emojis.values()
    assert f"/emojis/{emoji.id}." in maria.last.face
    await sent.messenger.edit(place, id, Message("Better words", speaker=WRITER))
    assert _said(maria) == ["Better words"]
    assert await sent.messenger.find(place, "let:1") is None, "a change carries no mark"
    await sent.messenger.post(place, Message("More", speaker=WRITER), key="let:2")
    assert len(discord_server.called("create_webhook")) == len(discord_server.called("create_application_emoji")) == 1


async def test_without_the_permission_for_webhooks_the_name_stands_over_the_words(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    discord_server.world.forbid(discord_server.guild, Permission.MANAGE_WEBHOOKS, room)
    for words in ("Words", "More"):
        await sent.messenger.post(sent.at(room), Message(words, speaker=WRITER))
    assert maria.last.author == "Elevate"
    assert maria.last.text.endswith("**Writer**\nMore")
    assert len([each for each in discord_server.refusals if each.code == 50013]) == 1


async def test_a_webhook_that_somebody_deleted_is_made_anew(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    await sent.messenger.post(sent.at(room), Message("Words", speaker=WRITER))
    discord_server.world.webhooks.clear()
    await sent.messenger.post(sent.at(room), Message("More", speaker=WRITER))
    assert [(each.author, each.text) for each in maria.answers][1] == ("Writer", "More")


async def test_a_webhook_of_ours_is_found_again(sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel) -> None:
    await sent.messenger.post(sent.at(room), Message("Words", speaker=WRITER))
    (known,) = discord_server.world.webhooks.values()
    async with sending(discord_server) as another:
        await another.messenger.post(another.at(room), Message("More", speaker=WRITER))
    assert list(discord_server.world.webhooks.values()) == [known]


# -- once


@pytest.mark.parametrize("lost", ["before", "after"])
@pytest.mark.parametrize("who", [None, WRITER])
async def test_a_post_without_an_answer_is_looked_for_before_it_is_sent_again(
    sent: Sent,
    discord_server: DiscordServer,
    maria: Person,
    room: Channel,
    lost: Lost,
    who: Speaker | None,
) -> None:
    discord_server.fail(Fault("POST", SENDS if who is None else r"/webhooks/\d+/", drop=lost))
    id = await sent.messenger.post(sent.at(room), Message("Hello", speaker=who), key="let:1")
    assert _said(maria) == ["Hello"]
    assert maria.last.id == id


async def test_a_webhooks_post_that_was_carried_out_although_discord_said_502_is_not_sent_again(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    await sent.messenger.post(sent.at(room), Message("First", speaker=WRITER))
    discord_server.fail(Fault("POST", r"/webhooks/\d+/", status=502, carried_out=True))
    await sent.messenger.post(sent.at(room), Message("Hello", speaker=WRITER))
    assert _said(maria) == ["First", "Hello"]


async def test_discord_being_away_for_long_is_a_trouble(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    discord_server.fail(Fault("POST", SENDS, status=503, times=9))
    with pytest.raises(DiscordUnreachable, match="in a minute"):
        await sent.messenger.post(sent.at(room), HELLO)


async def test_before_we_are_logged_in_nothing_can_be_sent(discord_server: DiscordServer, room: Channel) -> None:
    async with sending(discord_server, known=False) as one:
        with pytest.raises(DiscordUnreachable):
            await one.messenger.post(one.at(room), Message("Hello", speaker=WRITER))
    assert discord_server.called("create_message") == []


async def test_of_a_message_in_parts_only_those_are_sent_again_that_are_missing(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    to, letter = sent.at(room), Message("one\n----\ntwo\n----\nthree")
    discord_server.fail(Fault("POST", SENDS, status=403, code=50001, when=lambda body: "three" in str(body)))
    with pytest.raises(Undeliverable):
        await sent.messenger.post(to, letter, key="let:1")
    assert await sent.messenger.find(to, "let:1") is None
    first = await sent.messenger.post(to, letter, key="let:1")
    assert _said(maria) == ["one", "two", "three"]
    assert await sent.messenger.find(to, "let:1") == first == maria.answers[0].id


async def test_what_is_sent_at_once_keeps_its_order_and_its_parts_together(sent: Sent, maria: Person, room: Channel) -> None:
    origin = sent.origin(maria, room, where=Where.COMMAND)
    answers = (sent.messenger.answer(origin, Message(f"{n}a\n----\n{n}b"), f"evt:{n}", None) for n in range(4))
    await asyncio.gather(*answers)
    assert _said(maria) == [f"{n}{part}" for n in range(4) for part in "ab"]


# -- refusals


async def test_what_was_deleted_stays_so(sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel) -> None:
    id = await sent.messenger.post(sent.at(room), Message("One moment"))
    found = discord_server.world.any_message(id)
    assert found is not None
    found.deleted = True
    await sent.messenger.edit(sent.at(room), id, Message("Done"))
    assert _said(maria) == []


@pytest.mark.parametrize("code", [10003, 50001, 50013, 160005])
async def test_what_cannot_be_said_there_is_said_directly_with_the_place(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel, code: int
) -> None:
    refused = Fault("POST", rf"/channels/{room.id}/messages$", status=403, code=code, times=9)
    discord_server.fail(refused)
    await sent.messenger.answer(sent.origin(maria, room, where=Where.COMMAND), Message("For you"), "evt:1", None)
    assert [each.place for each in maria.answers] == [maria.direct.id, maria.direct.id]
    assert "#help" in _said(maria)[0]
    assert _said(maria)[1] == "For you"
    with pytest.raises(Undeliverable):
        await sent.messenger.post(sent.at(room), Message("A letter"))


async def test_an_unknown_error_is_a_trouble_with_its_code(sent: Sent, discord_server: DiscordServer, room: Channel) -> None:
    discord_server.fail(Fault("POST", SENDS, status=400, code=31337))
    with pytest.raises(DiscordRefused, match="try again") as raised:
        await sent.messenger.post(sent.at(room), HELLO)
    assert raised.value.code == 31337


async def test_a_card_that_discord_does_not_take_goes_as_text(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    discord_server.fail(
        Fault("POST", SENDS, status=400, code=50035, when=lambda body: '"type": 17' in str(body).replace("'", '"'))
    )
    rich = Message("Here it is.", (Card("Sales", (Text("rose"),)),), (PLAN,))
    await sent.messenger.post(sent.at(room), rich)
    assert "Here it is." in maria.last.text
    assert "rose" in maria.last.text
    assert maria.last.files == ("plan.md",)


async def test_files_come_with_the_message_and_where_they_may_not_it_is_said(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    await sent.messenger.post(sent.at(room), Message("Here.", files=(PLAN,)))
    assert maria.last.files == ("plan.md",)
    discord_server.world.forbid(discord_server.guild, Permission.ATTACH_FILES, room)
    await sent.messenger.post(sent.at(room), Message("Again.", files=(PLAN,)))
    assert not maria.last.files
    assert "Attach Files" in maria.last.text


# -- private, in a guild


async def test_a_private_answer_without_an_interaction_goes_to_the_direct_messages_with_a_word_at_the_place(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    other = discord_server.person("Ann")
    asked = maria.says("@Elevate hello", channel=room)
    await sent.messenger.answer(sent.origin(maria, room, asked.id), Message("For\n----\nyou", private=True), "evt:1", None)
    assert {each.text: each.place for each in maria.answers if each.place == maria.direct.id}.keys() == {"For", "you"}
    (told,) = other.answers
    assert "answered you directly" in told.text
    assert told.place == asked.id


async def test_who_cannot_be_written_to_directly_is_told_of_the_thread_with_the_answer(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    maria.closes_direct()
    await sent.messenger.answer(sent.origin(maria, room, asked.id), Message("For you", private=True), "evt:1", None)
    answer, told = maria.answers
    aside = discord_server.world.channels[answer.place]
    assert {discord_server.world.application.bot, maria.id} == set(aside.members)
    assert (told.place, told.text) == (asked.id, f"I have answered you, @Maria, in a thread of our own: #{aside.name}")


async def test_in_direct_messages_a_private_message_or_a_page_is_a_message(sent: Sent, maria: Person) -> None:
    maria.says("hello")
    for shown in (Message("For you", private=True), Page("Home", ())):
        await sent.messenger.answer(sent.origin(maria), shown, f"evt:{type(shown).__name__}", None)
        assert (maria.last.place, maria.last.ephemeral) == (maria.direct.id, False)


async def test_where_we_are_not_present_only_the_interaction_is_answered(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    away = replace(sent.origin(maria, room, where=Where.COMMAND), present=False)
    before = len(discord_server.calls)
    assert await sent.messenger.answer(away, HELLO, "evt:1", None) == ""
    assert len(discord_server.calls) == before
    _, reply = sent.asked(maria, room)
    await sent.messenger.answer(away, HELLO, "evt:2", reply)
    assert maria.last.text == "Hello"


async def test_what_one_person_alone_is_shown_waits_for_nobody_elses_answer_in_the_channel(
    sent: Sent, maria: Person, room: Channel
) -> None:
    _, reply = sent.asked(maria, room)
    origin = sent.origin(maria, room, where=Where.COMMAND)
    async with sent.means.lanes.lane(origin.home, origin.spot), asyncio.timeout(10):
        await sent.messenger.answer(origin, replace(HELLO, private=True), "evt:1", reply)
    assert maria.last.text == "Hello"
