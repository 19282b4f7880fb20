"""What the `elevate` command has for whoever runs it: the record, the work that was set aside, and one person's data."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bots.start import END_IT, INTERRUPTED, OR_A_COPY, carried_out, leave, start

if TYPE_CHECKING:
    from bots.settings import Settings

WORD = "ERASE"


@click.group(invoke_without_command=True)
@click.pass_context
def db(context: click.Context) -> None:
    """Show what is in the record.

    Collections with counts and indexes, and pending migrations.

    \b
    Examples:
      elevate db
      elevate db migrate
    """
    if context.invoked_subcommand is None:
        start(_db_show, in_use=OR_A_COPY)


@db.command("migrate")
def db_migrate() -> None:
    """Apply pending migrations. Repeatable, and safe while another process runs.

    \b
    Examples:
      elevate db migrate
      ELEVATE_MONGODB_URI=mongodb://localhost/elevate elevate db migrate
    """
    start(_db_migrate, in_use=END_IT)


@click.group(invoke_without_command=True)
@click.option("--all", "whole", is_flag=True, help="Show all of it, not the oldest 100 of each kind.")
@click.pass_context
def jobs(context: click.Context, whole: bool) -> None:
    """Show work that was set aside, with its error.

    And how much work stands where. The oldest come first, at most 100 of each kind.

    \b
    Examples:
      elevate jobs
      elevate jobs --all
      elevate jobs retry job_01jx5v8q3n7c2m4k6p9r1t0wze
    """
    if context.invoked_subcommand is None:
        start(partial(_jobs_list, whole), in_use=OR_A_COPY)


@jobs.command("retry")
@click.argument("row_id", metavar="ID")
def jobs_retry(row_id: str) -> None:
    """Let work that was set aside be tried again; `elevate jobs` shows its ID.

    \b
    Example:
      elevate jobs retry job_01jx5v8q3n7c2m4k6p9r1t0wze
    """
    start(partial(_jobs_retry, row_id), in_use=END_IT)


@click.command()
@click.argument("person")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it; a new file in this folder where not given."
)
def export(person: str, out: Path | None) -> None:
    """Write everything that is kept of a person to a new zip.

    PERSON is a person's id, an account's id, a platform account or an e-mail address.

    \b
    Examples:
      elevate export maria@example.com
      elevate export slack:T024BE7LD:U0G9QF9C6 --out maria.zip
    """
    start(partial(_export, person, out), in_use=OR_A_COPY)


@click.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Erase without asking; wanted where nobody can be asked.")
def erase(person: str, yes: bool) -> None:
    """Erase everything that is kept of a person.

    On all platforms; there is no way back.

    PERSON is a person's id, an account's id, a platform account or an e-mail address. Asks for a typed word before it erases.

    \b
    Examples:
      elevate erase maria@example.com
      elevate erase slack:T024BE7LD:U0G9QF9C6 --yes
    """
    if not yes:
        _ask(person)
    start(partial(_erase, person), in_use=END_IT)


def _ask(reference: str) -> None:
    """Return if somebody at this terminal wants it; the record is let go of while they think."""
    if not sys.stdin.isatty():
        click.echo("Nothing was erased. Add --yes to erase without being asked.", err=True)
        leave(1)
    status = carried_out(partial(_say_whom, reference), in_use=END_IT)
    if status:
        leave(status)
    try:
        word = input(f"Type {WORD} to go on: ")
    except (EOFError, KeyboardInterrupt):
        click.echo()
        _nothing_erased(INTERRUPTED)
    if word.strip().upper() != WORD:
        _nothing_erased(1)


def _nothing_erased(status: int) -> NoReturn:
    click.echo(f"That is not {WORD}. Nothing was erased." if status == 1 else "Nothing was erased.", err=True)
    leave(status)


async def _db_show(settings: Settings) -> int:
    from bots import backing, operate  # noqa: PLC0415 - `elevate --help` needs none of these

    async with backing.overview(settings) as record:
        await operate.db_show(record, sys.stdout)
    return 0


async def _db_migrate(settings: Settings) -> int:
    from bots import backing, operate  # noqa: PLC0415

    async with backing.overview(settings) as record:
        await operate.db_migrate(record, sys.stdout)
    return 0


async def _jobs_list(whole: bool, settings: Settings) -> int:
    from bots import backing, operate  # noqa: PLC0415

    async with backing.leased(settings) as stores:
        await operate.jobs_list(stores, backing.now(), sys.stdout, whole=whole)
    return 0


async def _jobs_retry(row_id: str, settings: Settings) -> int:
    from bots import backing, operate  # noqa: PLC0415

    async with backing.leased(settings) as stores:
        done = await operate.jobs_retry(stores, row_id, backing.now(), sys.stdout)
    return 0 if done else 1


async def _export(reference: str, out: Path | None, settings: Settings) -> int:
    from bots import backing, data, wiring  # noqa: PLC0415

    async with wiring.build(settings) as program:
        click.echo(await data.export(program, reference, out, backing.now()))
    return 0


async def _say_whom(reference: str, settings: Settings) -> int:
    from bots import data, wiring  # noqa: PLC0415

    async with wiring.build(settings) as program:
        click.echo(await data.about(program, reference))
    return 0


async def _erase(reference: str, settings: Settings) -> int:
    from bots import backing, data, wiring  # noqa: PLC0415

    async with wiring.build(settings) as program:
        click.echo(await data.erase(program, reference, backing.now()))
    return 0
