"""/cohort import: bringing students in by a list, for those who coach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.people.model import Person
from core.register import import_views
from core.register.inviting import Inviting
from core.request import Asked, Platform
from core.roles import COACHING
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Waiting:
    """The list that waits."""

    held: Annotated[str, Arg("Which list", max_length=20, hidden=True)]


async def how(asked: Asked, person: Person, inviting: Inviting) -> Answer:
    """What to send."""
    typed = asked.address.platform is Platform.TERMINAL
    return import_views.how(by_address=inviting.by_address(person), typed=typed, page=asked.page)


async def keep(asked: Asked, person: Person, args: Waiting, inviting: Inviting) -> Answer:
    """Keep whom the list names."""
    return import_views.kept(await inviting.keep(person, args.held, asked.at))


COMMANDS = (
    Command(name="cohort import", summary="For coaches: bring students in by a list", handler=how, needs=COACHING),
    Command(name="cohort invite", summary="Keep a list", args=Waiting, handler=keep, needs=COACHING, listed=False),
)
