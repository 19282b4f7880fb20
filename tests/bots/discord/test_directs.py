"""Direct messages: opened slowly, remembered, and where they are closed, a private thread and a word to the coach."""

from __future__ import annotations

import asyncio

import pytest

from bots.discord.arrived import NO_GUILD
from bots.discord.directs import OPENED_EVERY, TOO_FAST_SECONDS
from core.outbox import Undeliverable
from core.reach import reach_id
from core.ui import Message
from tests.bots.discord.sending import Sent
from tests.servers.discord.faulty import Fault
from tests.servers.discord.permissions import Permission
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel, Kind


@pytest.fixture
async def met(sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel) -> Sent:
    await sent.means.directs.met(maria.id, discord_server.guild.id, room.id)
    return sent


async def test_a_meeting_is_kept_only_where_it_is_another_place(
    met: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    for _ in range(3):
        await met.means.directs.met(maria.id, discord_server.guild.id, room.id)
    assert met.reaches.written == 1
    await met.means.directs.met(maria.id, discord_server.guild.id, "7")
    kept = met.reaches.kept[reach_id(maria.id)]
    assert (kept.workspace, kept.channels, kept.identity) == (
        discord_server.guild.id,
        {discord_server.guild.id: "7"},
        f"discord:{discord_server.guild.id}:{maria.id}",
    )
    assert await met.means.directs.home(maria.id) == discord_server.guild.id
    assert await met.means.directs.home("1") is None


async def test_who_writes_directly_before_anything_else_is_found_among_the_members_of_our_guilds(
    sent: Sent, discord_server: DiscordServer, maria: Person
) -> None:
    discord_server.another_guild("Elsewhere")
    stranger = discord_server.stranger("Sam")
    assert await sent.means.directs.home(maria.id) == discord_server.guild.id
    assert await sent.means.directs.home(stranger.id) is None


async def test_who_writes_to_us_directly_needs_no_opening(sent: Sent, discord_server: DiscordServer, maria: Person) -> None:
    await sent.means.directs.heard(NO_GUILD, maria.id, maria.direct.id)
    await sent.messenger.post(sent.at(user=maria), Message("Hello"))
    assert maria.last.text == "Hello"
    assert discord_server.called("create_dm") == []
    assert await sent.means.directs.home(maria.id) is None


async def test_first_direct_messages_are_opened_one_after_the_other(
    sent: Sent, discord_server: DiscordServer, room: Channel
) -> None:
    people = [discord_server.person(f"Student {number}") for number in range(4)]
    for each in people:
        await sent.means.directs.met(each.id, discord_server.guild.id, room.id)
    await asyncio.gather(*(sent.messenger.post(sent.at(user=each), Message("Hello")) for each in people))
    assert [each.last.text for each in people] == ["Hello"] * 4
    assert sent.time.waited == pytest.approx([OPENED_EVERY] * 3)


async def test_discord_asking_for_a_pause_is_heeded(met: Sent, discord_server: DiscordServer, maria: Person) -> None:
    discord_server.fail(Fault("POST", "/users/@me/channels$", status=400, code=40003))
    await met.messenger.post(met.at(user=maria), Message("Hello"))
    assert maria.last.text == "Hello"
    assert TOO_FAST_SECONDS in met.time.waited


async def test_closed_direct_messages_lead_to_a_private_thread_where_they_were_met(
    met: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    other = discord_server.person("Ann")
    maria.closes_direct()
    to = met.at(user=maria)
    first = await met.messenger.post(to, Message("Hello"), key="let:1")
    (thread,) = discord_server.world.threads(room.id)
    assert (thread.kind, thread.name) == (Kind.PRIVATE_THREAD, "For Maria")
    assert maria.id in thread.members
    assert (maria.last.text, maria.last.place) == ("Hello", thread.id)
    assert other.answers == []
    assert await met.messenger.find(to, "let:1") == first
    await met.messenger.edit(to, first, Message("Goodbye"))
    assert maria.last.text == "Goodbye"
    await met.messenger.post(to, Message("Again"))
    assert len(discord_server.world.threads(room.id)) == 1


async def test_each_guild_has_a_private_thread_of_its_own_since_its_moderators_read_along(
    met: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    bakers = discord_server.another_guild("Bakers")
    maria.joins(bakers)
    there = discord_server.channel("cohort-8", guild=bakers)
    await met.means.directs.met(maria.id, bakers.id, there.id)
    maria.closes_direct()
    places, threads = [], []
    for number in range(4):
        for guild in (discord_server.guild, bakers):
            await met.messenger.post(met.at(user=maria, guild=guild.id), Message(f"Letter {number}"))
            places.append(maria.last.place)
    for channel in (room, there):
        (thread,) = discord_server.world.threads(channel.id)
        assert await met.means.directs.stands_for(maria.id, thread.id)
        threads.append(thread.id)
    assert places == threads * 4
    assert sum(each.code == 50007 for each in discord_server.refusals) == 3, "they are as closed for one guild as for another"
    told = {each.organization_id for each in met.letters.kept.values()}
    assert told == {f"org_{each.id}" for each in (discord_server.guild, bakers)}, "each coach hears of it"
    await met.means.directs.met(maria.id, discord_server.guild.id, room.id)
    letter = await met.messenger.post(met.at(user=maria, guild=bakers.id), Message("A letter"), key="let:1")
    assert await met.messenger.find(met.at(user=maria, guild=bakers.id), "let:1") == letter
    assert await met.messenger.find(met.at(user=maria), "let:1") is None
    with pytest.raises(Undeliverable):
        await met.messenger.post(met.at(user=maria, guild="7"), Message("From where she was never met"))


async def test_after_three_refusals_the_coach_is_told_once_and_the_thread_is_used_at_once(
    met: Sent, discord_server: DiscordServer, maria: Person
) -> None:
    maria.closes_direct()
    for number in range(5):
        await met.messenger.post(met.at(user=maria), Message(f"Letter {number}"))
        assert bool(met.letters.kept) == (number >= 2)
    (letter,) = met.letters.kept.values()
    assert letter.address.channel == "@U9"
    assert "Maria" in str(letter.read().cards)
    assert sum(each.code == 50007 for each in discord_server.refusals) == 3
    assert maria.last.text == "Letter 4"


async def test_who_opens_their_direct_messages_is_written_to_there_again(met: Sent, maria: Person) -> None:
    maria.closes_direct()
    await met.messenger.post(met.at(user=maria), Message("Hello"))
    maria.opens_direct()
    await met.messenger.post(met.at(user=maria), Message("Again"))
    assert maria.last.place == maria.direct.id
    assert met.reaches.kept[reach_id(maria.id)].refused == 0


async def test_a_private_thread_that_was_deleted_is_made_anew(
    met: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    maria.closes_direct()
    for number in range(3):
        await met.messenger.post(met.at(user=maria), Message(f"Letter {number}"))
    (thread,) = discord_server.world.threads(room.id)
    del discord_server.world.channels[thread.id]
    await met.messenger.post(met.at(user=maria), Message("Again"))
    (another,) = discord_server.world.threads(room.id)
    assert discord_server.world.history(another.id)[-1].components[0]["content"] == "Again"


async def test_who_was_met_in_a_thread_gets_the_private_one_beside_it(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    thread = maria.opens_thread("mine", room, root=asked)
    await sent.means.directs.met(maria.id, discord_server.guild.id, thread.id)
    maria.closes_direct()
    await sent.messenger.post(sent.at(user=maria), Message("Hello"))
    assert discord_server.world.channels[maria.last.place].parent == room.id


async def test_whom_nobody_can_write_to_gets_no_letter_and_is_told_at_the_place(
    met: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    maria.closes_direct()
    discord_server.world.forbid(discord_server.guild, Permission.CREATE_PRIVATE_THREADS)
    with pytest.raises(Undeliverable):
        await met.messenger.post(met.at(user=maria), Message("A letter"))
    asked = maria.says("@Elevate hello", channel=room)
    origin = met.origin(maria, room, asked.id)
    assert await met.messenger.answer(origin, Message("For you", private=True), "evt:1", None) == ""
    assert "switch on Direct Messages" in maria.last.text
    assert maria.last.place == asked.id
