"""/cohort export: all members in one file, for those who coach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command, Pace
from core.people.model import Person
from core.register import views
from core.register.service import Register
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Export:
    """What the file has in it."""

    opened: Annotated[bool, Arg("With what they opened to me", "Foundation, figures and assets; they see that you looked")] = (
        False
    )
    everybody: Annotated[bool, Arg("All cohorts", "For Admins")] = False


async def export(asked: Asked, person: Person, args: Export, register: Register) -> Answer:
    """The members as a file."""
    file, students = await register.export(person, asked.at, everybody=args.everybody, with_opened=args.opened)
    return views.exported(person, file, students, everybody=args.everybody, with_opened=args.opened)


COMMANDS = (
    Command(
        name=views.COMMAND,
        summary="For coaches: all students as a file",
        args=Export,
        handler=export,
        pace=Pace.LATER,
        needs=COACHING,
    ),
)
