"""What people ask of the app: commands, buttons, menus and forms; each is kept in the world, and told to the gateway.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.servers.discord.message_objects import attachment_json, interaction_json, message_json
from tests.servers.discord.objects import channel_json, member_json, permissions_json, user_json
from tests.servers.discord.options import ATTACHMENT, CHANNEL, ON_MESSAGE, USER
from tests.servers.discord.shapes import Json
from tests.servers.discord.things import Asks, Channel, Installed, Interaction, Message, User
from tests.servers.discord.world import World

IN_GUILD, WITH_BOT, PRIVATE = 0, 1, 2
"""Contexts. .../receiving-and-responding#interaction-object-interaction-context-types"""


def context(place: Channel) -> int:
    """Where an interaction takes place: in a guild, in the bot's direct messages, between people."""
    if place.guild is not None:
        return IN_GUILD
    return WITH_BOT if len(place.members) == 1 else PRIVATE


def installed(world: World, user: User, place: Channel) -> Installed:
    """Whose installation of the app is used there: the guild's, if the app is in it, else the person's own."""
    if place.guild is not None:
        return "guild" if world.guilds[place.guild].joined else "user"
    return "guild" if context(place) == WITH_BOT and world.shares_guild(user) else "user"


def ask(
    world: World,
    user: User,
    asks: Asks,
    place: Channel,
    data: Json,
    *,
    message: str | None = None,
    triggered_by: str | None = None,
) -> Interaction:
    """Ask something of the app.

    `message` is the id of the one whose component was used, or on which a form was opened; `triggered_by` the token of the
    interaction that was answered with the form.
    """
    way = installed(world, user, place)
    made = world.interaction(asks, user, place, data, message=message, installed=way, triggered_by=triggered_by)
    world.tell("INTERACTION_CREATE", {**interaction_json(world, made), "context": context(place)}, place.guild)
    return made


def on_message(world: World, command: Json, message: Message) -> Json:
    """The data of a command that is used on a message."""
    return {
        "id": command["id"],
        "name": command["name"],
        "type": ON_MESSAGE,
        "target_id": message.id,
        "resolved": {"messages": {message.id: message_json(world, message)}},
        **({"guild_id": command["guild_id"]} if command.get("guild_id") else {}),
    }


def resolved(world: World, place: Channel, options: Iterable[Json]) -> Json:
    """The people, channels and files that options name, to stand beside them."""
    found: dict[str, Json] = {}
    for each in options:
        id = str(each.get("value"))
        if each["type"] == USER:
            user = world.users[id]
            found.setdefault("users", {})[id] = user_json(user)
            guild = world.guilds.get(place.guild or "")
            if guild is not None and id in guild.members:
                may = permissions_json(world.may(id, place))
                found.setdefault("members", {})[id] = {**member_json(guild, user, whole=False), "permissions": may}
        elif each["type"] == CHANNEL:
            found.setdefault("channels", {})[id] = channel_json(world, world.channels[id])
        elif each["type"] == ATTACHMENT:
            found.setdefault("attachments", {})[id] = attachment_json(world, place.id, world.uploads[id], ephemeral=True)
    return {"resolved": found} if found else {}
