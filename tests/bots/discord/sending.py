"""What the tests of sending share: plain drawing, a record of how people are reached, and the senders over a stand-in Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
from discord.http import Route

from bots.discord import webhooks
from bots.discord.arrived import Origin, Where
from bots.discord.means import Means
from bots.discord.posts import Component, Enclosure, Post
from bots.discord.replies import Reply
from bots.discord.responses import responding
from bots.discord.sender import DiscordMessenger
from core import plain
from core.contents import SHIPPED
from core.outbox import Letter
from core.people.model import Person as Student
from core.reach import Reach, Unreached
from core.request import Address, Platform
from core.roles import Role
from core.ui import Message, Page, Speaker
from tests.bots.passing import Time
from tests.servers.discord.message_objects import interaction_json
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Asks, Channel, Interaction
from tests.students import NOON

WRITER = Speaker("Writer", "writer.svg", "pencil2")


class PlainDrawing:
    """Texts, and a card that Discord can refuse. `----` on a line of its own parts posts."""

    async def posts(self, shown: Message | Page, opening: str = "") -> tuple[Post, ...]:
        if isinstance(shown, Page):
            return (Post((_text(plain.page(shown)),)),)
        posts = [Post((_text(each),)) for each in shown.text.split("\n----\n") if each]
        if opening and posts:
            posts[0] = Post((_text(opening), *posts[0].components))
        cards: list[Component] = [
            {"type": 17, "components": [_text(each)]} for each in [plain.message(Message(cards=shown.cards))] if each
        ]
        files = tuple(Enclosure(each.name, each.content) for each in shown.files)
        cards += [{"type": 13, "file": {"url": f"attachment://{each.name}"}} for each in files]
        if cards:
            last = posts.pop() if posts else Post(())
            posts.append(Post((*last.components, *cards), files))
        return tuple(posts)


def _text(words: str) -> Component:
    return {"type": 10, "content": words}


@dataclass
class Reaches:
    """Implements `core.reach.ReachStore`, without a database."""

    kept: dict[str, Reach] = field(default_factory=dict)
    written: int = 0

    async def find(self, reach_id: str) -> Reach | None:
        return self.kept.get(reach_id)

    async def met(self, reach: Reach) -> None:
        there = self.kept.get(reach.id, reach)
        place = {"identity": reach.identity, "workspace": reach.workspace, "channels": reach.channels, "homes": reach.homes}
        self.kept[reach.id] = there.model_copy(update=place)
        self.written += 1

    async def talks(self, reach_id: str, homes: Sequence[str]) -> None:
        self._change(reach_id, homes=tuple(homes))

    async def opened(self, reach_id: str, direct: str, at: datetime | None) -> None:
        self._change(reach_id, direct=direct, **({"opened_at": at} if at else {}))

    async def heard(self, reach_id: str, at: datetime) -> None:
        self._change(reach_id, heard_at=at)

    async def lately(self, since: datetime, limit: int) -> Sequence[Reach]:
        met = [each for each in self.kept.values() if each.heard_at is not None and each.heard_at >= since]
        return sorted(met, key=lambda each: each.heard_at or since, reverse=True)[:limit]

    async def set_aside(self, reach_id: str, asides: Mapping[str, str]) -> None:
        self._change(reach_id, asides=asides)

    async def refused(self, reach_id: str) -> int:
        self._change(reach_id, refused=self.kept[reach_id].refused + 1)
        return self.kept[reach_id].refused

    async def reached(self, reach_id: str) -> None:
        self._change(reach_id, refused=0)

    def _change(self, reach_id: str, **change: Any) -> None:
        self.written += 1
        self.kept[reach_id] = self.kept[reach_id].model_copy(update=change)


@dataclass
class Coached:
    """Everybody is a student in each guild, and each has one coach."""

    async def by_identity(self, identity: str) -> Student | None:
        org = f"org_{identity.split(':')[1]}"
        return Student(id="per_1", user_id="usr_1", organization_id=org, name="Maria", identities=(identity,), created_at=NOON)

    async def coaches(self, organization_id: str) -> Sequence[Student]:
        identities = ("slack:T1:U9",)
        coach = {"id": f"per_{organization_id}", "user_id": "usr_2", "name": "Ann", "role": Role.COACH, "created_at": NOON}
        return [Student.model_validate({**coach, "organization_id": organization_id, "identities": identities})]


class Letters:
    """The part of an outbox that is asked here."""

    def __init__(self) -> None:
        self.kept: dict[str, Letter] = {}

    async def add(self, letter: Letter) -> bool:
        new = letter.key not in self.kept
        self.kept.setdefault(letter.key, letter)
        return new


@dataclass
class Sent:
    """The senders, and what they stand on."""

    server: DiscordServer
    time: Time
    client: discord.Client
    means: Means
    messenger: DiscordMessenger
    reaches: Reaches
    letters: Letters

    def at(self, channel: Channel | None = None, thread: str = "", user: Person | None = None, guild: str = "") -> Address:
        """An address in the core's terms."""
        place = f"@{user.id}" if user else channel.id if channel else ""
        return Address(Platform.DISCORD, guild or self.server.guild.id, place, thread)

    def origin(self, who: Person, channel: Channel | None = None, message: str = "", *, where: Where = Where.MESSAGE) -> Origin:
        """Where this person asked something: directly, or in the channel or thread."""
        if channel is None:
            return Origin(self.server.guild.id, who.id, who.direct.id, where, message=message)
        parent = channel.parent if channel.thread and channel.parent else channel.id
        thread = channel.id if channel.thread else ""
        return Origin(self.server.guild.id, who.id, parent, where, guild=self.server.guild.id, thread=thread, message=message)

    def asked(self, who: Person, channel: Channel, asks: Asks = Asks.COMMAND, **about: Any) -> tuple[Interaction, Reply]:
        """An interaction, and the reply to it."""
        typing = [{"type": 3, "name": "code", "value": "H", "focused": True}] if asks is Asks.AUTOCOMPLETE else []
        command: Mapping[str, object] = {"id": "1", "name": "run", "type": 1, "options": typing}
        data = {"custom_id": "x", "component_type": 2} if asks is Asks.COMPONENT else dict(command)
        asked = self.server.world.interaction(asks, who.user, channel, data, **about)
        payload: Any = interaction_json(self.server.world, asked)
        came = discord.Interaction(data=payload, state=self.client._connection)
        return asked, Reply(came, self.time.now, self.means.responses)


@asynccontextmanager
async def sending(server: DiscordServer, faces: Path | None = None, *, known: bool = True) -> AsyncIterator[Sent]:
    """The senders over a stand-in Discord, logged in where we are `known`, without a gateway."""
    time, reaches, letters = Time(), Reaches(), Letters()
    before, Route.BASE = Route.BASE, server.api_url
    client = discord.Client(intents=discord.Intents.none(), max_messages=None, member_cache_flags=discord.MemberCacheFlags.none())
    try:
        async with client, webhooks.session() as posting, responding(client.http.user_agent) as responses:
            if known:
                await client.login(server.token)
            outbox: Any = letters
            unreached = Unreached(Coached(), outbox)
            folder = faces or SHIPPED / "agents"
            means = Means.over(
                client,
                posting,
                responses,
                PlainDrawing(),
                faces=lambda: folder,
                reach=reaches,
                unreached=unreached,
                now=time.now,
                wait=time.wait,
            )
            yield Sent(server, time, client, means, DiscordMessenger(means), reaches, letters)
    finally:
        Route.BASE = before
