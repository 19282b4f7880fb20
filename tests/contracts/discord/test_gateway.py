"""The stand-in's gateway, with the real discord.py at the other end: sessions, events, and what goes wrong with them."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from tests.contracts.discord.bare import QUIET, READY_SECONDS, Bare, Json, pointed_at, running
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.sessions import Op
from tests.servers.discord.things import Channel

MESSAGE_CONTENT = 1 << 19
INTENTS = 1 | 1 << 9 | 1 << 12


async def test_a_client_that_identifies_hears_of_its_guilds_and_of_what_is_said(
    server: DiscordServer, maria: Person, room: Channel
) -> None:
    bare = Bare(server, echoes=True)
    async with running(server, bare):
        assert bare.user is not None
        assert [(each.name, [one.name for one in each.text_channels]) for each in bare.guilds] == [("Acme", ["general"])]
        maria.says("@Elevate hello", room)
        maria.says("in private")
        await server.settled(until=lambda: len(maria.answers) == 2)
        assert sorted(each.text for each in maria.answers) == ["You said: @Elevate hello", "You said: in private"]
        assert [each.guild is None for each in bare.heard] == [False, True]
    assert [(each.shard, each.of, each.code) for each in server.gateway.identifies] == [(0, 1, 0)]
    assert server.gateway.identified_too_soon == 0


async def test_words_are_hidden_without_their_intent_but_where_the_bot_is_meant(
    server: DiscordServer, maria: Person, room: Channel
) -> None:
    bare = Bare(server)
    async with running(server, bare):
        maria.says("among us", room, files={"a.txt": b"a"})
        maria.says("to @Elevate", room)
        maria.says("to you alone", files={"a.txt": b"a"})
        await server.settled(until=lambda: len(bare.heard) == 3)
    assert bare.words == ["", f"to <@{server.world.bot.id}>", "to you alone"]
    assert [len(each.attachments) for each in bare.heard] == [0, 0, 1]


async def test_words_come_with_the_intent_which_the_application_must_be_allowed(
    server: DiscordServer, maria: Person, room: Channel
) -> None:
    reading = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(server, Bare(server, reading)):
            pass
    server.world.application.flags |= MESSAGE_CONTENT
    bare = Bare(server, reading)
    async with running(server, bare):
        maria.says("among us", room)
        maria.says("nobody asked for these")
        await server.settled(until=lambda: len(bare.heard) == 1)
    assert bare.words == ["among us"]
    assert [each.code for each in server.gateway.identifies] == [4014, 0]


@pytest.mark.parametrize("fault", ["cut", "cut in an event", "reconnect", "may be resumed", "close"])
async def test_what_is_missed_in_a_gap_comes_when_the_session_is_resumed(
    server: DiscordServer, maria: Person, fault: str
) -> None:
    bare = Bare(server)
    async with running(server, bare):
        maria.says("before")
        await server.settled(until=lambda: len(bare.heard) == 1)
        match fault:
            case "cut":
                server.gateway.cut()
            case "cut in an event":
                server.gateway.cut_in_event = 1
            case "reconnect":
                server.gateway.reconnect()
            case "may be resumed":
                server.gateway.invalidate(resumable=True)
            case _:
                await server.gateway.close(4000)
        maria.says("meanwhile")
        await server.settled(until=lambda: "resumed" in bare.news)
        maria.says("after")
        await server.settled(until=lambda: len(bare.heard) >= 3)
    assert bare.words == ["before", "meanwhile", "after"]
    assert (server.gateway.resumes, len(server.gateway.identifies)) == (1, 1)


@pytest.mark.parametrize("fault", ["invalid", "run out", "refused once"])
async def test_a_session_that_does_not_hold_leads_to_a_new_one(server: DiscordServer, maria: Person, fault: str) -> None:
    bare = Bare(server)
    async with running(server, bare):
        if fault == "invalid":
            server.gateway.invalidate()
        else:
            server.gateway.refused = [Op.INVALID_SESSION] if fault == "refused once" else []
            server.gateway.forget()
            server.gateway.cut()
        await server.settled(until=lambda: bare.news.count("connected") == 2)
        maria.says("here again")
        await server.settled(until=lambda: len(bare.heard) == 1)
    assert [each.code for each in server.gateway.identifies] == ([0, 9, 0] if fault == "refused once" else [0, 0])
    assert server.gateway.resumes == 0
    assert server.gateway.identified_too_soon == len(server.gateway.identifies) - 1


@pytest.mark.parametrize("silence", ["nothing comes through", "nothing is acknowledged"])
async def test_a_client_leaves_a_socket_on_which_nothing_comes(server: DiscordServer, maria: Person, silence: str) -> None:
    server.gateway.interval = 0.05
    bare = Bare(server, patience=0.4)
    async with running(server, bare):
        if silence == "nothing comes through":
            server.gateway.freeze()
            maria.says("into the void")
        else:
            server.gateway.deaf = True
        await server.settled(until=lambda: server.gateway.resumes > 0)
        server.gateway.deaf = False
        maria.says("again")
        await server.settled(until=lambda: "again" in bare.words)
    assert bare.words == (["into the void", "again"] if silence == "nothing comes through" else ["again"])
    assert len(server.gateway.identifies) == 1
    assert server.gateway.heartbeats > 2


async def test_events_come_twice_late_or_in_another_order(server: DiscordServer, maria: Person) -> None:
    bare, gateway = Bare(server), server.gateway
    async with running(server, bare):
        gateway.copies = 1
        said = maria.says("twice")
        await server.settled(until=lambda: len(bare.heard) == 2)
        assert [each.id for each in bare.heard] == [int(said.id)] * 2
        gateway.copies, gateway.delay = 0, 0.1
        maria.says("late")
        assert len(bare.heard) == 2
        await server.settled(until=lambda: len(bare.heard) == 3)
        gateway.delay = 0.0
        gateway.hold()
        maria.says("first")
        maria.says("second")
        gateway.release(lambda held: held[::-1])
        await server.settled(until=lambda: len(bare.heard) == 5)
    assert bare.words[2:] == ["late", "second", "first"]


async def test_each_guild_is_told_to_its_shard_and_direct_messages_to_the_first(server: DiscordServer, maria: Person) -> None:
    server.gateway.shards, server.gateway.max_concurrency = 2, 2
    other = server.world.guild("Other")
    rooms = [each for each in server.world.channels.values() if each.guild is not None]
    maria.joins(other)
    bare = Sharded(server)
    async with running(server, bare, sessions=2):
        for each in rooms:
            maria.says(f"@Elevate {each.guild}", each)
        maria.says("direct")
        await server.settled(until=lambda: len(bare.shards_of) == 3)
    by_shard = {each.shard: each.sent for each in server.gateway.begun}
    told = {number: [data["id"] for name, data in sent if name == "MESSAGE_CREATE"] for number, sent in by_shard.items()}
    assert {number: len(each) for number, each in told.items()} == {0: 2, 1: 1}
    assert sorted((each.shard, each.of) for each in server.gateway.identifies) == [(0, 2), (1, 2)]
    assert server.gateway.identified_too_soon == 0


class Sharded(discord.AutoShardedClient):
    """Counts what it hears."""

    def __init__(self, server: DiscordServer) -> None:
        super().__init__(intents=QUIET, shard_count=2, max_messages=None, guild_ready_timeout=READY_SECONDS)
        self._stir = server.activity.stir
        self.shards_of: list[int | None] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once."""

    async def on_message(self, message: discord.Message) -> None:
        self.shards_of.append(message.guild.shard_id if message.guild else None)
        self._stir()


