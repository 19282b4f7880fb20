"""Messages and interactions, in the shape in which Discord documents them."""

from __future__ import annotations

from tests.servers.discord.objects import channel_json, member_json, permissions_json, user_json
from tests.servers.discord.shapes import Json, made_at, written
from tests.servers.discord.things import Asks, Attachment, Channel, Interaction, Kind, Message
from tests.servers.discord.world import World


def attachment_json(world: World, channel: str, attachment: Attachment, *, ephemeral: bool = False) -> Json:
    """https://discord.com/developers/docs/resources/message#attachment-object"""
    url = attachment_url(world, channel, attachment)
    shown: Json = {
        "id": attachment.id,
        "filename": attachment.name,
        "size": len(attachment.content),
        "url": url,
        "proxy_url": url,
    }
    shown["content_type"] = attachment.content_type
    if attachment.description is not None:
        shown["description"] = attachment.description
    if attachment.size_in_pixels is not None:
        shown |= {"width": attachment.size_in_pixels[0], "height": attachment.size_in_pixels[1]}
    return shown | ({"ephemeral": True} if ephemeral else {})


def attachment_url(world: World, channel: str, attachment: Attachment) -> str:
    """Where a file lies."""
    return f"{world.url}/attachments/{channel}/{attachment.id}/{attachment.name}"


def author_json(world: World, message: Message) -> Json:
    """Who said it: a person, the bot, or what a webhook showed itself as."""
    if message.webhook is None or message.webhook == world.application.id:
        return user_json(world.users[message.author])
    name = message.name or (world.webhooks[message.webhook].name if message.webhook in world.webhooks else "")
    return {
        "id": message.webhook,
        "username": name,
        "avatar": "a" * 32 if message.face else None,
        "discriminator": "0000",
        "public_flags": 0,
        "flags": 0,
        "bot": True,
        "global_name": None,
        "primary_guild": None,
    }


def message_json(world: World, message: Message) -> Json:
    """https://discord.com/developers/docs/resources/message#message-object, as the REST API answers it."""
    shown = _plain(world, message)
    if message.kind == 21:
        shown["type"] = 21
    if message.reference is not None and message.reference.get("message_id"):
        named = world.any_message(message.reference["message_id"])
        shown["referenced_message"] = None if named is None else _plain(world, named)
    if message.thread is not None and message.thread in world.channels:
        shown["thread"] = channel_json(world, world.channels[message.thread], joined=False)
    return shown


def _plain(world: World, message: Message) -> Json:
    hidden = message.only_for is not None
    shown: Json = {
        "id": message.id,
        "channel_id": message.channel,
        "type": message.kind,
        "author": author_json(world, message),
        "content": message.content,
        "timestamp": written(made_at(message.id)),
        "edited_timestamp": None if message.edited_at is None else written(message.edited_at),
        "tts": False,
        "mention_everyone": False,
        "mentions": [user_json(world.users[each]) for each in message.mentions],
        "mention_roles": list(message.mention_roles),
        "attachments": [attachment_json(world, message.channel, each, ephemeral=hidden) for each in message.attachments],
        "embeds": message.embeds,
        "components": message.components,
        "pinned": False,
        "flags": int(message.flags),
    }
    more: Json = {"nonce": message.nonce, "webhook_id": message.webhook, "message_reference": message.reference}
    if message.webhook is not None or message.author == world.application.bot:
        more["application_id"] = world.application.id if message.webhook is not None else None
    asked = world.interactions.get(message.token or "")
    if asked is not None:
        more["interaction_metadata"] = metadata_json(world, asked, message)
    return shown | {name: value for name, value in more.items() if value is not None}


def metadata_json(world: World, asked: Interaction, message: Message) -> Json:
    """https://discord.com/developers/docs/resources/message#message-interaction-metadata-object"""
    about: Json = {
        "id": asked.id,
        "type": int(asked.asks),
        "user": user_json(world.users[asked.user]),
        "authorizing_integration_owners": owners(asked),
    }
    if asked.original is not None and asked.original != message.id:
        about["original_response_message_id"] = asked.original
    if asked.asks == Asks.COMPONENT:
        about["interacted_message_id"] = asked.message
    if asked.asks == Asks.MODAL:
        outer = world.interactions.get(asked.triggered_by or "")
        if outer is None:
            return {**about, "type": int(Asks.COMMAND)}
        about["triggering_interaction_metadata"] = metadata_json(world, outer, message)
    return about


def message_event(world: World, message: Message) -> Json:
    """The data of MESSAGE_CREATE and MESSAGE_UPDATE: with the guild, and the member that said it."""
    channel = world.channels[message.channel]
    about: Json = {**message_json(world, message), "channel_type": int(channel.kind)}
    if channel.guild is None:
        return about
    guild = world.guilds[channel.guild]
    about["guild_id"] = guild.id
    about["mentions"] = [
        {**user_json(world.users[each]), "member": member_json(guild, world.users[each], whole=False)}
        for each in message.mentions
    ]
    if message.author in guild.members:
        about["member"] = member_json(guild, world.users[message.author], whole=False)
    return about


def owners(asked: Interaction) -> Json:
    """For whom the app stands there: the guild ("0" in direct messages), or the person."""
    if asked.installed == "user":
        return {"1": asked.user}
    return {"0": asked.guild or "0"}


def interaction_json(world: World, asked: Interaction) -> Json:
    """The data of INTERACTION_CREATE.

    https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """
    channel, user = world.channels[asked.channel], world.users[asked.user]
    bot = world.bot if asked.installed == "guild" or channel.guild is None else None
    about: Json = {
        "id": asked.id,
        "application_id": world.application.id,
        "type": int(asked.asks),
        "token": asked.token,
        "version": 1,
        "data": asked.data,
        "channel_id": channel.id,
        "channel": _where(world, asked, channel),
        "app_permissions": permissions_json(world.may(bot.id if bot else user.id, channel)),
        "locale": user.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners(asked),
        "context": 0 if channel.guild else 1,
        "attachment_size_limit": 10 * 2**20,
    }
    if channel.guild is None:
        about["user"] = user_json(user)
    else:
        guild = world.guilds[channel.guild]
        about |= {"guild_id": guild.id, "guild": {"id": guild.id, "locale": guild.locale, "features": []}}
        about |= {"guild_locale": guild.locale, "member": member_json(guild, user)}
        about["member"]["permissions"] = permissions_json(world.may(user.id, channel))
    if asked.message is not None:
        shown = world.any_message(asked.message)
        assert shown is not None
        about["message"] = message_json(world, shown)
    return about


def _where(world: World, asked: Interaction, channel: Channel) -> Json:
    shown = channel_json(world, channel, joined=False)
    if channel.kind != Kind.DIRECT:
        shown["permissions"] = permissions_json(world.may(asked.user, channel))
    return shown
