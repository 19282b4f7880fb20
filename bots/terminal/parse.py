"""What a typed line asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bots.terminal.sent import sent
from core.request import Asked, Event, Said, Typed
from core.ui import Button, Call

_IMPORTED = re.compile(r"^/(?:kpi|cohort)\s+import\s+(?=\S)", re.IGNORECASE)
"""What may stand before the path of a file, which says by itself what it is."""
LEAVING = frozenset({"/quit", "/exit"})
LEAVING_IN_WORDS = frozenset({"exit", "quit", "bye", "goodbye"})
"""As people leave other programs. A question that is open takes them in its own way."""
DIGITS_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Quit:
    """The person wants to leave."""


@dataclass(frozen=True, slots=True)
class NoButton:
    """The number of a button, where there is none of that number."""

    words: str


def parse(
    typed: str, buttons: Sequence[Button], event: Event, *, asks: bool = True, question: bool = False
) -> Said | Asked | Quit | NoButton:
    """A file by its path, a command, a button of the last answer by its number or its label, the wish to leave, or free words.

    A number that no button has is free words where the last answer `asks` for words: it may answer a question. `question`: one
    is open that is left by words of its own, so that those do not end the conversation.
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
    number = number_in(text, len(buttons))
    call = labelled(text, buttons) if number is None else buttons[number - 1].call
    if call is not None:
        return asked(event, call.command, words=call.words, values=call.values, form=call.form)
    if not question and wants_to_leave(text):
        return Quit()
    if not asks and _is_number(text):
        return NoButton(_no_button(text, len(buttons)))
    return Said(id=event.id, actor=event.actor, address=event.address, at=event.at, text=text)


def is_command(typed: str) -> bool:
    """Whether the line is a command, which also leaves an open form."""
    return typed.lstrip().startswith("/")


def wants_to_leave(typed: str) -> bool:
    """Whether the line is a word with which people leave other programs, and nothing else."""
    return typed.casefold().strip(" .!()") in LEAVING_IN_WORDS


def labelled(text: str, buttons: Sequence[Button]) -> Call | None:
    """What the one button does whose label was typed, whatever its case and signs; None where several do different things."""
    typed = _words(text)
    calls = [each.call for each in buttons if typed and _words(each.label) == typed]
    return calls[0] if calls and all(each == calls[0] for each in calls) else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub("['’]", "", text.casefold()))


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
