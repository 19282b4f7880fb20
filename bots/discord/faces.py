"""The name and the face that an agent posts under; the faces are uploaded to Discord itself, as emojis of the application."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePath

import discord
import structlog

from bots.discord.calling import Act, Calling
from bots.discord.troubles import DiscordRefused, DiscordTrouble
from core.ui import Speaker

log = structlog.get_logger()

NAME_AT_MOST = 80
"""Characters of a webhook's name. https://docs.discord.com/developers/resources/webhook#create-webhook"""
FORBIDDEN = re.compile(r"clyde|discord", re.IGNORECASE)
"""Words that no webhook may carry in its name."""
EMOJI_AT_MOST = 256 * 1024
"""Bytes of an emoji. https://docs.discord.com/developers/resources/emoji"""
NOT_A_NAME = re.compile(r"\W", re.ASCII)
SIGNS: Mapping[str, str] = {
    "star": "⭐",
    "bee": "🐝",
    "rocket": "🚀",
    "seedling": "🌱",
    "sunflower": "🌻",
    "cactus": "🌵",
    "mushroom": "🍄",
    "cat": "🐱",
    "dog": "🐶",
    "bear": "🐻",
    "koala": "🐨",
    "rabbit": "🐰",
    "penguin": "🐧",
    "turtle": "🐢",
    "snail": "🐌",
    "octopus": "🐙",
    "whale": "🐳",
    "coffee": "☕",
    "bell": "🔔",
    "key": "🔑",
}
"""The emojis of agents that people make, by their names: Discord turns a name into its sign only in what people type."""


@dataclass(frozen=True, slots=True)
class Face:
    """A speaker as Discord can show them: by name and picture where a webhook speaks, elsewhere by a line over the message."""

    name: str = ""
    picture: str | None = None
    opening: str = ""


class Faces:
    """The agents' faces. `folder` gives the folder in which their pictures lie: a content folder can be changed while we run."""

    def __init__(self, client: discord.Client, calling: Calling, folder: Callable[[], Path]) -> None:
        self._client = client
        self._calling = calling
        self._folder = folder
        self._emojis: dict[str, discord.Emoji] | None = None
        self._refused: set[str] = set()
        self._named: dict[Path, tuple[int, str]] = {}
        self._one = asyncio.Lock()

    async def of(self, speaker: Speaker | None) -> Face:
        """The speaker's face. Where the picture cannot be had, the name alone."""
        if speaker is None:
            return Face()
        name = FORBIDDEN.sub(lambda found: f"{found.group()[0]}.{found.group()[1:]}", speaker.name)[:NAME_AT_MOST]
        emoji = await self._emoji(speaker.avatar) if speaker.avatar else None
        sign = str(emoji) if emoji else "" if speaker.avatar else SIGNS.get(speaker.emoji, "")
        return Face(name, emoji.url if emoji else None, f"{sign} **{speaker.name}**".lstrip())

    async def _emoji(self, avatar: str) -> discord.Emoji | None:
        """The emoji that has this picture, uploaded if need be."""
        path = self._folder() / PurePath(avatar).with_suffix(".png").name
        try:
            changed = path.stat().st_mtime_ns
            known_at, name = self._named.get(path, (0, ""))
            if known_at == changed and self._emojis and name in self._emojis:
                return self._emojis[name]
            picture = await asyncio.to_thread(path.read_bytes)
        except OSError:
            return None
        name = emoji_name(avatar, picture)
        if name in self._refused or len(picture) > EMOJI_AT_MOST:
            return None
        async with self._one:
            try:
                emoji = await self._uploaded(name, picture)
            except DiscordTrouble as trouble:
                if isinstance(trouble, DiscordRefused):
                    self._refused.add(name)
                log.warning("discord face not uploaded", emoji=name, trouble=type(trouble).__name__)
                return None
        self._named[path] = (changed, name)
        return emoji

    async def _uploaded(self, name: str, picture: bytes) -> discord.Emoji:
        if self._emojis is None:
            there = await self._calling(Act.EMOJI, self._client.fetch_application_emojis())
            self._emojis = {each.name: each for each in there}
        if name not in self._emojis:
            making = self._client.create_application_emoji(name=name, image=picture)
            self._emojis[name] = await self._calling(Act.EMOJI, making)
        return self._emojis[name]


def emoji_name(avatar: str, picture: bytes) -> str:
    """The name of a picture's emoji, at most 32 characters: another picture has another name."""
    stem = NOT_A_NAME.sub("_", PurePath(avatar).stem)[:20]
    return f"{stem}_{blake2b(picture, digest_size=4).hexdigest()}"
