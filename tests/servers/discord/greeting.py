"""What the gateway tells a session that has just begun, and what it tells of members when it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from tests.servers.discord.objects import guild_create_json, member_json, myself_json
from tests.servers.discord.sessions import Dispatch, Session
from tests.servers.discord.shapes import Json
from tests.servers.discord.things import Guild
from tests.servers.discord.world import World

CHUNK = 1000


def opening(world: World, session: Session) -> Iterator[Dispatch]:
    """READY, with the guilds of the shard as unavailable, then each of them as it is.

    https://discord.com/developers/docs/events/gateway-events#ready
    """
    app = world.application
    guilds = [each for each in world.guilds.values() if each.joined and session.here(each.id)]
    ready = {
        "v": 10,
        "user": myself_json(world.bot),
        "user_settings": {},
        "session_type": "normal",
        "session_id": session.id,
        "resume_gateway_url": world.url.replace("http://", "ws://", 1) + "/gateway/",
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "guilds": [{"id": each.id, "unavailable": True} for each in guilds],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "auth": {},
        "application": {"id": app.id, "flags": app.flags},
        "shard": [session.shard, session.of],
        "_trace": [],
    }
    yield Dispatch("READY", ready, None)
    for each in guilds:
        created = Dispatch("GUILD_CREATE", guild_create_json(world, each), each.id)
        if not each.unavailable and session.wants(created):
            yield created


def chunks(world: World, asked: Json) -> Iterator[Dispatch]:
    """The members of a guild that a client asks for, in pieces.

    https://discord.com/developers/docs/events/gateway-events#request-guild-members
    """
    guild = world.guilds.get(str(asked.get("guild_id")))
    if guild is None:
        return
    found = _members(world, guild, asked)
    pieces = [found[at : at + CHUNK] for at in range(0, len(found), CHUNK)] or [[]]
    for number, piece in enumerate(pieces):
        data: Json = {"guild_id": guild.id, "members": piece, "chunk_index": number, "chunk_count": len(pieces)}
        data |= {"nonce": asked["nonce"]} if "nonce" in asked else {}
        yield Dispatch("GUILD_MEMBERS_CHUNK", data | {"not_found": [], "presences": []}, guild.id)


def _members(world: World, guild: Guild, asked: Json) -> list[Json]:
    ids = asked.get("user_ids")
    wanted = {str(each) for each in (ids if isinstance(ids, list) else [ids])} if ids else None
    begins = str(asked.get("query") or "").lower()
    named = [world.users[each] for each in guild.members if wanted is None or each in wanted]
    found = [member_json(guild, each) for each in named if each.name.lower().startswith(begins)]
    limit = int(asked.get("limit") or 0)
    return found[:limit] if limit and wanted is None else found
