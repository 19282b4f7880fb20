"""Reading a list of students: which columns it has, who is in it, and what is wrong with which row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.kpis.imports.grid import Grid
from core.people.service import NAME_AT_MOST
from core.people.zones import UnknownZone, zone_named
from core.separated import unguarded

STUDENTS_AT_MOST = 2_000
COLUMNS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "full name", "student"}),
    "account": frozenset({"account", "account id", "user id", "member id", "slack id", "discord id", "id"}),
    "email": frozenset({"email", "mail", "email address"}),
    "cohort": frozenset({"cohort", "group"}),
    "timezone": frozenset({"timezone", "time zone", "zone"}),
}
ACCOUNTS = {
    "slack": (re.compile(r"[UW][A-Z0-9]{4,20}"), "Slack's are like U02ABCD34: open the profile, then Copy member ID"),
    "discord": (re.compile(r"\d{15,21}"), "Discord's have 17 to 19 digits: right-click the name, then Copy User ID"),
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_SHORTENED = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be taken. `row` counts as the spreadsheet does, the heading being 1; `cohort` and `timezone` may be "".

    `email` is folded, and there where the row has no account: then `account` is "" until the platform has named it, and so may
    `name` be.
    """

    row: int
    name: str
    account: str
    cohort: str = ""
    timezone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, and what to do. `together`: the same in words that hold for several rows, where those differ."""

    row: int
    words: str
    together: str = ""


def is_register(grid: Grid) -> bool:
    """Whether the table is a list of people: its heading has a name, and an account or an e-mail address; or these alone."""
    columns = _columns(grid.rows[0]) if grid.rows else {}
    named = "name" in columns or len(columns) == len(grid.rows[0] if grid.rows else ())
    return named and bool({"account", "email"} & columns.keys())


def holds_addresses(grid: Grid) -> bool:
    """Whether a column has e-mail addresses in most of its rows, whatever its heading says."""
    most = max(1, len(grid.rows) // 2)
    return any(sum(bool(_EMAIL.fullmatch(cell)) for cell in column) >= most for column in grid.turned.rows)


def is_pasted(text: str) -> bool:
    """Whether it is a list of people: several lines, and an e-mail address in each."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(any(map(_EMAIL.fullmatch, re.split(r"[\s,;<>|]+", line))) for line in lines)


def read(grid: Grid, platform: str) -> tuple[list[Entry], list[Problem]]:
    """The rows below the heading that can be taken, and what is wrong with the others."""
    columns = _columns(grid.rows[0])
    entries: list[Entry] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(grid.rows[1:], start=2):
        told = {name: unguarded(cells[at]).strip() for name, at in columns.items()}
        account, email = _who(_account(told.get("account", "")), told.get("email", "").casefold())
        words = (
            "" if len(entries) < STUDENTS_AT_MOST else f"I take {STUDENTS_AT_MOST:,} at a time. Send the rest in another file."
        )
        words = words or _wrong(told.get("name", ""), account, email, platform, seen)
        zone = told.get("timezone", "")
        if not words and zone:
            try:
                zone = zone_named(zone)
            except UnknownZone as trouble:
                words = trouble.message
        if words:
            problems.append(Problem(number, words))
            continue
        seen[account.casefold() or email] = number
        entries.append(Entry(number, told.get("name", "")[:NAME_AT_MOST], account, told.get("cohort", ""), zone, email))
    return entries, problems


def _columns(heading: Sequence[str]) -> dict[str, int]:
    """Where each column is; the first of several that mean the same."""
    folded = [re.sub(r"[-_\s]+", " ", each.casefold()).strip().replace("e mail", "email") for each in heading]
    found = ((name, next((at for at, each in enumerate(folded) if each in names), None)) for name, names in COLUMNS.items())
    return {name: at for name, at in found if at is not None}


def _account(typed: str) -> str:
    """The id alone, however it was copied: `<@U1>`, `<@!1>`, `@nora`."""
    return re.sub(r"^<@!?([^|>]+)(?:\|[^>]*)?>$", r"\1", typed).removeprefix("@")


def _who(account: str, email: str) -> tuple[str, str]:
    """The account, or else the address: people copy an address into whichever of the two columns they see."""
    if not _EMAIL.fullmatch(account):
        return account, "" if account else email
    return (account, email) if email and email != account.casefold() else ("", account.casefold())


def _wrong(name: str, account: str, email: str, platform: str, seen: Mapping[str, int]) -> str:
    if not account and not email:
        return "There is no account id and no e-mail address, so I would not know them when they write."
    if account and email:
        return f"Two addresses are given, {account[:60]} and {email[:60]}. Leave the one that is theirs."
    if email and not _EMAIL.fullmatch(email):
        return f"“{email[:40]}” is no e-mail address."
    if not name and not email:
        return "There is no name."
    if (account.casefold() or email) in seen:
        return f"It is the same {'account' if account else 'address'} as in row {seen[account.casefold() or email]}."
    return _no_account(account, platform) if account else ""


def _no_account(account: str, platform: str) -> str:
    if _SHORTENED.fullmatch(account):
        return "A spreadsheet has shortened the id. Format that column as text, and copy the id in again."
    shape = ACCOUNTS.get(platform)
    if shape and not shape[0].fullmatch(account):
        return f"“{account[:40]}” is no account id. {shape[1]}."
    return "" if not re.search(r"[\s:]", account) else f"“{account[:40]}” is no account id."
