"""The mark that our messages carry unseen, by which they are found again: the number of their first component."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import discord

from bots.discord.calling import Act, Calling
from bots.discord.posts import Post
from bots.discord.remedies import CLOSED, remedy
from bots.discord.troubles import DiscordRefused

PARTS_AT_MOST = 60
"""Posts that one message can fall into, as far as they are looked for."""
LOOKED_THROUGH = 300
"""Messages, newest first; of those that came after what was asked, where the key says when that was."""
SNOWFLAKE = re.compile(r"\d{17,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """`part` (from 1) of so many that make up the message with this key."""

    key: str = field(repr=False)
    part: int = 1
    of: int = 1

    @property
    def number(self) -> int:
        """A component's id: positive, 31 bits. It also says whether this part is the last, so that it is seen what is missing."""
        return _number(self.key, self.part, last=self.part >= self.of)

    def nonce(self, channel: int) -> str:
        """What Discord knows the message by for some minutes, so that it is not posted twice; 25 characters at most."""
        return blake2b(f"{self.key}\n{self.part}\n{channel}".encode(), digest_size=12).hexdigest()

    def on(self, post: Post) -> Post:
        """The post with this mark."""
        first, *others = post.components
        return Post(({**first, "id": self.number}, *others), post.files)


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a message is there: the ids by part."""

    parts: dict[int, str]
    of: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing of it is missing."""
        return 0 < self.of <= len(self.parts)


async def look(calling: Calling, place: discord.abc.Messageable, key: str, *, after: int | None = None, guild: str = "") -> Seen:
    """What was posted there with this key. Where we may not read, nothing is found.

    `after` is the snowflake of what came before; without it, the first in the key serves.

    Raises:
        DiscordTrouble: Discord does not answer.
    """
    named = SNOWFLAKE.search(key)
    since = after or (int(named.group()) if named else None)

    async def numbers() -> list[tuple[str, int]]:
        bound = discord.Object(since) if since else None
        found = place.history(limit=LOOKED_THROUGH, after=bound, oldest_first=False)
        return [(str(each.id), _marked(each.components[0])) async for each in found if each.author.bot and each.components]

    try:
        return read(await calling(Act.READ, numbers(), guild=guild), key)
    except DiscordRefused as refused:
        if remedy(refused) in CLOSED:
            return Seen({})
        raise


def read(found: Iterable[tuple[str, int]], key: str) -> Seen:
    """What of the message with this key is among these: ids of messages, newest first, with the numbers of their marks."""
    wanted = {_number(key, part, last=last): (part, last) for part in range(1, PARTS_AT_MOST + 1) for last in (False, True)}
    parts: dict[int, str] = {}
    of = 0
    for message, number in found:
        if number in wanted:
            part, last = wanted[number]
            parts[part] = message
            of = part if last else of
    return Seen({part: parts[part] for part in sorted(parts)}, of)


def _marked(component: object) -> int:
    return getattr(component, "id", None) or 0  # discord.py's class for kinds that it does not know has none


def _number(key: str, part: int, *, last: bool) -> int:
    made = blake2b(f"{key}\n{part}\n{last}".encode(), digest_size=4, person=b"elevate-mark").digest()
    return (int.from_bytes(made) & 0x7FFFFFFF) or 1
