"""What coaches are told of the register."""

from __future__ import annotations

from core.people.model import Person
from core.request import File
from core.roles import Role
from core.ui import Button, Buttons, Call, Card, Message, Text, Tone

COMMAND = "cohort export"


def exported(coach: Person, file: File, students: int, *, everybody: bool, with_opened: bool) -> Message:
    """The file, and the ways to another."""
    who = "all cohorts" if everybody else "your cohort"
    several = "student" if students == 1 else "students"
    words = f"{file.name}: {students:,} {several} of {who}, one a line. Any spreadsheet opens it."
    if with_opened:
        words += " What students opened to you is in it; each of them sees that you looked."
    else:
        words += " It has everybody's place, activity and commitments."
    words += " These are people's affairs: keep the file where only coaches can open it."
    ways = [] if with_opened else [Button("With what they opened to me", _call(everybody=everybody, opened=True))]
    if coach.role is Role.ADMIN and not everybody:
        ways.append(Button("All cohorts", _call(everybody=True, opened=with_opened)))
    ways.append(Button("Students", Call("cohort members")))
    return Message(
        cards=(Card("The cohort as a file", (Text(words), Buttons(tuple(ways))), Tone.GOOD),), files=(file,), private=True
    )


def _call(*, everybody: bool, opened: bool) -> Call:
    values = {name: "yes" for name, wanted in (("everybody", everybody), ("opened", opened)) if wanted}
    return Call(COMMAND, values)
