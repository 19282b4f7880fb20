"""Where one speaker's answer is shown while it grows: messages by their number, posted once and then changed."""

from __future__ import annotations

from typing import Protocol

from bots.discord.arrived import Origin
from bots.discord.marks import Mark
from bots.discord.posts import Post
from bots.discord.replies import Reply
from core.request import Address
from core.ui import Message, Page, Speaker


class Screen(Protocol):
    """The messages of one speaker at one place, numbered from 0. Making one shows nothing yet."""

    @property
    def opening(self) -> str:
        """The line of Markdown that names the speaker, where the place shows no face of theirs; else "".

        It may change where a face turns out not to be had, and is asked for before each drawing.
        """
        ...

    async def put(self, number: int, post: Post, mark: Mark | None) -> str:
        """Post the message of this number, or change it to this; returns its id. The numbers are posted in their order.

        Without a mark it goes by none that anybody looks for. It can be called again after whatever was raised, with the same
        post or another: what was posted without Discord's answer is looked for first, and not posted twice.

        Raises:
            DiscordUnreachable, DiscordBusy: Discord does not answer, or asks for a longer pause than is waited for.
            DiscordRefused: it cannot be posted there; 10008: the message that is to be changed is gone. After `drop` of the
                number it is posted anew.
            Spent: the reply's token has run out, and this place cannot be written to otherwise.
        """
        ...

    async def drop(self, number: int) -> None:
        """Take the message of this number away, and forget it; where it is gone already or never was, all the better.

        Raises:
            DiscordUnreachable, DiscordBusy: it could not be taken away just now, and is not forgotten.
            DiscordRefused, Spent: it stays there, and is forgotten all the same.
        """
        ...

    async def typing(self) -> None:
        """Show for ten seconds that somebody is at work, where a place can show that. It raises nothing of Discord's."""
        ...


class Screens(Protocol):
    """What a growing answer asks of the sender."""

    async def screen(self, origin: Origin, speaker: Speaker | None, private: bool, reply: Reply | None) -> Screen:
        """Where this speaker's words are shown. What is private in a guild grows as the reply, to the asker's eyes alone; without
        a reply, in their direct messages, with a word at the place once the first message is there.

        Raises:
            DiscordUnreachable, DiscordBusy, DiscordRefused: there is no such place.
        """
        ...

    async def answer(self, origin: Origin, shown: Message | Page, key: str, reply: Reply | None) -> str:
        """Show it whole, there or wherever the person can be reached; returns the id of its first message, "" where it has none.

        Raises:
            DiscordUnreachable, DiscordBusy, DiscordRefused: it could not be shown just now.
        """
        ...

    async def find(self, to: Address, key: str) -> str | None:
        """The id of what was posted there with the key, if all of it was.

        Raises:
            DiscordUnreachable, DiscordBusy, DiscordRefused: that cannot be told.
        """
        ...

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Change a message that was posted there. What was deleted stays so.

        Raises:
            DiscordUnreachable, DiscordBusy, DiscordRefused: it could not be changed.
        """
        ...
