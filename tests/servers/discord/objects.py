"""Users, guilds, channels and the app, in the shape in which Discord documents them."""

from __future__ import annotations

from tests.servers.discord.permissions import Permission
from tests.servers.discord.shapes import Json, made_at, written
from tests.servers.discord.things import Application, Channel, Emoji, Guild, Kind, Role, User, Webhook
from tests.servers.discord.world import World

UNSET = (
    *("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id", "afk_channel_id"),
    *("system_channel_id", "widget_channel_id", "vanity_url_code", "rules_channel_id", "safety_alerts_channel_id"),
    *("public_updates_channel_id", "max_presences", "incidents_data"),
)
AT_ZERO = (
    *("system_channel_flags", "verification_level", "default_message_notifications", "mfa_level", "explicit_content_filter"),
    *("premium_tier", "premium_subscription_count", "nsfw_level"),
)
"""What a guild says of itself although nobody here uses it."""


def user_json(user: User) -> Json:
    """https://discord.com/developers/docs/resources/user#user-object"""
    bot = {"bot": True} if user.bot else {}
    return {
        "id": user.id,
        "username": user.handle,
        "discriminator": "0000" if user.bot else "0",
        "global_name": None if user.bot else user.name,
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
        **bot,
    }


def myself_json(user: User) -> Json:
    """The bot, as it is told of itself."""
    return {**user_json(user), "mfa_enabled": True, "locale": "en-US", "premium_type": 0, "email": None, "verified": True}


def member_json(guild: Guild, user: User, *, whole: bool = True) -> Json:
    """https://discord.com/developers/docs/resources/guild#guild-member-object; within a message without the user."""
    member: Json = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": written(max(guild.joined_at, made_at(user.id))),
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": list(guild.members.get(user.id, [])),
        "mute": False,
        "deaf": False,
    }
    return {**member, "user": user_json(user)} if whole else member


def role_json(role: Role) -> Json:
    """https://discord.com/developers/docs/topics/permissions#role-object"""
    tags = {"tags": {"bot_id": role.of_bot}} if role.of_bot else {}
    return {
        "id": role.id,
        "name": role.name,
        "permissions": str(int(role.allows)),
        "position": 1 if role.of_bot else 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.of_bot is not None,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
        **tags,
    }


def guild_json(guild: Guild) -> Json:
    """https://discord.com/developers/docs/resources/guild#guild-object, as GET /guilds/{id} has it."""
    return {
        **dict.fromkeys(UNSET),
        **dict.fromkeys(AT_ZERO, 0),
        "id": guild.id,
        "name": guild.name,
        "owner_id": guild.owner,
        "region": "deprecated",
        "features": [],
        "afk_timeout": 300,
        "widget_enabled": False,
        "roles": [role_json(each) for each in guild.roles.values()],
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "preferred_locale": guild.locale,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "emojis": [],
        "stickers": [],
    }


