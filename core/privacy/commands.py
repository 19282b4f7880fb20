"""/mydata: what is kept of me, as a file or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command, Pace, form_of
from core.people.model import Person
from core.privacy.service import Privacy
from core.privacy.words import KEPT
from core.request import Asked
from core.ui import Answer, Button, Buttons, Call, Card, Facts, Form, Message, Text, Tone

WORD = "DELETE"


@dataclass(frozen=True, slots=True)
class Sure:
    """The word that says so."""

    word: Annotated[
        str | None, Arg(f"Type {WORD} to erase everything", "There is no way back. Left empty, everything stays.", max_length=20)
    ] = None


async def show(person: Person, privacy: Privacy) -> Answer:
    """How much is kept, and of what."""
    counts = await privacy.counts(person)
    rows = tuple((words[0].upper() + words[1:], f"{counts[name]:,}") for name, words in KEPT.items() if name in counts)
    words = "This is what I keep of you, on all platforms that you have linked. It is yours: take it with you, or have it erased."
    choice = Buttons(
        (
            Button("Give me all of it", Call("mydata export"), primary=True),
            Button("Erase it", Call("mydata delete")),
        )
    )
    return Message(cards=(Card("Your data", (Text(words), Facts(rows), choice)),), private=True)


async def export(asked: Asked, person: Person, privacy: Privacy) -> Answer:
    """Everything as a file."""
    file = await privacy.export(person, asked.at)
    words = "Here is everything that I keep of you. Start with README.txt in it: it says what is what. Keep the file to yourself."
    told = Card(body=(Text(words),), tone=Tone.GOOD)  # as what was done, which nobody is offered to share with a channel
    return Message(cards=(told,), files=(file,), private=True)


async def delete(asked: Asked, person: Person, args: Sure, privacy: Privacy) -> Answer:
    """Ask for the word; with it, erase everything."""
    typed = (args.word or "").strip()
    if typed.casefold() == WORD.casefold():
        told = await privacy.erase(person, asked.at)
        words = (
            "Everything that I kept of you is erased, on all your linked platforms. If you write to me again, we start afresh, "
            "as strangers. Messages that you see here are your platform's: delete them there."
        )
        return Message(cards=(Card("Erased", tuple(map(Text, (words, *told)))),), private=True)
    if asked.submitted and not typed:
        return Message(cards=(Card(body=(Text("Nothing was erased. Everything is as it was."),)),), private=True)
    return _question({"word": f"That is not {WORD}. Nothing was erased."} if typed else {})


def _question(problems: dict[str, str]) -> Form:
    intro = (
        "This erases your Foundation, runs, assets, progress, figures, conversations and reminders, on all platforms that you "
        "have linked. Nobody can bring it back. If you want a copy, close this and send /mydata export first."
    )
    fields = form_of(DELETE, {}).fields
    return Form(DELETE.name, "Erase everything", fields, problems=problems, intro=intro, submit="Erase")


DELETE = Command(name="mydata delete", summary="Erase everything that I keep of you", args=Sure, handler=delete, pace=Pace.FORM)
COMMANDS = (
    Command(name="mydata show", summary="What I keep of you", handler=show),
    Command(name="mydata export", summary="All of it, as a file", handler=export, pace=Pace.LATER),
    DELETE,
)
