"""`elevate nudges`: what reminders would go out, to whom, and why no others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

import click

from bots.start import OR_A_COPY, start

SHOWN_AT_MOST = 100
"""Lines of a plan that was not asked for whole."""
SENT_AT_MOST = 5
"""Reminders of the past that are told of a person."""
NAMED_AT_MOST = 10
"""People among whom an operator is asked to choose."""

if TYPE_CHECKING:
    from bots.settings import Settings
    from core.nudges.decision import Why
    from core.nudges.model import Nudge
    from core.nudges.preview import Planned, Previewed, Previews
    from core.people.model import Person
    from core.privacy.service import Privacy


@click.group()
def nudges() -> None:
    """Say what reminders would go out.

    \b
    Examples:
      elevate nudges plan
      elevate nudges preview --person maria@example.com --at 2026-12-01T09:00Z
    """


@nudges.command("preview")
@click.option(
    "--person", required=True, metavar="PERSON", help="A person's id, account, platform account, e-mail address or name."
)
@click.option("--at", "moment", metavar="TIME", help="Such as 2026-12-01T09:00Z; with no zone, UTC. Now where not given.")
def preview(person: str, moment: str | None) -> None:
    """Say what would go out to a person at a time, and the reason for every rule that did not fire.

    As they and the course stand now; nothing is sent and nothing is changed.

    \b
    Examples:
      elevate nudges preview --person maria@example.com
      elevate nudges preview --person slack:T024BE7LD:U0G9QF9C6 --at 2026-12-01T09:00Z
    """
    start(partial(_preview, person, _moment(moment)), in_use=OR_A_COPY)


@nudges.command("plan")
@click.option(
    "--person", metavar="PERSON", help="Of one person alone: their id, account, platform account, e-mail address or name."
)
@click.option("--all", "whole", is_flag=True, help="Show all of it, not the first 100 lines.")
def plan(person: str | None, whole: bool) -> None:
    """Show the coming week for everyone: when they are looked at, and what they would get if they did nothing until then.

    The first 100 lines, what comes soonest first.

    \b
    Examples:
      elevate nudges plan
      elevate nudges plan --person maria@example.com
      elevate nudges plan --all
    """
    start(partial(_plan, person, whole), in_use=OR_A_COPY)


class Foreseen(Protocol):
    """The part of the built program that this needs."""

    @property
    def previews(self) -> Previews:
        """What would go out."""
        ...

    @property
    def privacy(self) -> Privacy:
        """Who is who, for an operator."""
        ...


def _moment(typed: str | None) -> datetime | None:
    if typed is None:
        return None
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        raise click.BadParameter(f"“{typed}” is no time. Write it as 2026-12-01T09:00Z.", param_hint="--at") from None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


async def _preview(reference: str, moment: datetime | None, settings: Settings) -> int:
    from bots import backing, wiring  # noqa: PLC0415 - `elevate --help` needs none of these

    async with wiring.build(settings) as program:
        at = moment or backing.now()
        person = await found(program, reference, at)
        click.echo(previewed(await program.previews.preview(person, at)))
    return 0


async def _plan(reference: str | None, whole: bool, settings: Settings) -> int:
    from bots import backing, wiring  # noqa: PLC0415

    async with wiring.build(settings) as program:
        at = backing.now()
        person = await found(program, reference, at) if reference else None
        rows = await program.previews.plan(at)
        if person is not None:
            rows = [each for each in rows if each.person.user_id == person.user_id]
        click.echo(planned(rows, None if whole else SHOWN_AT_MOST, person))
    return 0


async def found(program: Foreseen, reference: str, at: datetime) -> Person:
    """The person with this id, account, platform account, e-mail address or name.

    Raises:
        NotFound: there is none, or there are several of this name.
    """
    from core.errors import NotFound  # noqa: PLC0415

    try:
        return await program.privacy.named(reference)
    except NotFound:
        called = await program.previews.called(reference, at)
    if not called:
        raise NotFound(f"There is nobody with the id, account, address or name “{reference[:80]}”.")
    if len(called) > 1:
        ids = ", ".join(f"{each.id} ({each.name})" for each in called[:NAMED_AT_MOST])
        more = f", and {len(called) - NAMED_AT_MOST} more" if len(called) > NAMED_AT_MOST else ""
        raise NotFound(f"{len(called)} people are called “{reference[:80]}”. Give one of these ids: {ids}{more}.")
    return called[0]


def previewed(shown: Previewed) -> str:
    """What would go out, as lines: the message, when they are looked at next, and every term and rule with its reason."""
    from core import plain  # noqa: PLC0415
    from core.nudges.model import Kind  # noqa: PLC0415

    decision, person = shown.decision, shown.person
    lines = [f"{person.name} ({person.id}), {_local(person, shown.at)}, {person.timezone}", ""]
    if decision.nudge is None:
        lines.append("Nothing would go out.")
    else:
        fate = "would be held back, for comparison" if decision.nudge.held_back else f"would go to {_place(shown)}"
        lines.append(f"A reminder of the kind {decision.nudge.kind.value} {fate}: {decision.nudge.reason}.")
        if decision.message is not None:
            lines += ["", *(f"  {line}".rstrip() for line in plain.message(decision.message).splitlines())]
    again = _looked_at_again(shown)
    lines += ["", f"Looked at again: {_local(person, again) if again else 'not until they change something themselves'}", ""]
    lines += (
        ["The latest that they were sent:", *(_sent(person, each) for each in shown.sent[:SENT_AT_MOST]), ""]
        if shown.sent
        else []
    )
    rules = [each for each in decision.why if each.kind in set(Kind)]
    lines += ["Terms of the contract, which hold back all that was not asked for:"]
    lines += _reasons([each for each in decision.why if each not in rules], "kept", "not kept")
    lines += ["", "Rules, of which the first that fires is told:", *_reasons(rules, "fires", "does not")]
    return "\n".join(lines)


def _looked_at_again(shown: Previewed) -> datetime | None:
    """As the contract has it: before that nobody looks, and only of a later time can it be said what would be decided there."""
    kept = shown.wishes.next_check_at
    return kept if kept is None or kept > shown.at else shown.decision.next_check_at


def _sent(person: Person, nudge: Nudge) -> str:
    came = "held back, for comparison" if nudge.held_back else "" if nudge.lettered_at else "not on its way yet"
    came = came or ("its button was pressed" if nudge.opened_at else "")
    return f"  {_local(person, nudge.created_at)}  {nudge.kind.value}: {nudge.reason}{f' ({came})' if came else ''}"


def _reasons(why: Sequence[Why], yes: str, no: str) -> list[str]:
    width, kinds = max(len(yes), len(no)), max((len(each.kind) for each in why), default=0)
    return [f"  {yes if each.fired else no:<{width}}  {each.kind:<{kinds}}  {each.reason}" for each in why]


def planned(rows: Sequence[Planned], most: int | None = None, person: Person | None = None) -> str:
    """The week as a table, each time as its person's clock shows it, of everybody or of one person, in so many lines at most."""
    from core import plain  # noqa: PLC0415
    from core.ui import Table  # noqa: PLC0415

    if not rows:
        return f"{person.name if person else 'Nobody'} is {'not ' if person else ''}looked at in the coming week."
    cells = tuple(
        (_local(each.person, each.at), each.person.timezone, each.person.name, *_expected(each), each.person.id)
        for each in rows[:most]
    )
    left = len(rows) - len(cells)
    more = f"\n\nAnd {left:,} more. See all with: elevate nudges plan --all" if left else ""
    return plain.table(Table(("When", "Zone", "Who", "Rule", "Why", "Id"), cells)) + more


def _expected(each: Planned) -> tuple[str, str]:
    return (each.nudge.kind.value, each.nudge.reason) if each.nudge else ("none", "")


def _place(shown: Previewed) -> str:
    to = shown.to
    return f"{to.platform.value} ({to.workspace}, {to.recipient})" if to else "nobody, since they have no account to write to"


def _local(person: Person, at: datetime) -> str:
    local = at.astimezone(person.zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}"