async def test_members_are_told_who_are_asked_for(server: DiscordServer, maria: Person) -> None:
    bare = Bare(server)
    async with running(server, bare):
        found = await bare.guilds[0].query_members("Mar", cache=False)
        assert [(each.id, each.display_name) for each in found] == [(int(maria.id), "Maria")]


def _identify(server: DiscordServer, **other: object) -> Json:
    return {"token": server.token, "properties": {}, "intents": INTENTS, **other}


@pytest.mark.parametrize(
    ("op", "other", "code"),
    [
        (2, {"token": "wrong"}, 4004),
        (2, {"shard": [2, 2]}, 4010),
        (2, {"shard": [0, 1]}, 4011),
        (2, {"intents": 1 << 30}, 4013),
        (2, {"intents": 1 << 1}, 4014),
        (2, {"intents": 1 << 15}, 4014),
        (2, {"intents": None}, 4013),
        (3, {}, 4003),
        (6, {"token": "wrong", "session_id": "x", "seq": 1}, 4004),
    ],
)
async def test_what_is_wrong_in_the_first_frame_closes_the_socket(server: DiscordServer, op: int, other: Json, code: int) -> None:
    server.gateway.shards = 2
    async with aiohttp.ClientSession() as http, http.ws_connect(server.gateway_url) as socket:
        assert (await socket.receive_json())["d"]["heartbeat_interval"] == 41250
        await socket.send_json({"op": op, "d": _identify(server, **({"shard": [0, 2]} | other))})
        assert (await socket.receive()).data == code


async def test_a_socket_is_held_to_the_protocol_afterwards_too(server: DiscordServer) -> None:
    identify = {"op": 2, "d": _identify(server)}
    for frame, code in (("{", 4002), ('{"op": 2, "d": {}}', 4005), ('{"op": 99}', 4001)):
        async with aiohttp.ClientSession() as http, http.ws_connect(server.gateway_url) as socket:
            await socket.receive_json()
            await socket.send_json(identify)
            ready = await socket.receive_json()
            assert (ready["t"], ready["s"], ready["d"]["shard"]) == ("READY", 1, [0, 1])
            await socket.send_str(frame)
            came = await socket.receive()
            while came.type == aiohttp.WSMsgType.TEXT:
                came = await socket.receive()
            assert came.data == code


async def test_a_client_without_heartbeats_is_cut_off(server: DiscordServer) -> None:
    server.gateway.interval, server.gateway.grace = 0.05, 0.05
    async with aiohttp.ClientSession() as http, http.ws_connect(server.gateway_url) as socket:
        await socket.receive_json()
        assert (await socket.receive()).data == 4009


async def test_a_refused_identify_ends_the_client(server: DiscordServer) -> None:
    server.gateway.refused = [4004]
    with pointed_at(server), pytest.raises(discord.ConnectionClosed) as ended:
        await asyncio.wait_for(Bare(server).start(server.token), 10)
    assert ended.value.code == 4004
