"""A payload of Slack's, as it comes by socket or by HTTP, to what somebody wants.

Socket Mode's `payload` is the same object as an HTTP request's body, whose form fields count as one object
(https://docs.slack.dev/apis/events-api/using-socket-mode).
"""

from __future__ import annotations

from datetime import datetime

from bots.payload import Payload, words
from bots.slack import names
from bots.slack.arrived import Arrived, Known, Origin, Where, actor, address
from bots.slack.events import event
from bots.slack.interactions import actions, closed, shortcut, submission, suggestion
from bots.slack.payload import Junk, ident, installed_in, is_direct, needed, payload
from bots.slack.words import plain
from core.request import Asked

__all__ = ["Arrived", "Junk", "Known", "Origin", "Where", "parse"]


def parse(came: object, at: datetime, known: Known) -> Arrived | None:
    """What somebody wants; None for what is nothing for us. `at` is the time (aware, UTC) of all that has none of its own.

    Raises:
        Junk: it is no payload of Slack's, or one without what its kind needs. The message may be logged.
    """
    read = payload(came)
    match words(read, "type"):
        case "event_callback":
            return event(read, at, known)
        case "block_actions":
            return actions(read, at)
        case "message_action" | "shortcut":
            return shortcut(read, at, known)
        case "view_submission":
            return submission(read, at)
        case "view_closed":
            return closed(read, at)
        case "block_suggestion":
            return suggestion(read, at)
        case "" if "command" in read:
            return _typed(read, at)
        case _:
            return None


def _typed(came: Payload, at: datetime) -> Arrived:
    """A slash command. https://docs.slack.dev/interactivity/implementing-slash-commands"""
    team, user, channel = installed_in(came), needed(came, "user_id"), needed(came, "channel_id")
    command, rest = names.command(needed(came, "command"), words(came, "text"))
    origin = Origin(
        team=team,
        user=user,
        channel=channel,
        where=Where.COMMAND,
        trigger_id=needed(came, "trigger_id"),
        response_url=ident(came, "response_url"),
    )
    asked = Asked(
        id=origin.trigger_id,
        actor=actor(team, user, words(came, "user_name")),
        address=address(team, channel),
        at=at,
        direct=is_direct(channel),
        command=command,
        words=plain(rest),
    )
    return Arrived(asked, origin)