def guild_create_json(world: World, guild: Guild) -> Json:
    """The data of GUILD_CREATE: of the members only the bot is told, as to apps without their intent.

    https://discord.com/developers/docs/events/gateway-events#guild-create
    """
    inside = [each for each in world.channels.values() if each.guild == guild.id and world.sees(world.application.bot, each)]
    return {
        **guild_json(guild),
        "joined_at": written(guild.joined_at),
        "large": len(guild.members) > 50,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [member_json(guild, world.bot)],
        "channels": [channel_json(world, each) for each in inside if not each.thread],
        "threads": [channel_json(world, each) for each in inside if each.thread and not each.archived],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel_json(world: World, channel: Channel, *, joined: bool = True) -> Json:
    """https://discord.com/developers/docs/resources/channel#channel-object; `joined`: whether a thread says when the bot came."""
    shown: Json = {"id": channel.id, "type": int(channel.kind), "flags": 0, "last_message_id": channel.last}
    if channel.kind == Kind.DIRECT:
        return {**shown, "recipients": [user_json(world.users[each]) for each in channel.members]}
    shown |= {"guild_id": channel.guild, "name": channel.name, "parent_id": channel.parent, "rate_limit_per_user": 0}
    return {**shown, **(_thread(world, channel, joined) if channel.thread else _room(world, channel))}


def _room(world: World, channel: Channel) -> Json:
    position = [each.id for each in world.channels.values() if each.guild == channel.guild and not each.thread].index(channel.id)
    overwrites = [
        {"id": id, "type": int(each.of_member), "allow": str(int(each.allow)), "deny": str(int(each.deny))}
        for id, each in channel.overwrites.items()
    ]
    return {"position": position, "permission_overwrites": overwrites, "nsfw": False, "topic": channel.topic}


def _thread(world: World, channel: Channel, joined: bool) -> Json:
    bot = world.application.bot
    member = {"member": thread_member_json(channel, bot)} if joined and bot in channel.members else {}
    private = {"invitable": True} if channel.kind == Kind.PRIVATE_THREAD else {}
    return {
        "owner_id": channel.owner,
        "message_count": min(channel.said, 50),
        "member_count": min(len(channel.members), 50),
        "total_message_sent": channel.said,
        "thread_metadata": {
            "archived": channel.archived,
            "archive_timestamp": written(channel.archived_at),
            "auto_archive_duration": channel.archive_minutes,
            "locked": channel.locked,
            "create_timestamp": written(made_at(channel.id)),
            **private,
        },
        **member,
    }


def thread_member_json(channel: Channel, user: str) -> Json:
    """https://discord.com/developers/docs/resources/channel#thread-member-object"""
    return {"id": channel.id, "user_id": user, "join_timestamp": written(channel.members[user]), "flags": 0}


def webhook_json(world: World, webhook: Webhook, *, secret: bool = True) -> Json:
    """https://discord.com/developers/docs/resources/webhook#webhook-object; read with its token, without the user."""
    return {
        "id": webhook.id,
        "type": 1,
        "guild_id": webhook.guild,
        "channel_id": webhook.channel,
        "name": webhook.name,
        "avatar": webhook.avatar,
        "application_id": world.application.id,
        "token": webhook.token,
        "url": f"{world.url}/api/webhooks/{webhook.id}/{webhook.token}",
        **({"user": user_json(world.users[webhook.owner])} if secret else {}),
    }


def emoji_json(world: World, emoji: Emoji) -> Json:
    """https://discord.com/developers/docs/resources/emoji#emoji-object, of an application."""
    return {
        "id": emoji.id,
        "name": emoji.name,
        "roles": [],
        "user": user_json(world.bot),
        "require_colons": True,
        "managed": False,
        "animated": emoji.content_type == "image/gif",
        "available": True,
    }


def application_json(world: World, application: Application) -> Json:
    """https://discord.com/developers/docs/resources/application#application-object, as its own bot reads it."""
    owner, joined = world.users[application.owner], [each for each in world.guilds.values() if each.joined]
    installed = [each for each in world.users.values() if each.installed]
    return {
        "id": application.id,
        "name": application.name,
        "icon": application.icon,
        "description": application.description,
        "type": None,
        "bot": user_json(world.bot),
        "summary": "",
        "verify_key": "0" * 64,
        "flags": application.flags,
        "flags_new": str(application.flags),
        "bot_public": application.public,
        "bot_require_code_grant": application.requires_code_grant,
        "integration_types_config": {"0": {}, "1": {}},
        "redirect_uris": [],
        "interactions_endpoint_url": application.endpoint,
        "role_connections_verification_url": None,
        "owner": user_json(owner),
        "team": None,
        "approximate_guild_count": len(joined),
        "approximate_user_install_count": len(installed),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
    }


def permissions_json(allowed: Permission) -> str:
    """A set of permissions as a number in text."""
    return str(int(allowed))
