"""Events of the Events API as requests: what people wrote, changed and deleted, and what they opened.

https://docs.slack.dev/reference/events
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bots.payload import Payload, inner, items, words
from bots.slack import names
from bots.slack.arrived import Arrived, Begun, Known, Origin, Stopped, Where, actor, address, home
from bots.slack.fulltext import full_text
from bots.slack.payload import count, ident, installed_in, is_direct, moment, needed
from bots.slack.words import calls_someone, mentioned
from bots.slack.words import names as names_bot
from core.request import Asked, Entered, File, Opened, Reworded, Said, Withdrawn

OF_A_PERSON = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that are somebody's own words; the others are Slack's, or an app's."""
NOBODYS = frozenset({"tombstone", "hidden_by_limit"})
"""Modes of files that are there no more."""


def event(came: Payload, at: datetime, known: Known) -> Arrived | None:
    """What an `event_callback` comes to; None where it is nothing for us.

    Raises:
        Junk: a kind that we know, without what it needs.
    """
    told, team = inner(came, "event"), installed_in(came)
    match words(told, "type"), words(told, "subtype"):
        case (("message" | "app_mention"), subtype) if subtype in OF_A_PERSON:
            return _said(told, team, known)
        case "message", "message_changed":
            return _changed(told, team, known)
        case "message", "message_deleted":
            return _deleted(inner(told, "previous_message"), told, team, known)
        case "app_home_opened", _:
            return _opened(came, told, team, at)
        case "member_joined_channel", _:
            return _entered(came, told, team, at, known)
        case "agent_session_stopped", _:
            return _stopped(came, told, team, at)
        case _:
            return None


def _said(told: Payload, team: str, known: Known) -> Arrived | None:
    user = _person(told, known)
    channel, ts = needed(told, "channel", "message"), needed(told, "ts", "message")
    at, place = moment(ts), address(team, channel, ident(told, "thread_ts") or ts)
    written = words(told, "text")
    direct = is_direct(channel)
    addressed = direct or names_bot(written, known.bot)
    if not user:
        return None
    origin = Origin(team, user, channel, place.thread, message=ts)
    id, who = message_id(team, channel, ts), actor(team, user)
    if not (addressed or calls_someone(written)):  # also below an answer of ours: a thread in a channel is the people's (/help)
        if who.identity not in known.coaches:
            return None
        named = " ".join(f"@{each}" for each in _named(told))  # that a coach writes to them is of interest, not what
        return Arrived(Said(id=id, actor=who, address=place, at=at, direct=False, text=named, addressed=False), origin)
    text = full_text(told, known.bot)
    if addressed and text[:1] == "/" and text[1:2].isalnum():
        name, *rest = text.split(maxsplit=1)
        command, rest_of = names.command(name, "".join(rest))
        return Arrived(Asked(id=id, actor=who, address=place, at=at, direct=direct, command=command, words=rest_of), origin)
    said = Said(id=id, actor=who, address=place, at=at, direct=direct, text=text, files=_files(told), addressed=addressed)
    if direct and place.thread != ts:
        said = replace(said, replies_to=place.thread, replies_to_at=moment(place.thread))
    return Arrived(said, origin)


def _changed(told: Payload, team: str, known: Known) -> Arrived | None:
    now, before = inner(told, "message"), inner(told, "previous_message")
    if words(now, "subtype") == "tombstone":  # so Slack tells that the first message of a thread was deleted
        return _deleted(before or now, {**told, "deleted_ts": now.get("ts")}, team, known)
    user, channel = _person(now, known), needed(told, "channel", "message_changed")
    is_same = words(now, "text") == words(before, "text") if before else not inner(now, "edited")
    if not user or is_same or words(now, "subtype") not in OF_A_PERSON:
        return None
    if not is_direct(channel) and not any(_concerns(each, known) for each in (now, before)):
        return None
    ts, edited = needed(now, "ts", "message"), ident(inner(now, "edited"), "ts") or needed(told, "ts", "message_changed")
    of = message_id(team, channel, ts)
    place = address(team, channel, ident(now, "thread_ts") or ts)
    reworded = Reworded(
        id=f"{of}:edited:{edited}",
        actor=actor(team, user),
        address=place,
        at=moment(edited),
        direct=is_direct(channel),
        of=of,
        text=full_text(now, known.bot),
    )
    return Arrived(reworded, Origin(team, user, channel, place.thread, message=ts))


