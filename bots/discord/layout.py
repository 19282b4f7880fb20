"""Which inputs of a form stand on which page: a modal has five components at most, words among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bots.discord.inputs import allowed, inputs_of
from core.ui import Form

COMPONENTS = 5
"""https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal"""
LONG, AT_FIRST = 4, 3
"""A text of so many inputs or more has that many while it is empty, where there is room: people paste such texts."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One input: the field's number in the form, and which of its inputs it is, both from 0."""

    field: int
    part: int = 0


Laid: TypeAlias = tuple[tuple[Slot, ...], ...]
"""The inputs of each page."""


def laid(form: Form) -> Laid:
    """The inputs on as few pages as they need, each about as full as the others; an empty long text has more than one where there
    is one page all the same."""
    needed = [inputs_of(each, form.values.get(each.name, "")) for each in form.fields]
    number = max(1, -(-sum(needed) // COMPONENTS))
    room = COMPONENTS - sum(needed) - bool(form.intro)
    for at, field in enumerate(form.fields):
        if needed[at] == 1 and allowed(field) >= LONG and room > 0:
            more = min(AT_FIRST - 1, room)
            needed[at], room = 1 + more, room - more
    slots = [Slot(at, part) for at, of in enumerate(needed) for part in range(of)]
    least, larger = divmod(len(slots), number)
    sizes = [least + (page >= number - larger) for page in range(number)]  # the first has room for the intro
    return tuple(tuple(slots[sum(sizes[:page]) :][:size]) for page, size in enumerate(sizes))


def grown(form: Form, every: Laid, page: int) -> Laid:
    """The pages, with one more input after this page for each text that has filled those it has, and has none after this page."""
    number = min(page, len(every) - 1)
    here, after = every[number], [slot for slots in every[number + 1 :] for slot in slots]
    more = []
    for at in dict.fromkeys(slot.field for slot in here):
        field, there = form.fields[at], 1 + max(slot.part for slots in every for slot in slots if slot.field == at)
        if all(slot.field != at for slot in after) and inputs_of(field, form.values.get(field.name, "")) > there:
            more.append(Slot(at, there))
    if not more:
        return every
    rest = [*more, *after]
    chunks = tuple(tuple(rest[at : at + COMPONENTS]) for at in range(0, len(rest), COMPONENTS))
    return (*every[: number + 1], *chunks)


def written_pages(every: Laid) -> tuple[str, ...]:
    """The pages as they are kept with a form."""
    return tuple(" ".join(f"{slot.field}.{slot.part}" for slot in slots) for slots in every)


def read_pages(kept: Sequence[str], fields: int) -> Laid:
    """The pages that were kept with a form of so many fields."""
    pages = (tuple(Slot(*map(int, each.split("."))) for each in page.split()) for page in kept)
    return tuple(tuple(slot for slot in slots if slot.field < fields) for slots in pages)
