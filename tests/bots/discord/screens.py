"""What growing answers are shown on in tests: messages posted, changed and deleted as in Discord, and what can go wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bots.discord.arrived import Origin, Where
from bots.discord.marks import Mark
from bots.discord.posts import Component, Post
from bots.discord.replies import Reply, Spent
from bots.discord.screen import Screen
from bots.discord.troubles import DiscordBusy, DiscordRefused, DiscordUnreachable
from bots.pieces import pieces
from core import plain
from core.request import Address
from core.ui import Message, Page, Speaker

GONE = 10008
TEXT_AT_MOST = 4_000
WRITER = Speaker("Writer", "writer.svg", "pencil2")
SAGE = Speaker("Sage", "sage.svg", "owl")


class PlainDrawing:
    """Text and one button, and cards as text."""

    async def posts(self, shown: Message | Page, opening: str = "", working: str = "") -> tuple[Post, ...]:
        said = plain.page(shown) if isinstance(shown, Page) else shown.text
        cards = plain.message(Message(cards=shown.cards)) if shown.cards else ""
        texts = [*pieces(_joined(opening, said, working), TEXT_AT_MOST), *([f"[{cards}]"] if cards else [])]
        return tuple(Post((_text(each),)) for each in texts)

    def text(self, markdown: str, opening: str = "", working: str = "", stop: str = "") -> tuple[Post, ...]:
        button = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Stop", "custom_id": f"stop:{stop}"}]}
        drawn = [_text(each) for each in (_joined(opening, markdown), working) if each]
        return (Post((*drawn, *([button] if stop else []))),)


def _joined(*parts: str) -> str:
    return "\n\n".join(each for each in parts if each)


def _text(words: str) -> Component:
    return {"type": 10, "content": words}


@dataclass
class Shown:
    """A message that stands there."""

    id: str
    place: str
    post: Post
    mark: Mark | None
    face: str = ""

    @property
    def text(self) -> str:
        """Its texts, a line each."""
        return "\n".join(str(each["content"]) for each in self.post.components if each["type"] == 10)

    @property
    def button(self) -> str:
        """The custom id of the button that stops it; "" where there is none."""
        rows = [each["components"] for each in self.post.components if each["type"] == 1]
        return rows[0][0]["custom_id"] if rows and isinstance(rows[0], list) else ""


@dataclass
class Fault:
    """Something that goes wrong with a call: before or after it was carried out."""

    error: Exception
    carried_out: bool = False
    call: str = ""
    place: str = ""
    times: int = 1


@dataclass
class Discord:
    """Implements `bots.discord.screen.Screens` over messages that it keeps. `calls` are `post`, `change`, `delete`, `typing`."""

    there: list[Shown] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    screens: list[tuple[str, Speaker | None]] = field(default_factory=list)
    faceless: bool = False
    held: asyncio.Event | None = None
    under_way: int = 0
    last: int = 0

    async def screen(self, origin: Origin, speaker: Speaker | None, private: bool, reply: Reply | None) -> Screen:
        place = _place(origin, private, reply)
        await self.call("screen", place, lambda: None)
        self.screens.append((place, speaker))
        return OnScreen(self, place, speaker)

    async def answer(self, origin: Origin, shown: Message | Page, key: str, reply: Reply | None) -> str:
        """As the sender does: where one place refuses, the next is tried. Whatever else is wrong is over by then."""
        self.faults[:] = [each for each in self.faults if isinstance(each.error, DiscordRefused | Spent)]
        private = isinstance(shown, Page) or shown.private
        posts = await PlainDrawing().posts(shown)
        ids: list[str] = []
        for number, post in enumerate(posts, start=1):
            mark = Mark(key, number, len(posts))
            try:
                ids.append(await self.posted(_place(origin, private, reply), post, mark, ""))
            except (DiscordRefused, Spent):
                ids.append(await self.posted(f"@{origin.user}", post, mark, ""))
        return ids[0] if ids else ""

    async def find(self, to: Address, key: str) -> str | None:
        return next((each.id for each in self.there if each.mark and each.mark.key == key), None)

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        [post] = await PlainDrawing().posts(message)
        self.there[:] = [replace(each, post=post) if each.id == posted else each for each in self.there]

    async def posted(self, place: str, post: Post, mark: Mark | None, face: str, id: str = "") -> str:
        _sound(post)
        self.last += 1
        shown = Shown(id or str(self.last), place, post, mark, face)
        await self.call("post", place, lambda: self.there.append(shown))
        return shown.id

    async def call(self, name: str, place: str, carry_out: Callable[[], None]) -> None:
        """A call over the network: one at a time for an answer."""
        self.calls.append(name)
        self.under_way += name != "typing"
        assert self.under_way <= 1
        try:
            await (self.held.wait() if self.held else asyncio.sleep(0))
        finally:
            self.under_way -= name != "typing"
        fault = next((each for each in self.faults if each.call in ("", name) and each.place in ("", place)), None)
        if fault is None or fault.carried_out:
            carry_out()
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
            raise fault.error

    def fails(self, *, call: str = "", place: str = "", times: int = 1) -> None:
        """Discord is away."""
        self.faults.append(Fault(DiscordUnreachable(perhaps_done=False), call=call, place=place, times=times))

    def refuses(self, code: int, *, call: str = "", place: str = "", times: int = 1) -> None:
        """Discord says no."""
        self.faults.append(Fault(DiscordRefused(code, 403), call=call, place=place, times=times))

    def loses_the_answer(self, *, call: str = "") -> None:
        """It is done, and nobody says so."""
        self.faults.append(Fault(DiscordUnreachable(perhaps_done=True), carried_out=True, call=call))

    def is_busy(self, *, call: str = "", times: int = 1) -> None:
        """Discord asks for a pause."""
        self.faults.append(Fault(DiscordBusy(), call=call, times=times))

    def spends(self, place: str) -> None:
        """The reply's token runs out."""
        self.faults.append(Fault(Spent(), place=place, times=1_000))

    def deletes(self, number: int) -> None:
        """A moderator takes a message away."""
        del self.there[number]

    @property
    def texts(self) -> list[str]:
        """What stands there."""
        return [each.text for each in self.there]


