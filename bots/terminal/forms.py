"""A form on the terminal: one question at a time, in which nothing typed gets lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bots.terminal.interrupts import Interrupts
from bots.terminal.keyboard import Keyboard, Stopped
from bots.terminal.parse import is_command, number_in, wants_to_leave
from bots.terminal.sender import Closed, Sender
from core.request import Typed
from core.ui import Field, Form, Kind
from core.words import clean

EMPTY = "-"
SHOWN_AT_MOST = 200
NEEDED = "This is needed."
HOURS = tuple(f"{hour:02}:00" for hour in range(24))
HOUR = "Type an hour from 0 to 23, such as 9 or 18:00."
_HOUR = re.compile(r"(\d{1,2})(?:[:.]00)?")


@dataclass(frozen=True, slots=True)
class Filled:
    """Every question was answered: all values to send."""

    values: Mapping[str, Typed]


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The person left: what there was to keep, and the line that they left with or what ended the conversation."""

    values: Mapping[str, Typed]
    line: str | None = None
    closed: Closed | None = None


class Filling:
    """Asks a form's questions; of a form that came back with problems, those with a problem."""

    def __init__(self, keyboard: Keyboard, sender: Sender, interrupts: Interrupts) -> None:
        self._keyboard = keyboard
        self._sender = sender
        self._interrupts = interrupts

    async def fill(self, form: Form) -> Filled | Abandoned:
        """Ask, and return what to send or what to keep."""
        typed: dict[str, Typed] = {}
        try:
            # On a pipe every question is asked: whoever wrote its lines counted them.
            still = only_open(form) if self._keyboard.attended else form
            if not form.problems:
                self._sender.begin(still)
            for field in questions(still):
                answer = await self._ask(form, field)
                if isinstance(answer, _Leaving):
                    return Abandoned(kept(form, typed), line=answer.line)
                if answer is not None:
                    typed[field.name] = answer
        except Stopped:
            return Abandoned(kept(form, typed))
        except Closed as closed:
            return Abandoned(kept(form, typed), closed=closed)
        return Filled({**form.values, **typed})

    async def _ask(self, form: Form, field: Field) -> Typed | _Leaving | None:
        """The answer, or None where what is there is to stay."""
        present = form.values.get(field.name, "")
        problem = form.problems.get(field.name, "")
        meant = ""
        while True:
            words = way(field, attended=self._keyboard.attended)
            self._sender.question(without_hours(field), shown(field, present), problem, words)
            line = await self._interrupts.guard(self._keyboard.answer(form.command, field))
            if is_command(line):
                return _Leaving(line)
            # On a pipe it is one of the lines that were counted.
            if self._keyboard.attended and wants_to_leave(line) and line.strip() != meant:
                if not may_be_said(field, line):
                    return _Leaving(None)
                meant, problem = line.strip(), again(line)
                continue
            if not line.strip():
                if present or not field.required:
                    return None
                problem = NEEDED
                continue
            if line.strip() == EMPTY and present and not field.required:
                return ""
            if field.kind is Kind.LIST:
                return await self._items(form, field, line)
            answer = read(field, line)
            # On a pipe the next lines answer the next questions: there the core says it at the end.
            if self._keyboard.attended and (problem := not_offered(field, answer)):
                continue
            return answer

    async def _items(self, form: Form, field: Field, first: str) -> Typed | _Leaving:
        """The items of a list: on a pipe all in one line, from a person one a line until an empty one."""
        items, meant = split_items(first, attended=self._keyboard.attended), first.strip()
        while self._keyboard.attended:
            line = await self._interrupts.guard(self._keyboard.answer(form.command, field))
            if not line.strip():
                break
            if wants_to_leave(line) and line.strip() != meant:
                meant = line.strip()
                self._sender.note(again(line))
                continue
            items += split_items(line, attended=True)
        return tuple(items)


def way(field: Field, *, attended: bool) -> str:
    """How a field of an unusual kind is answered here; "" where that needs no words."""
    match field.kind:
        case Kind.LIST:
            return "An empty line ends the list." if attended else "Here all go in one line, with ; between them."
        case Kind.LONG if attended:
            return "Alt-Enter starts a new line."
        case Kind.CHOICE if is_hour(field):
            return HOUR
        case Kind.CHOICES:
            return "Several are separated by commas."
        case Kind.YES_NO:
            return "Yes or no."
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class _Leaving:
    """The form is left: with a command that is to be answered next, or None."""

    line: str | None


def may_be_said(field: Field, line: str) -> bool:
    """Whether the question takes the line for what it is: any words, or one of what it offers."""
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        return not not_offered(field, read(field, line))
    return field.kind in (Kind.LINE, Kind.LONG, Kind.LIST) and not field.figure


