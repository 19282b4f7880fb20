"""What agents were told of a student, and what of that has changed: so that what stands before the talk can stay as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.chat.model import ParticipantMessage, Told

CHANGED_AT_MOST = 1_500
"""Characters of changes that are told beside it with every question; more is cheaper told anew, once."""
COLD = timedelta(hours=1)
"""After so long without a word nothing is in the cache any more, and telling anew costs nothing."""


def still_holds(told: Told, user_id: str, covers: int, newest: ParticipantMessage | None, at: datetime) -> bool:
    """Whether what was told can stay: it was told of this student, in this stretch of the talk, and not long ago."""
    return (told.user_id, told.covers) == (user_id, covers) and newest is not None and at - newest.created_at < COLD


def changes(told: str, now: str) -> str:
    """What is otherwise now, section by section: lines that are new, and what is so no longer; "" where nothing is."""
    before, after = dict(_sections(told)), dict(_sections(now))
    changed = []
    for heading in dict.fromkeys((*after, *before)):
        old, lines = before.get(heading, []), after.get(heading, [])
        if old == lines:
            continue
        new = [line for line in lines if line not in set(old)]
        about = {_cell(line) for line in new}
        gone = [f"(no longer: {line.removeprefix('- ')})" for line in old if line not in set(lines) and _cell(line) not in about]
        edits = "\n".join([heading, *new, *gone]).strip()
        whole = "\n".join([heading, *lines]).strip()
        changed.append(edits if len(edits) < len(whole) or not lines else whole)
    return "\n".join(changed)


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading with the lines below it; what stands before the first has none."""
    heading, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith("#"):
            if heading or lines:
                yield heading, lines
            heading, lines = line, []
        elif line.strip():
            lines.append(line)
    yield heading, lines


def _cell(line: str) -> str:
    """What a line is about: "- Pains: the lid" is about pains."""
    return line.partition(":")[0]
