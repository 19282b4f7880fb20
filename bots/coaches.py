"""`elevate coach`: who coaches, until there is a command of the bot's own for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

import click

from bots.start import END_IT, OR_A_COPY, start
from core.errors import NotFound
from core.people.model import Person
from core.people.service import People
from core.privacy.service import Privacy
from core.roles import COACHING, Role

if TYPE_CHECKING:
    from bots.settings import Settings


FIRST = "They have to write to the bot once first. By their name, an Admin gives the role in the chat: /staff give."


class HasPeople(Protocol):
    """The part of the built program that this needs."""

    @property
    def privacy(self) -> Privacy:
        """Finds persons for an operator."""
        ...

    @property
    def people(self) -> People:
        """Who is who."""
        ...


@click.group(invoke_without_command=True)
@click.pass_context
def coach(context: click.Context) -> None:
    """Show who coaches; add and remove coaches.

    A coach sets the cohort's dates, sees what came of reminders, and reviews agents that students share.

    \b
    Examples:
      elevate coach
      elevate coach add slack:T024BE7LD:U0G9QF9C6
      elevate coach remove maria@example.com
    """
    if context.invoked_subcommand is None:
        start(_list, in_use=OR_A_COPY)


@coach.command("list")
def coach_list() -> None:
    """Show who coaches, in all workspaces and servers.

    \b
    Example:
      elevate coach list
    """
    start(_list, in_use=OR_A_COPY)


@coach.command("add")
@click.argument("person")
def coach_add(person: str) -> None:
    """Make somebody a coach. They have to have written to the bot once.

    PERSON is a person's id, an account's id, a platform account or an e-mail address.

    \b
    Example:
      elevate coach add slack:T024BE7LD:U0G9QF9C6
    """
    start(partial(_appoint, person, Role.COACH), in_use=END_IT)


@coach.command("remove")
@click.argument("person")
def coach_remove(person: str) -> None:
    """Make a coach a student again. What they set stays.

    PERSON is a person's id, an account's id, a platform account or an e-mail address.

    \b
    Example:
      elevate coach remove slack:T024BE7LD:U0G9QF9C6
    """
    start(partial(_appoint, person, Role.STUDENT), in_use=END_IT)


async def listed(program: HasPeople) -> str:
    """Who coaches, a line each."""
    lines = [_line(each) for each in await program.people.coaching()]
    return "\n".join(sorted(lines)) or "Nobody coaches yet. Make somebody a coach with: elevate coach add PERSON"


async def appointed(program: HasPeople, reference: str, role: Role) -> str:
    """Give the person the role; returns what to show. Repeatable. An admin stays one.

    Raises:
        NotFound: there is no such person.
    """
    try:
        person = await program.privacy.named(reference)
    except NotFound as trouble:
        raise NotFound(f"{trouble.message} {FIRST}") from None
    if person.role is Role.ADMIN or person.role is role:
        return f"{_line(person)}. Nothing was changed."
    return f"{_line(await program.people.appoint(person, role))}. That holds from their next message on."


def _line(person: Person) -> str:
    does = "coaches" if person.role in COACHING else "is a student"
    does = "is an Admin, and coaches" if person.role is Role.ADMIN else does
    return f"{person.name} ({_accounts(person.identities) or person.id}) {does}"


def _accounts(identities: Sequence[str]) -> str:
    return ", ".join(identities)


async def _list(settings: Settings) -> int:
    from bots import wiring  # noqa: PLC0415 - `elevate --help` needs none of these

    async with wiring.build(settings) as program:
        click.echo(await listed(program))
    return 0


async def _appoint(reference: str, role: Role, settings: Settings) -> int:
    from bots import wiring  # noqa: PLC0415

    async with wiring.build(settings) as program:
        click.echo(await appointed(program, reference, role))
    return 0