def again(line: str) -> str:
    """What is said to a word that may be the answer, or the wish to leave."""
    return f"If “{line.strip()}” is your answer, type it once more. Ctrl-C leaves the form, and /quit all of it."


def questions(form: Form) -> tuple[Field, ...]:
    """The fields to ask for."""
    wrong = tuple(field for field in form.fields if field.name in form.problems)
    return wrong or form.fields


def only_open(form: Form) -> Form:
    """The form with the questions alone that are still open; what was said already is told above them, and sent along."""
    if form.problems or not form.asks:
        return form
    said = [each for each in form.fields if each.name not in form.asks and form.values.get(each.name)]
    lines = "\n".join(f"{_named(each)} {shown(each, form.values[each.name])}" for each in said)
    left = tuple(each for each in form.fields if each.name in form.asks)
    return replace(form, fields=left, intro="\n\n".join(part for part in (form.intro, lines) if part))


def _named(field: Field) -> str:
    return field.label if field.label.endswith("?") else f"{field.label}:"


def kept(form: Form, typed: Mapping[str, Typed]) -> Mapping[str, Typed]:
    """What is worth keeping of a form that is left: nothing where nothing was typed into it."""
    if not typed and not form.problems:
        return {}
    known = {field.name: form.values[field.name] for field in form.fields if field.name in form.values}
    return {**known, **typed}


def goes_again(field: Field) -> bool:
    """Whether what was refused is offered to be sent again: long work is, and a figure that is only odd; a short word is typed
    anew, since it would be refused again.
    """
    return field.figure or field.kind in (Kind.LONG, Kind.LIST)


def unrefused(form: Form, opened: Form | None) -> Form:
    """The form that came back without the short values that were refused: in the place of each, what the form had opened with."""
    values = dict(form.values)
    for field in questions(form) if form.problems else ():
        refused = values.get(field.name)
        if goes_again(field) or field.name not in form.problems or not refused:
            continue
        before = opened.values.get(field.name, "") if opened and opened.command == form.command else ""
        values[field.name] = "" if before == refused else before
    return replace(form, values=values)


def shown(field: Field, value: Typed) -> str:
    """A value as the question shows it: a choice by its label, a day in words, a list by its items, a long text in part."""
    if field.kind is Kind.DATE and isinstance(value, str) and (day := _day(value)):
        return f"{day.day} {day:%B %Y}"
    labels = {option.value: option.label for option in field.options}
    items = [value] if isinstance(value, str) else list(value)
    text = clean("; ".join(labels.get(item, item) for item in items if item))
    return text if len(text) <= SHOWN_AT_MOST else f"{text[:SHOWN_AT_MOST]}… ({len(text):,} characters)"


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def read(field: Field, line: str) -> Typed:
    """What a line means for a field: a choice may be given by its number. Whether it is right, the core says."""
    text = line.strip()
    if field.kind is Kind.CHOICES:
        return tuple(_choice(field, part.strip()) for part in text.split(",") if part.strip())
    return _choice(field, text) if field.options else text


def is_hour(field: Field) -> bool:
    """Whether it asks for an hour of the day: 9 means nine o'clock there, and not the ninth of a list that begins at midnight."""
    return tuple(each.label for each in field.options) == HOURS


def without_hours(field: Field) -> Field:
    """The field as it is shown: nobody needs to read 24 hours in a list."""
    return replace(field, options=()) if is_hour(field) else field


def not_offered(field: Field, answer: Typed) -> str:
    """What to say of an answer that is none of those that the question offers; "" where there is nothing to say."""
    named = {each.casefold() for option in field.options for each in (option.value, option.label)}
    given = (answer,) if isinstance(answer, str) else answer
    strange = next((each for each in given if each.casefold() not in named), None) if named else None
    if strange is None or field.completes or field.kind not in (Kind.CHOICE, Kind.CHOICES):
        return ""
    if is_hour(field):
        return f"“{strange[:60]}” is no full hour. {HOUR}"
    return f"“{strange[:60]}” is none of these. Type the number of one, 1 to {len(field.options)}."


def split_items(line: str, *, attended: bool) -> list[str]:
    """The items in what was typed: its lines, and on a pipe what stands between semicolons."""
    parts = line.splitlines() if attended else line.split(";")
    return [part.strip() for part in parts if part.strip()]


def _choice(field: Field, text: str) -> str:
    named = {each.casefold() for option in field.options for each in (option.value, option.label)}
    if is_hour(field):
        hour = _HOUR.fullmatch(text)
        return field.options[int(hour[1])].value if hour and int(hour[1]) < len(HOURS) else text
    number = None if text.casefold() in named else number_in(text, len(field.options))
    return text if number is None else field.options[number - 1].value
