"""What a typed line asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bots.terminal.sent import sent
from core.request import Asked, Event, Said, Typed
from core.ui import Call

_IMPORTED = re.compile(r"^/(?:kpi|cohort)\s+import\s+(?=\S)", re.IGNORECASE)
"""What may stand before the path of a file, which says by itself what it is."""
LEAVING = frozenset({"/quit", "/exit"})
DIGITS_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Quit:
    """The person wants to leave."""


@dataclass(frozen=True, slots=True)
class NoButton:
    """The number of a button, where there is none of that number."""

    words: str


def parse(typed: str, calls: Sequence[Call], event: Event, *, asks: bool = True) -> Said | Asked | Quit | NoButton:
    """A file by its path, a command, a numbered button of the last answer, or free words.

    A number that no button has is free words where the last answer `asks` for words: it may answer a question.
    """
    text = typed.strip()
    if text.casefold() in LEAVING:
        return Quit()
    if found := sent(_IMPORTED.sub("", text)):
        file, words = found
        return Said(id=event.id, actor=event.actor, address=event.address, at=event.at, text=words, files=(file,))
    if is_command(text):
        name, words = (*text[1:].split(maxsplit=1), "", "")[:2]
        return asked(event, name, words=words)
    number = number_in(text, len(calls))
    if number is not None:
        call = calls[number - 1]
        return asked(event, call.command, words=call.words, values=call.values, form=call.form)
    if not asks and _is_number(text):
        return NoButton(_no_button(text, len(calls)))
    return Said(id=event.id, actor=event.actor, address=event.address, at=event.at, text=text)


def is_command(typed: str) -> bool:
    """Whether the line is a command, which also leaves an open form."""
    return typed.lstrip().startswith("/")


def number_in(text: str, most: int) -> int | None:
    """The number from 1 to `most` that the text is, or None."""
    return int(text) if _is_number(text) and 1 <= int(text) <= most else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS_AT_MOST


def _no_button(number: str, count: int) -> str:
    if count == 0:
        return f"There is no button {number}: what stands here has none. Ask in words, or type / for the commands."
    there = "there is only 1" if count == 1 else f"there are 1 to {count}"
    return f"There is no button {number} here: {there}. Ask in words, or type / for the commands."


def asked(
    event: Event,
    command: str,
    *,
    words: str = "",
    values: Mapping[str, Typed] | None = None,
    submitted: bool = False,
    form: bool = False,
) -> Asked:
    """A command, asked for at the event."""
    return Asked(
        id=event.id,
        actor=event.actor,
        address=event.address,
        at=event.at,
        command=command,
        words=words,
        values=values or {},
        submitted=submitted,
        form=form,
    )
