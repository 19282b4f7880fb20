"""What was typed into cells, read against the Foundation as it is now and as it was when the form was opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.foundation.cells import Cell, Cells, Value
from core.foundation.history import Edit, FoundationChange, Mark, Source, slug
from core.foundation.model import SUMMARY, Foundation
from core.foundation.typed import read_cell, write_cell
from core.ids import new_id
from core.people.model import Person
from core.request import Typed

SHOWN_OF_THEIRS = 600


@dataclass(frozen=True, slots=True)
class Opened:
    """The Foundation as a form showed it: its version, and every change that came since, oldest first."""

    version: int
    since: Sequence[FoundationChange]

    def value(self, path: str, now: Value | None) -> Value | None:
        """What the field held then; `now` is what it holds now."""
        first = next((each for each in self.since if each.field == path), None)
        return first.before if first else now


@dataclass(slots=True)
class Reading:
    """What comes of reading: new values by field, problems by key, and the keys that the person left as they were."""

    values: dict[str, Value] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    untouched: set[str] = field(default_factory=set)


def changed_since(foundation: Foundation, keys: Sequence[str], seen: int) -> bool:
    """Whether any of the cells was changed after that version."""
    marks = (foundation.mark(key) for key in keys)
    return any(mark is not None and mark.version > seen for mark in marks)


def read_typed(cells: Cells, foundation: Foundation, typed: Mapping[str, Typed], opened: Opened | None) -> Reading:
    """Read what was typed, by the keys of cells.

    A cell that somebody else changed since the form was opened is left alone where the person did not touch it, and is a
    problem where they did.
    """
    reading = Reading()
    for given, words in typed.items():
        cell = cells.by_key.get(given) or cells.by_field.get(given)
        if cell is None and given != SUMMARY:
            reading.problems[given] = f"There is no cell called {given}."
            continue
        path, key = (cell.field, cell.key) if cell else (SUMMARY, SUMMARY)
        now = foundation.value(path)
        theirs = opened is not None and changed_since(foundation, (key,), opened.version)
        try:
            value = _read(cell, words, reading.values.get(path) or now)
            if opened and theirs and _written(cell, value) != _written(cell, now):
                then = opened.value(path, now)
                if _written(cell, _read(cell, words, then)) == _written(cell, then):
                    reading.untouched.add(given)
                else:
                    reading.problems[given] = _meanwhile(_written(cell, now))
                continue
        except ValueError as trouble:
            reading.problems[given] = f"{trouble} {_meanwhile(_written(cell, now))}" if theirs else str(trouble)
            continue
        reading.values[path] = value
    return reading


def edit_of(
    cells: Cells, foundation: Foundation, values: Mapping[str, Value | None], person: Person, source: Source, at: datetime
) -> Edit | None:
    """The change that gives the fields these values, or None where they have them already."""
    changes = tuple(
        FoundationChange(
            id=new_id("chg"),
            user_id=person.user_id,
            organization_id=person.organization_id,
            person_id=person.id,
            at=at,
            field=path,
            before=foundation.value(path) or None,
            after=value or None,
            source=source,
            version=foundation.version + 1,
        )
        for path, value in values.items()
        if (value or None) != (foundation.value(path) or None)
    )
    if not changes:
        return None
    mark = Mark(version=foundation.version + 1, at=at, person_id=person.id)
    return Edit(foundation.version, changes, {slug(key): mark for each in changes for key in marked_by(cells, each)})


def marked_by(cells: Cells, change: FoundationChange) -> frozenset[str]:
    """The keys of the cells that read differently after the change."""
    if change.field == SUMMARY:
        return frozenset((SUMMARY,))
    return frozenset(
        each.key
        for each in cells.by_key.values()
        if each.field == change.field and _written(each, change.before) != _written(each, change.after)
    ) or frozenset((change.field,))


def _read(cell: Cell | None, words: Typed, before: Value | None) -> Value:
    if cell is None:
        return words.strip() if isinstance(words, str) else "\n".join(words)
    return read_cell(cell, words, before)


def _written(cell: Cell | None, value: Value | None) -> str:
    """What the cell itself says, as it would be typed: of a pairs field, only the pairs in which its own half is filled."""
    if cell is None or not value:
        return str(value or "")
    if not cell.part or isinstance(value, str):
        return write_cell(cell, value)
    return "\n".join(write_cell(cell, (each,)) for each in value if not isinstance(each, str) and each.get(cell.part))


def _meanwhile(theirs: str) -> str:
    shown = theirs if len(theirs) <= SHOWN_OF_THEIRS else theirs[: SHOWN_OF_THEIRS - 2].rsplit(" ", 1)[0] + " …"
    return f"Changed meanwhile to: {shown or '(emptied)'}\nKeep yours?"
