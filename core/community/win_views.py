"""The question whether the others may hear of something, and what they hear."""

from __future__ import annotations

from core.community.model import Win
from core.ui import Button, Buttons, Call, Card, Message, Text, Tone


def question(win: Win) -> Message:
    """What the student is asked, once."""
    words = (
        f"{win.words}\n\nYour cohort's channel would read it under your name, in words that you can change first. Nothing is "
        "posted unless you tap."
    )
    tell = Button("Tell the others", Call("win tell", {"win": win.id}, form=True), primary=True)
    never = Button("Never ask me", Call("me wins", {"ask": "never"}))
    return Message(cards=(Card("Shall the others hear of it?", (Text(words), Buttons((tell, never)))),), private=True)


def told(name: str, words: str) -> Message:
    """What the others read."""
    return Message(cards=(Card(f"{name} has news", (Text(words),), Tone.GOOD),))


def thanks() -> Message:
    """It is on its way to the channel."""
    return Message(
        cards=(Card(body=(Text("Told. It stands in your cohort's channel in a moment."),), tone=Tone.GOOD),), private=True
    )


def asking(*, never: bool) -> Message:
    """Whether they are asked from now on."""
    words = (
        "I do not ask any more, and nothing of yours is told."
        if never
        else "I ask each time that you close a module or put something live. Nothing is told unless you tap."
    )
    other = (
        Button("Ask me each time", Call("me wins", {"ask": "always"}))
        if never
        else Button("Never ask me", Call("me wins", {"ask": "never"}))
    )
    return Message(cards=(Card("Telling the others", (Text(words), Buttons((other,)))),), private=True)
