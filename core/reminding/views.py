"""Reminders of their own as people see them."""

from __future__ import annotations

from core.commitments.model import Commitment
from core.commitments.views import LIST, START, when_said
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Message, Text, Tone


def noted(
    person: Person, reminder: Commitment, *, stopped: bool = False, in_quiet_hours: bool = False, doubtful: bool = False
) -> Message:
    """It is set, with the way back. `in_quiet_hours`: it was put into these, and breaks them; `doubtful`: nobody has told us by
    which clock they live.
    """
    told = "I write to you then, though your quiet hours go on." if in_quiet_hours else "I write to you then."
    if stopped:
        told = "Your reminders are stopped, so it will not come."
    if doubtful:
        told += f" I take your time as {person.timezone}: if that is not so, change it, take this back and set it again."
    buttons = (
        *((START,) if stopped else ()),
        Button("Take it back", Call("commit drop", {"id": reminder.id})),
        *((Button("Change my time zone", Call("me edit", form=True)),) if doubtful else ()),
        Button("My commitments", Call(LIST)),
    )
    words = Text(f"Noted: **{reminder.what}**, on {when_said(person, reminder)}. {told}")
    return Message(cards=(Card(body=(words, Buttons(buttons)), tone=Tone.GOOD),), private=True)


def ask_when(what: str) -> Message:
    """Somebody said of what they want to be reminded, and not when."""
    times = (("In an hour", "in an hour"), ("Tonight", "tonight"), ("Tomorrow", "tomorrow"), ("Another time", ""))
    buttons = tuple(Button(label, Call("reminder", words=f"{when}: {what}" if when else what)) for label, when in times)
    told = Text(f"When shall I remind you of **{what}**? Press one, or say it with its time.")
    return Message(cards=(Card(body=(told, Buttons(buttons))),), private=True)
