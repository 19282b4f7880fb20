"""Messages as requests: what people wrote, changed and deleted.

https://docs.discord.com/developers/resources/message
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import discord

from bots.discord.arrived import NO_GUILD, Arrived, Origin, Where, actor
from bots.discord.fulltext import said_by
from bots.discord.words import Names, is_command, plain
from core.request import Asked, File, Reworded, Said, Withdrawn

OF_A_PERSON = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Kinds of messages that are somebody's own words; the others are Discord's, or tell of a command that was used."""
UNKNOWN_KIND = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something was said to us, and Discord keeps it from us: we lack the message content intent, and were not mentioned.

    https://docs.discord.com/developers/events/gateway#message-content-intent
    """

    origin: Origin


def said(
    message: discord.Message,
    *,
    me: int,
    roles: Collection[int],
    home: str,
    at: datetime,
    app: int | None = None,
) -> Arrived | Unreadable | None:
    """What somebody wrote to us: directly, in a thread that we made, with a mention of us, or as a reply to us; else None.

    A reply to what we posted in a channel by ourselves, such as the question of the week, is said to the people there.

    `me` is our account and `app` our application (they have the same id but for very old ones), `roles` are ours in that guild.
    `home` is the guild in which the person was met last, for direct messages. `at` is the time now (aware, UTC): nothing was said
    later than that, whatever Discord's clock says.
    """
    if not _of_a_person(message):
        return None
    if _is_to_the_others(message, me, roles):
        return None
    mentioned = _mentions(message, me, roles)
    if not (mentioned or _is_to_us(message, me) or _answers(message, me, app or me)):
        return None
    origin = _origin(message, home)
    names = _names(message, me, roles)
    text, files = said_by(message, names, _from_elsewhere(message, me, app or me)), tuple(_files(message))
    if not text and not files and not mentioned:
        return None if _alone(message) or message.stickers or message.poll else Unreadable(origin)
    id, who = str(message.id), actor(origin.home, origin.user, message.author.display_name)
    place, direct, typed = origin.address, origin.direct, plain(message.content, names)
    at = min(message.created_at, at)
    if is_command(typed):
        name, words = (*typed.removeprefix("/").split(maxsplit=1), "", "")[:2]
        asked = Asked(id=id, actor=who, address=place, at=at, direct=direct, command=name.casefold(), words=words)
        return Arrived(asked, origin)
    of = _replied_to(message)
    said = Said(id=id, actor=who, address=place, at=at, direct=direct, text=text, files=files, replies_to=of)
    return Arrived(replace(said, replies_to_at=discord.utils.snowflake_time(int(of))) if of else said, origin)


def overheard(message: discord.Message, *, home: str, at: datetime) -> Arrived | None:
    """That somebody wrote where others read along, though not to us, and whom they named: of what they said, nothing else."""
    if not _of_a_person(message) or _alone(message):
        return None
    origin = _origin(message, home)
    named = " ".join(f"@{each}" for each in _written_to(message))
    id, who = str(message.id), actor(origin.home, origin.user, message.author.display_name)
    at = min(message.created_at, at)
    said = Said(id=id, actor=who, address=origin.address, at=at, direct=origin.direct, text=named, addressed=False)
    return Arrived(said, origin)


def question(message: discord.Message, *, me: int, roles: Collection[int]) -> str:
    """What somebody wrote as it reads, without our name: the thread that answers it is called so."""
    return plain(message.content, _names(message, me, roles))


def reworded(
    event: discord.RawMessageUpdateEvent,
    *,
    me: int,
    home: str,
    at: datetime,
    roles: Collection[int] = (),
    app: int | None = None,
) -> Arrived | None:
    """What a message reads now that somebody changed; None where only a preview came to it, or it is nothing for us.

    One that a thread was made from counts as said to us: a mention may be what was taken out of it.
    """
    message, edited = event.message, event.message.edited_at
    before = event.cached_message
    if not _of_a_person(message) or edited is None or (before is not None and before.content == message.content):
        return None
    if _is_to_the_others(message, me, roles):
        return None
    concerned = _is_to_us(message, me) or message.flags.has_thread
    if not concerned and not _mentions(message, me, roles) and not _answers(message, me, app or me):
        return None
    text = said_by(message, _names(message, me, roles), _from_elsewhere(message, me, app or me))
    if not text:
        return None
    origin, of = _origin(message, home), str(message.id)
    changed = Reworded(
        id=f"{of}:{edited.isoformat()}",
        actor=actor(origin.home, origin.user, message.author.display_name),
        address=origin.address,
        at=min(edited, at),
        direct=origin.direct,
        of=of,
        text=text,
    )
    return Arrived(changed, origin)


def withdrawn(event: discord.RawMessageDeleteEvent, *, author: str, home: str, parent: str = "", at: datetime) -> Arrived | None:
    """A message was deleted, of which Discord tells neither the author nor the time; None where nobody knows them.

    `author` is the id of whoever wrote it, as far as the caller knows: in direct messages it is the person (deleting what the bot
    said there finds nothing in the record). `parent` is the channel of the thread that it stood in, if it was one.
    """
    before = event.cached_message
    if before is not None:
        author = str(before.author.id) if _of_a_person(before) else ""
    if not author:
        return None
    guild, spot, of = str(event.guild_id or ""), str(event.channel_id), str(event.message_id)
    origin = Origin(
        home=guild or home or NO_GUILD,
        user=author,
        channel=parent or spot,
        where=Where.MESSAGE,
        guild=guild,
        thread=spot if parent else "",
        message=of,
    )
    gone = Withdrawn(
        id=f"{of}:gone", actor=actor(origin.home, author, ""), address=origin.address, at=at, direct=origin.direct, of=of
    )
    return Arrived(gone, origin)


def _of_a_person(message: discord.Message) -> bool:
    author = message.author
    return message.type in OF_A_PERSON and not (author.bot or author.system or message.webhook_id)


def _guild(message: discord.Message) -> int | None:
    """The guild; of one that is not known yet, discord.py has the id alone."""
    if message.guild is not None:
        return message.guild.id
    return message.channel.guild_id if isinstance(message.channel, discord.PartialMessageable) else None


def _alone(message: discord.Message) -> bool:
    return _guild(message) is None


def _is_to_us(message: discord.Message, me: int) -> bool:
    """Whether the place is ours: nobody else is there, or it is a thread that we made."""
    return _alone(message) or (isinstance(message.channel, discord.Thread) and message.channel.owner_id == me)


def _mentions(message: discord.Message, me: int, roles: Collection[int]) -> bool:
    """Whether we are named in it: an answer to a message of ours does so too, unless its writer switched that off."""
    named = any(each.id == me for each in message.mentions) or me in message.raw_mentions
    return named or any(each in roles for each in message.raw_role_mentions)


def _is_to_the_others(message: discord.Message, me: int, roles: Collection[int]) -> bool:
    """Whether it is a reply, without our name in it, to what we posted in a channel and nobody there had asked us for.

    The reply alone counts as a mention with Discord. What we were asked for is a reply itself, or of a command or a press, or
    stands in a thread.
    """
    answered = answer_to(message)
    if answered is None or answered.author.id != me or _alone(message) or isinstance(message.channel, discord.Thread):
        return False
    named = me in message.raw_mentions or any(each in roles for each in message.raw_role_mentions)
    return not named and answered.reference is None and answered.interaction_metadata is None


def _replied_to(message: discord.Message) -> str:
    """The id of the message that this one is a reply to where nobody else is there, or "" where it is none."""
    channel, reference = message.channel, message.reference
    alone = _alone(message) or (isinstance(channel, discord.Thread) and channel.is_private())
    return str(reference.message_id) if alone and message.type is discord.MessageType.reply and reference is not None else ""


def answer_to(message: discord.Message) -> discord.Message | None:
    """The message that this one is a reply to, as far as Discord sent it along."""
    found = message.reference.resolved if message.reference else None
    return found if isinstance(found, discord.Message) else None


def _written_to(message: discord.Message) -> Iterator[int]:
    """Those whom it mentions, whoever it is a reply to, and whoever began the thread."""
    answered, channel = answer_to(message), message.channel
    yield from (each.id for each in message.mentions)
    if answered is not None:
        yield answered.author.id
    if isinstance(channel, discord.Thread):
        yield channel.owner_id


def _is_ours(message: discord.Message, me: int, app: int) -> bool:
    """Whether we said it, or an agent did by our webhook."""
    return message.author.id == me or message.application_id == app


def _answers(message: discord.Message, me: int, app: int) -> bool:
    answered = answer_to(message)
    return answered is not None and _is_ours(answered, me, app)


def _from_elsewhere(message: discord.Message, me: int, app: int) -> discord.Message | None:
    """What it is a reply to, where the conversation does not have that: what others said, and all that was said before the thread
    which this message begins."""
    answered, begins = answer_to(message), not (_alone(message) or isinstance(message.channel, discord.Thread))
    return answered if answered and (begins or not _is_ours(answered, me, app)) else None


def _origin(message: discord.Message, home: str) -> Origin:
    guild, channel = str(_guild(message) or ""), message.channel
    in_thread = isinstance(channel, discord.Thread)
    return Origin(
        home=guild or home or NO_GUILD,
        user=str(message.author.id),
        channel=str(channel.parent_id if isinstance(channel, discord.Thread) else channel.id),
        where=Where.MESSAGE,
        guild=guild,
        thread=str(channel.id) if in_thread else "",
        message=str(message.id),
    )


def _names(message: discord.Message, me: int, roles: Collection[int]) -> Names:
    return Names(
        ours=frozenset({me, *roles}),
        people={each.id: each.display_name for each in message.mentions},
        roles={each.id: each.name.removeprefix("@") for each in message.role_mentions},
        channels={each.id: each.name for each in message.channel_mentions},
    )


def _files(message: discord.Message) -> Iterator[File]:
    """What was sent along, or is in what was forwarded."""
    forwarded = (each for snapshot in message.message_snapshots for each in snapshot.attachments)
    for each in (*message.attachments, *forwarded):
        media_type = (each.content_type or UNKNOWN_KIND).partition(";")[0].strip()
        yield File(name=each.filename or "file", media_type=media_type, source=each.url, size=each.size)
