"""How the bot is let in: the permissions and intents that it needs, each with its reason, and the link that asks for them.

https://docs.discord.com/developers/topics/permissions
"""

from __future__ import annotations

from collections.abc import Mapping

import discord

PERMISSIONS: Mapping[str, str] = {
    "view_channel": "see the channels that it is to answer in",
    "send_messages": "answer",
    "send_messages_in_threads": "answer in threads",
    "create_public_threads": "answer in a thread of its own, so that the channel stays tidy",
    "create_private_threads": "reach people alone whose direct messages are closed",
    "manage_webhooks": "let each agent speak under its own name and face",
    "embed_links": "show cards",
    "attach_files": "hand over files and charts",
    "read_message_history": "find its own answers again, and reply",
    "add_reactions": "answer thanks with a sign",
    "external_emojis": "show the agents' faces as emojis",
}
"""What the bot is given in a guild, and what for; by the names that discord.py has for them."""
SCOPES = ("bot", "applications.commands")
NAMES = {
    "view_channel": "View Channels",
    "create_public_threads": "Create Public Threads",
    "external_emojis": "Use External Emoji",
}
"""As Discord's settings call them, where that is not discord.py's name."""
CONTENT_FLAGS = discord.ApplicationFlags(gateway_message_content=True, gateway_message_content_limited=True)
CONTENT_OFF = (
    "the Message Content Intent is off, so in threads people must mention the bot in each message; "
    "switch it on at discord.com/developers under Bot if they should not have to"
)


def permissions() -> discord.Permissions:
    """All of them."""
    return discord.Permissions(**dict.fromkeys(PERMISSIONS, True))


def missing(granted: int) -> tuple[str, ...]:
    """The permissions that the bot lacks of these, by the names that Discord's settings have for them."""
    if discord.Permissions(granted).administrator:
        return ()
    return tuple(_shown(name) for name in PERMISSIONS if not granted & discord.Permissions(**{name: True}).value)


def invite(application: int) -> str:
    """The address at which whoever runs a guild lets the bot in."""
    return discord.utils.oauth_url(application, permissions=permissions(), scopes=SCOPES)


def reads_content(flags: int) -> bool:
    """Whether the application, which has these flags, may read messages that do not mention it."""
    return bool(flags & CONTENT_FLAGS.value)


def intents_of(flags: discord.ApplicationFlags) -> discord.Intents:
    """What the gateway is to tell an application that has these flags; asked for more, it would refuse us."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=reads_content(flags.value))


def _shown(name: str) -> str:
    return NAMES.get(name, name.replace("_", " ").title().replace(" In ", " in "))
