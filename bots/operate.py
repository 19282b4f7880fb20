"""What an operator looks at and sets right: the record, and the work that was set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol, TextIO

from bots.secrets import redact
from core import plain
from core.leases import Leased, Leases, State
from core.ui import Table

SHOWN_AT_MOST = 100
"""Rows of each kind of work that was set aside; more run off any screen."""


class Record(Protocol):
    """The record, as `persistence.overview.Overview` shows it."""

    async def ping(self) -> str:
        """What answers, in words."""
        ...

    async def collections(self) -> Sequence[tuple[str, int, Sequence[str]]]:
        """Each collection's name, how many documents it has, and the names of its indexes."""
        ...

    async def pending(self) -> Sequence[str]:
        """The names of the migrations that are not applied yet."""
        ...

    async def migrate(self) -> Sequence[str]:
        """Apply them; returns the names of what was applied here."""
        ...


async def db_show(record: Record, out: TextIO) -> None:
    """`elevate db`: what answers, the collections with counts and indexes, and what is to be migrated."""
    out.write(f"{await record.ping()}\n\n")
    rows = tuple((name, str(count), ", ".join(indexes)) for name, count, indexes in await record.collections())
    _show(Table(("Collection", "Documents", "Indexes"), rows, numeric=frozenset({1})), out)
    pending = await record.pending()
    if pending:
        out.write(f"Pending migrations: {', '.join(pending)}. Apply them with: elevate db migrate\n")
    else:
        out.write("No pending migrations.\n")


async def db_migrate(record: Record, out: TextIO) -> None:
    """`elevate db migrate`: apply what is pending. Repeatable, and safe while another process runs."""
    applied = await record.migrate()
    for each in applied:
        out.write(f"Applied {each}.\n")
    if not applied:
        out.write("Nothing to migrate.\n")


async def jobs_list(stores: Mapping[str, Leases[Any]], at: datetime, out: TextIO, *, whole: bool = False) -> None:
    """`elevate jobs`: how much work stands where, and what was set aside, with its error; all of that with `--all`.

    `stores` are the inbox, the jobs and the outbox, by these names.
    """
    counts = {name: await store.counts() for name, store in stores.items()}
    rows = tuple((name, *(str(count[state]) for state in State)) for name, count in counts.items())
    heads = ("Work", "Waiting", "Running", "Done", "Set aside")
    _show(Table(heads, rows, numeric=frozenset(range(1, len(heads)))), out)
    count = sum(each[State.ASIDE] for each in counts.values())
    most = count if whole else SHOWN_AT_MOST
    aside = [each for store in stores.values() for each in await store.aside(most)] if count else []
    if not aside:
        out.write("Nothing is set aside.\n")
        return
    out.write("Set aside:\n\n")
    for each in aside:
        out.write(f"{_told(each, at)}\n\n")
    if count > len(aside):
        out.write(f"And {count - len(aside):,} more. See all with: elevate jobs --all\n")
    out.write("Try one again with: elevate jobs retry ID\n")


async def jobs_retry(stores: Mapping[str, Leases[Any]], row_id: str, at: datetime, out: TextIO) -> bool:
    """`elevate jobs retry ID`: let work that was set aside be tried anew; False where there is no such work."""
    for name, store in stores.items():
        row = await store.retry(row_id, at)
        if row is not None:
            out.write(f"{row.id} ({row.title}) is back in the {name}, and will be tried at once.\n")
            return True
    out.write(f"Nothing with the id {row_id} is set aside. `elevate jobs` lists what is.\n")
    return False


def _told(row: Leased, at: datetime) -> str:
    """A row in lines and not in a table: its id is there to be copied, and must not be broken."""
    error = " ".join(redact(row.last_error or "").split())
    times = "once" if row.attempts == 1 else f"{row.attempts} times"
    return f"{row.id}\n  {row.title}, {_age(at - row.created_at)} old, tried {times}\n  {error or 'no error was kept'}"


def _age(passed: timedelta) -> str:
    seconds = max(0, int(passed.total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _show(table: Table, out: TextIO) -> None:
    """A table: with rules on a terminal, in plain text anywhere else."""
    if not out.isatty():
        out.write(f"{plain.table(table)}\n\n")
        return
    from rich.console import Console  # noqa: PLC0415 - not loaded where nothing is drawn

    from bots.terminal.elements import Sheet  # noqa: PLC0415

    console = Console(file=out)
    console.print(Sheet(table))
    console.print()
