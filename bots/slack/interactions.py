"""Interactions as requests: what people pressed, chose, sent, closed, and are typing.

https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bots.payload import Payload, inner, items, words
from bots.slack import calls
from bots.slack.arrived import Arrived, Closed, Known, Origin, Stopped, Submitted, Where, address, by, direct, home
from bots.slack.fulltext import full_text
from bots.slack.inputs import name_in
from bots.slack.payload import Junk, ident, needed
from bots.slack.sheet import Sheet, read_sheet
from core.request import Actor, Asked, Suggesting

ON = "on:"
"""What stands before a command's name in the callback id of a shortcut."""
STOP = "stop"
"""The action of the button that ends an answer; its value is the arrival's id."""


def actions(came: Payload, at: datetime) -> Arrived | None:
    """A button was pressed, an option chosen, or a thumb given; None for what only opens a link.

    Raises:
        Junk: it says not what was pressed, or by whom.
    """
    done = next(iter(items(came, "actions")), {})
    action, value = ident(done, "action_id"), _value(done)
    origin, who = _pressed(came)
    place = address(origin.team, origin.channel, origin.thread)
    if action == STOP:
        id = needed(came, "trigger_id")
        return Arrived(Stopped(id=id, actor=who, address=place, at=at, direct=direct(place), arrival=value), origin)
    if action.partition(":")[0] != calls.CALL:
        return None
    try:
        call = calls.read(value)
    except calls.NotACall:
        raise Junk("a button that is none of ours") from None
    asked = Asked(
        id=needed(came, "trigger_id"),
        actor=who,
        address=place,
        at=at,
        direct=direct(place),
        command=call.command,
        words=call.words,
        values=call.values,
        form=call.form,
    )
    return Arrived(asked, origin)


def shortcut(came: Payload, at: datetime, known: Known) -> Arrived | None:
    """A shortcut was chosen: its command's form is wanted, with the message's text in it where it was one on a message.

    Raises:
        Junk: it says not which, or by whom.
    """
    callback = words(came, "callback_id")
    if not callback.startswith(ON):
        return None
    command, values = callback.removeprefix(ON), {}
    message, channel = inner(came, "message"), ident(inner(came, "channel"), "id")
    thread = ident(message, "thread_ts")
    origin, who = by(came, where=Where.COMMAND, channel=channel, thread=thread)
    if words(came, "type") == "message_action":
        field = known.on_message.get(command)
        if field is None:
            return None
        values = {field: full_text(message, known.bot)}
        origin = replace(origin, message=ident(came, "message_ts") or ident(message, "ts"))
    place = address(origin.team, channel or home(origin.user), thread)
    asked = Asked(
        id=needed(came, "trigger_id"),
        actor=who,
        address=place,
        at=at,
        direct=direct(place),
        command=command,
        values=values,
        form=True,
    )
    return Arrived(asked, origin)


def submission(came: Payload, at: datetime) -> Arrived | None:
    """A page of one of our forms was sent.

    Raises:
        Junk: it says not which, or by whom.
    """
    return _page(came, at, Submitted, lambda: needed(came, "trigger_id"))


def closed(came: Payload, at: datetime) -> Arrived | None:
    """A page of one of our forms was closed.

    Raises:
        Junk: it says not which, or by whom.
    """
    return _page(came, at, Closed, lambda: f"{needed(inner(came, 'view'), 'id', 'view')}:closed")


def suggestion(came: Payload, at: datetime) -> Arrived | None:
    """Someone types into a field of one of our forms.

    Raises:
        Junk: it says not into which, or who.
    """
    found = _modal(came)
    if found is None:
        return None
    _, origin, who = found
    block = needed(came, "block_id")
    place = address(origin.team, origin.channel, origin.thread)
    suggesting = Suggesting(
        id=f"{origin.view}:{block}",
        actor=who,
        address=place,
        at=at,
        direct=direct(place),
        command=words(inner(came, "view"), "callback_id"),
        field=name_in(block),
        typed=words(came, "value"),
    )
    return Arrived(suggesting, origin)


def _page(came: Payload, at: datetime, done: type[Submitted] | type[Closed], event_id: Callable[[], str]) -> Arrived | None:
    """What was done with a page, and what stands in it."""
    found = _modal(came)
    if found is None:
        return None
    sheet, origin, who = found
    place = address(origin.team, origin.channel, origin.thread)
    page = done(
        id=event_id(),
        actor=who,
        address=place,
        at=at,
        direct=direct(place),
        command=words(inner(came, "view"), "callback_id"),
        sheet=sheet,
        state=inner(came, "view", "state", "values"),
    )
    return Arrived(page, origin)


def _pressed(came: Payload) -> tuple[Origin, Actor]:
    """Where something was pressed: the home tab, a modal, a message, or one that only the person sees and Slack does not show."""
    view, container, message = inner(came, "view"), inner(came, "container"), inner(came, "message")
    if words(view, "type") == "home":
        origin, who = by(came, where=Where.HOME)
        return replace(origin, channel=home(origin.user)), who
    if view:
        found = _modal(came)
        origin, who = found[1:] if found else by(came, where=Where.MODAL)
        return (origin if origin.channel else replace(origin, channel=home(origin.user))), who
    channel = ident(inner(came, "channel"), "id") or needed(container, "channel_id", "container")
    thread = ident(message, "thread_ts") or ident(container, "thread_ts")
    alone = container.get("is_ephemeral") is True
    origin, who = by(came, where=Where.EPHEMERAL if alone else Where.MESSAGE, channel=channel, thread=thread)
    return replace(origin, message=ident(container, "message_ts") or ident(message, "ts")), who


def _modal(came: Payload) -> tuple[Sheet, Origin, Actor] | None:
    """The form that a modal shows; its answer goes to where it was asked for. None for a modal without a form."""
    sheet = read_sheet(words(inner(came, "view"), "private_metadata"))
    if sheet is None:
        return None
    origin, who = by(came, where=Where.MODAL, channel=sheet.channel, thread=sheet.thread)
    origin = replace(origin, channel=sheet.channel or home(origin.user), response_url=sheet.response_url)
    return sheet, origin, who


def _value(done: Payload) -> str:
    """What was pressed or chosen carries."""
    return words(done, "value") or words(inner(done, "selected_option"), "value")