def _deleted(gone: Payload, told: Payload, team: str, known: Known) -> Arrived | None:
    user, channel = _person(gone, known), needed(told, "channel", "message_deleted")
    ts, at = needed(told, "deleted_ts", "message_deleted"), moment(needed(told, "ts", "message_deleted"))
    if not user:
        return None
    of, place = message_id(team, channel, ts), address(team, channel, ident(gone, "thread_ts") or ts)
    who, direct = actor(team, user), is_direct(channel)
    withdrawn = Withdrawn(id=f"{of}:deleted", actor=who, address=place, at=at, direct=direct, of=of)
    return Arrived(withdrawn, Origin(team, user, channel, place.thread, message=ts))


def _opened(came: Payload, told: Payload, team: str, at: datetime) -> Arrived:
    user, id = needed(told, "user", "app_home_opened"), needed(came, "event_id")
    who, view = actor(team, user), inner(told, "view")
    if words(told, "tab") == "messages":
        place = address(team, ident(told, "channel") or home(user))
        return Arrived(Begun(id=id, actor=who, address=place, at=at), Origin(team, user, place.channel))
    origin = Origin(team, user, home(user), where=Where.HOME, view=ident(view, "id"), hash=ident(view, "hash"))
    origin = replace(origin, mark=ident(view, "private_metadata"))
    return Arrived(Opened(id=id, actor=who, address=address(team, home(user)), at=at), origin)


def _entered(came: Payload, told: Payload, team: str, at: datetime, known: Known) -> Arrived | None:
    """Somebody came into a channel in which we are. https://docs.slack.dev/reference/events/member_joined_channel

    What leaves a channel is not subscribed to: leaving a channel is not leaving a course.
    """
    user, channel = needed(told, "user", "member_joined_channel"), needed(told, "channel", "member_joined_channel")
    if user in {known.bot, "USLACKBOT"}:
        return None
    place = address(team, channel)
    entered = Entered(id=needed(came, "event_id"), actor=actor(team, user), address=place, at=at, direct=False)
    return Arrived(entered, Origin(team, user, channel))


def _stopped(came: Payload, told: Payload, team: str, at: datetime) -> Arrived:
    user, channel = needed(told, "user", "agent_session_stopped"), needed(told, "channel", "agent_session_stopped")
    place = address(team, channel, ident(told, "thread_ts"))
    stopped = Stopped(id=needed(came, "event_id"), actor=actor(team, user), address=place, at=at, direct=is_direct(channel))
    return Arrived(stopped, Origin(team, user, channel, place.thread))


def message_id(team: str, channel: str, ts: str) -> str:
    """The id of the event by which a message came, the same for a message and for the mention in it."""
    return f"{team}:{channel}:{ts}"


def _person(said: Payload, known: Known) -> str:
    """Who wrote it; "" for apps, ourselves and Slack."""
    user = ident(said, "user")
    return "" if said.get("bot_id") or user in {known.bot, "USLACKBOT"} else user


def _named(told: Payload) -> list[str]:
    """The accounts to which somebody wrote: whoever began the thread, and those whom they mention."""
    began = ident(told, "parent_user_id")
    return [*([began] if began else []), *mentioned(words(told, "text"))]


def _concerns(said: Payload, known: Known) -> bool:
    return names_bot(words(said, "text"), known.bot) or calls_someone(words(said, "text"))


def _files(told: Payload) -> tuple[File, ...]:
    """Files that Slack itself holds: one that is elsewhere is a link, and our token is not for its server."""
    held = (each for each in items(told, "files") if words(each, "mode") not in NOBODYS and not each.get("is_external"))
    return tuple(
        File(
            name=words(each, "name") or "file",
            media_type=words(each, "mimetype") or "application/octet-stream",
            source=ident(each, "url_private") or ident(each, "id"),
            size=count(each, "size"),
        )
        for each in held
        if ident(each, "url_private") or ident(each, "id")
    )
