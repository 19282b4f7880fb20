"""The thread of a question: what it is called, and that it is made once."""

from __future__ import annotations

import asyncio

import pytest

from bots.discord.threads import NAME_AT_MOST, UNNAMED, named
from bots.discord.troubles import DiscordUnreachable
from tests.bots.discord.sending import Sent
from tests.servers.discord.faulty import Fault
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("<@123456789012345678> how do I *price* my **tea**?\nAnd then?", "how do I price my tea?"),
        ("<@&42> <#7> hello </run:77> there", "hello there"),
        ("# Head <:tea:123456789012345678> and `code`", "Head :tea: and code"),
        ("@everyone\n\n- the first thing\n- the second", "the first thing"),
        ("<@1>", UNNAMED),
        ("", UNNAMED),
        ("```\n```", UNNAMED),
    ],
)
def test_it_is_named_after_the_first_line_in_plain_words(question: str, name: str) -> None:
    assert named(question) == name


def test_a_long_one_ends_with_a_word() -> None:
    name = named("How do I " + "reach more people " * 10)
    assert len(name) <= NAME_AT_MOST
    assert name.endswith(("reach…", "more…", "people…"))
    assert len(named("x" * 150)) == NAME_AT_MOST


async def test_it_is_made_once_for_the_typing_and_the_first_words_that_come_together(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    sent.means.threads.asked(asked.id, "hello")
    typing, first = await asyncio.gather(*[sent.means.threads.spot(sent.at(room, asked.id)) for _ in range(2)])
    assert (typing, typing.id) == (first, int(asked.id))
    assert len(discord_server.called("create_thread_from_message")) == 1
    assert discord_server.refusals == []


async def test_it_is_made_once_where_the_typing_is_broken_off_while_it_is_made(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked, came = maria.says("@Elevate hello", channel=room), asyncio.Event()
    sent.means.threads.asked(asked.id, "hello")

    def midway(_: object) -> bool:
        came.set()
        return True

    discord_server.fail(Fault("POST", r"/threads$", delay=0.02, when=midway))
    typing = asyncio.create_task(sent.means.threads.spot(sent.at(room, asked.id)))
    await came.wait()
    typing.cancel()
    await asyncio.wait({typing})
    assert (typing.cancelled(), (await sent.means.threads.spot(sent.at(room, asked.id))).id) == (True, int(asked.id))
    await discord_server.settled()
    assert len(discord_server.called("create_thread_from_message")) == 1
    assert discord_server.refusals == []


async def test_whoever_waits_for_it_together_is_told_that_discord_is_away_and_the_next_try_makes_it(
    sent: Sent, discord_server: DiscordServer, maria: Person, room: Channel
) -> None:
    asked = maria.says("@Elevate hello", channel=room)
    sent.means.threads.asked(asked.id, "hello")
    to = sent.at(room, asked.id)
    discord_server.fail(Fault("POST", r"/threads$", status=501))  # discord.py itself repeats what fails with 500, 502 or 504
    told = await asyncio.gather(*[sent.means.threads.spot(to) for _ in range(2)], return_exceptions=True)
    assert [type(each) for each in told] == [DiscordUnreachable, DiscordUnreachable]
    assert (await sent.means.threads.spot(to)).id == int(asked.id)
