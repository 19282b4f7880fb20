"""SQLite's errors as ours: the one place where they are translated."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from core.errors import AlreadyThere, OutsideTheLanguage, StoreFull, StoreInUse, StoreTrouble

_TAKEN = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
"""A disk that is full, and a write that it did not take, as with a quota."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNREACHABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}


def translated(error: sqlite3.Error, record: Path) -> StoreTrouble | OutsideTheLanguage:
    """Our error for SQLite's, by its code; the words of SQLite's message are kept only where nothing else is known."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return StoreTrouble(f"The record {record} could not be used: {error}.")
    kind = code & 0xFF
    if code in _TAKEN:
        return AlreadyThere()
    if code == sqlite3.SQLITE_CONSTRAINT_NOTNULL:
        return OutsideTheLanguage("The change does not fit what the document holds.")
    if code in _NO_ROOM or kind == sqlite3.SQLITE_FULL:
        return StoreFull()
    if kind in _DAMAGED:
        return StoreTrouble(
            f"The record {record} is damaged. Put a copy of it in its place, or move it away to begin anew; then start again."
        )
    if kind in _BUSY:
        return StoreInUse(f"Another program is writing to {record}. Close it, then try again.")
    if kind in _UNREACHABLE:
        return StoreTrouble(
            f"The record {record} cannot be opened or written. "
            "Give this account the right to write there, or set ELEVATE_DATA_DIR to another folder."
        )
    return StoreTrouble(f"The record {record} could not be used: {error}.")
