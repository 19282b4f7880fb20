"""What discord.py makes of what the gateway tells it: the events that its client would get, without a connection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

ME = 1400000000000000001
GUILD, ROLE, HELP = "1400000000000000100", "1400000000000000150", "1400000000000000200"
MAYA = "1400000000000000401"

_AT = "2026-01-05T09:00:00.000000+00:00"
_ROLE = {
    "color": 0,
    "colors": {"primary_color": 0},
    "hoist": False,
    "position": 1,
    "managed": True,
    "mentionable": True,
    "flags": 0,
}
_PLACE = {"guild_id": GUILD, "permission_overwrites": [], "position": 0, "parent_id": None, "flags": 0}
_META = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": _AT, "locked": False}


def _thread(id: str, name: str, owner: str) -> dict[str, object]:
    counts = {"message_count": 1, "member_count": 2, "rate_limit_per_user": 0, "last_message_id": None}
    named = {"id": id, "type": 11, "name": name, "guild_id": GUILD, "parent_id": HELP, "owner_id": owner}
    return {**named, **counts, "thread_metadata": _META, "flags": 0}


WORLD: Mapping[str, object] = {
    "id": GUILD,
    "name": "Crock & Clover",
    "owner_id": MAYA,
    "member_count": 3,
    "roles": [
        {**_ROLE, "id": GUILD, "name": "@everyone", "permissions": "0"},
        {**_ROLE, "id": ROLE, "name": "Elevate", "permissions": "0", "tags": {"bot_id": str(ME)}},
    ],
    "channels": [{**_PLACE, "id": HELP, "type": 0, "name": "help"}],
    "threads": [
        _thread("1400000000000000301", "Three hooks", str(ME)),
        _thread("1400000000000000302", "Just us", MAYA),
    ],
    "members": [],
    "features": [],
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "mfa_level": 0,
    "nsfw_level": 0,
    "premium_tier": 0,
    "preferred_locale": "en-GB",
    "system_channel_flags": 0,
    "premium_progress_bar_enabled": False,
    "afk_timeout": 300,
}
"""The guild as GUILD_CREATE has it: a channel with a thread that we made and one that Maya made."""


class Heard(discord.Client):
    """A client that keeps what it would have told its listeners."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True), max_messages=None)
        self.told: list[Any] = []
        account: Any = {"id": str(ME), "username": "elevate", "discriminator": "0", "avatar": None, "bot": True}
        self._connection.user = discord.ClientUser(state=self._connection, data=account)
        self.came("GUILD_CREATE", WORLD)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Keep it."""
        self.told += args

    def came(self, event: str, payload: Mapping[str, object]) -> Any:
        """The object that a listener gets of a payload of the gateway's."""
        self.told = []
        self._connection.parsers[event](payload)
        return self.told[0] if self.told else None

    def used(self, payload: Any) -> discord.Interaction:
        """An interaction, as discord.py hands it over after it has looked for views of its own."""
        return discord.Interaction(data=payload, state=self._connection)
