"""What people say and see in the stand-in Discord, with the real discord.py at the other end."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from tests.contracts.discord.bare import COMMANDS, Bare, running
from tests.servers.discord import DiscordServer, Impossible, Permission, Person
from tests.servers.discord.person import another_bot_says
from tests.servers.discord.things import Channel


@pytest.fixture
async def bare(server: DiscordServer) -> AsyncGenerator[Bare]:
    one = Bare(server, echoes=True)
    async with running(server, one):
        assert one.application_id is not None
        await one.http.bulk_upsert_global_commands(one.application_id, COMMANDS)
        yield one


async def test_words_are_answered_where_they_were_said(server: DiscordServer, maria: Person, room: Channel, bare: Bare) -> None:
    said = maria.says("@Elevate hello", room)
    await server.settled(until=lambda: len(maria.answers) == 1)
    maria.sees("You said: @Elevate hello")
    assert (maria.last.author, maria.last.place, maria.last.by_bot) == ("Elevate", room.id, True)
    maria.says("and @&Elevate", room, reply=said)
    await server.settled(until=lambda: len(bare.heard) == 2)
    replied = bare.heard[-1]
    assert replied.reference is not None
    assert replied.reference.message_id == int(said.id)
    assert [each.id for each in replied.mentions] == [int(maria.id)]
    assert [each.name for each in replied.role_mentions] == ["Elevate"]


async def test_messages_are_changed_and_taken_away(server: DiscordServer, maria: Person, bare: Bare) -> None:
    said = maria.says("hello")
    maria.edits(said, "good day")
    assert maria.messages()[0].edited
    maria.deletes(said)
    await server.settled(until=lambda: len(bare.news) == 3)
    assert bare.news[1:] == ["edited: good day", f"deleted: {said.id}"]
    assert [each.text for each in maria.messages() if not each.by_bot] == []
    with pytest.raises(Impossible, match="no message of theirs"):
        maria.edits(said, "too late")


async def test_a_thread_is_a_place_of_its_own(server: DiscordServer, maria: Person, room: Channel, bare: Bare) -> None:
    root = maria.says("a question", room)
    with pytest.raises(Impossible, match="no such thread"):
        maria.says("inside", thread=root)
    thread = maria.opens_thread("A question", room, root)
    maria.says("@Elevate inside", thread=root, files={"a.txt": b"hello"})
    await server.settled(until=lambda: len(bare.heard) == 2)
    await server.settled(until=lambda: len(maria.messages(thread=thread)) == 2)
    assert [each.text for each in maria.messages(thread=root)] == ["@Elevate inside\nFile: a.txt", "You said: @Elevate inside"]
    assert await bare.heard[1].attachments[0].read() == b"hello"
    assert bare.heard[1].channel.id == int(root.id)


async def test_who_is_not_let_in_neither_sees_nor_writes(server: DiscordServer, maria: Person, room: Channel) -> None:
    ben = server.person("Ben")
    maria.says("secret", room)
    private = maria.opens_thread("Between us", room, private=True)
    maria.says("more secret", private)
    assert [each.text for each in ben.messages()] == ["secret"]
    with pytest.raises(Impossible, match="Ben cannot write in Between us"):
        ben.says("let me in", private)
    server.world.forbid(server.guild, Permission.VIEW_CHANNEL, room, ben.id)
    assert ben.messages() == []
    with pytest.raises(Impossible, match="at most 2000"):
        maria.says("x" * 2001)
    with pytest.raises(Impossible, match="nothing to send"):
        maria.says("")


async def test_other_bots_are_told_apart(server: DiscordServer, maria: Person, room: Channel) -> None:
    another_bot_says(server.world, room, "beep")
    assert [(each.author, each.text, each.by_bot) for each in maria.messages(room)] == [("Another bot", "beep", False)]


@pytest.mark.usefixtures("bare")
async def test_an_answer_that_takes_its_time_shows_that_the_bot_thinks(
    server: DiscordServer, maria: Person, room: Channel
) -> None:
    ben = server.person("Ben")
    await maria.commands("/think", room)
    await server.settled(until=lambda: len(maria.answers) == 2)
    assert [each.text for each in maria.answers] == ["At last", "And one thing more"]
    assert [each.ephemeral for each in maria.answers] == [False, True]
    assert [each.text for each in ben.answers] == ["At last"]
    await maria.commands("/wait", room)
    await server.settled(midway=True)
    assert maria.last.thinking
    maria.sees("Elevate is thinking…")
    server.clock.advance(901)
    maria.sees("The application did not respond")
    assert not maria.last.thinking
    await server.settled(within=1)


@pytest.mark.usefixtures("bare")
async def test_what_the_app_does_not_answer_is_told_by_discord(server: DiscordServer, maria: Person, room: Channel) -> None:
    maria.patience = 0.2
    await maria.commands("/mute", room)
    assert maria.troubles == ["The application did not respond"]
    await maria.commands("/card", room)
    await maria.presses("Nothing")
    assert maria.troubles[1:] == ["This interaction failed"]
    server.gateway.cut()
    server.gateway.forget()
    await maria.commands("/think", room)
    assert maria.troubles[2:] == ["The application did not respond"]
    await server.settled(within=1)


@pytest.mark.usefixtures("bare")
async def test_a_form_is_held_to_its_limits_before_it_is_sent(server: DiscordServer, maria: Person) -> None:
    await maria.commands("/form")
    assert maria.modal is not None
    assert [(each.label, each.kind, each.required) for each in maria.modal.fields] == [
        ("Name", "text", True),
        ("Story", "paragraph", False),
        ("City", "select", False),
        ("Way", "radio", False),
        ("Sure", "check", False),
    ]
    assert [each.value for each in maria.modal.fields] == ["", "Once", "", "By train", "yes"]
    assert maria.modal.field("Way").options == ("By train", "On foot")
    asked = len(server.world.interactions)
    assert await maria.submits() == {"Name": "This field is required."}
    assert await maria.submits({"Name": "M"}) == {"Name": "Must be between 2 and 10 in length."}
    maria.sees("Name: M As on your door Must be between 2 and 10 in length.")
    for wrong in ({"Name": "x" * 11}, {"Name": "two\nlines"}, {"City": "Paris"}, {"Surname": "x"}, {"Sure": "perhaps"}):
        with pytest.raises(Impossible):
            maria.fills(wrong)
    with pytest.raises(Impossible, match="covers everything"):
        await maria.commands("/card")
    assert len(server.world.interactions) == asked
    maria.closes()
    with pytest.raises(Impossible, match="no form is open"):
        await maria.submits()


@pytest.mark.usefixtures("bare")
async def test_a_form_that_could_not_be_sent_stays_with_what_was_typed(server: DiscordServer, maria: Person) -> None:
    await maria.commands("/form")
    maria.patience = 0.1
    server.gateway.hold()
    assert await maria.submits({"Name": "Mario", "City": "Madrid"}) == {}
    assert maria.modal is not None
    assert maria.modal.trouble == "Something went wrong. Try again."
    assert maria.modal.field("City").value == "Madrid"
    maria.patience = 3.0
    server.gateway.release(lambda held: [])
    await maria.submits({"Name": "Maria"})
    assert maria.modal is None
    maria.sees("Thank you: ['Maria', 'Once', ['m'], 't', True]")


async def test_the_bot_is_seen_typing_until_it_has_spoken(server: DiscordServer, maria: Person, bare: Bare) -> None:
    maria.says("hello")
    await server.settled(until=lambda: len(maria.answers) == 1)
    assert not maria.sees_typing()
    async with bare.heard[0].channel.typing():
        await server.settled(until=maria.sees_typing)
    await bare.heard[0].channel.send("There you are")
    assert not maria.sees_typing()


async def test_closed_direct_messages_take_nothing(server: DiscordServer, maria: Person, bare: Bare) -> None:
    maria.closes_direct()
    user = await bare.fetch_user(int(maria.id))
    with pytest.raises(Exception, match="50007"):
        await user.send("a nudge")
    maria.opens_direct()
    await user.send("a nudge")
    maria.sees("a nudge")