class OnScreen:
    """The messages of one speaker. Keeps the promises of `bots.discord.screen.Screen`."""

    def __init__(self, discord: Discord, place: str, speaker: Speaker | None) -> None:
        self._discord = discord
        self._place = place
        self._speaker = speaker
        self._ids: list[str] = []

    @property
    def opening(self) -> str:
        return f"**{self._speaker.name}**" if self._speaker and self._discord.faceless else ""

    async def put(self, number: int, post: Post, mark: Mark | None) -> str:
        _sound(post)
        discord = self._discord
        assert number <= len(self._ids), "the numbers are posted in their order"
        if number == len(self._ids):
            face = self._speaker.name if self._speaker and not discord.faceless else ""
            discord.last += 1
            shown = Shown(str(discord.last), self._place, post, mark, face)
            try:
                await discord.call("post", self._place, lambda: discord.there.append(shown))
            except DiscordUnreachable as trouble:
                if trouble.perhaps_done and shown in discord.there:  # the next call finds it, and changes it
                    self._ids.append(shown.id)
                raise
            self._ids.append(shown.id)
            return shown.id
        there = next((each for each in discord.there if each.id == self._ids[number]), None)
        if there is None:
            raise DiscordRefused(GONE, 404)
        await discord.call("change", self._place, lambda: _changed(there, post, mark))
        return there.id

    async def drop(self, number: int) -> None:
        if number >= len(self._ids):
            return
        assert number == len(self._ids) - 1, "the last is dropped first"
        id = self._ids[-1]
        try:
            await self._discord.call("delete", self._place, lambda: self._deleted(id))
        except DiscordRefused:
            self._ids.pop()
            raise
        self._ids.pop()

    async def typing(self) -> None:
        await self._discord.call("typing", self._place, lambda: None)

    def _deleted(self, id: str) -> None:
        self._discord.there[:] = [each for each in self._discord.there if each.id != id]


def _changed(there: Shown, post: Post, mark: Mark | None) -> None:
    there.post, there.mark = post, mark


def _sound(post: Post) -> None:
    """What Discord would refuse."""
    assert 1 <= len(post.components) <= 40
    assert sum(len(str(each.get("content", ""))) for each in post.components) <= TEXT_AT_MOST


def _place(origin: Origin, private: bool, reply: Reply | None) -> str:
    if reply is not None:
        return "reply"
    return f"@{origin.user}" if origin.direct or private else origin.spot


def origin(*, guild: str = "900000000000000001", where: Where = Where.MESSAGE) -> Origin:
    """Where Maria asked something."""
    return Origin(guild or "direct", "500000000000000001", "700000000000000001", where, guild, message="800000000000000001")
