"""More than an answer below an interview's question: a whole blueprint or research is offered to be sorted into cells."""

from __future__ import annotations

from datetime import datetime

from core.foundation.cells import Cells
from core.foundation.sorted_by_names import ByNames
from core.foundation.sorting import PASTE, PASTED_AT_MOST
from core.people.model import Person
from core.ports import FormDrafts
from core.ui import Button, Buttons, Call, Card, Text

PAGE_WORDS = 250
"""More is no answer to one question; a cell is filled in a few lines."""


def is_a_page(words: str, cells: Cells) -> bool:
    """Whether it reads like a blueprint or research: it names several cells, or goes on for a page."""
    return len(words.split()) > PAGE_WORDS or len(ByNames(cells).sort(words).proposals) > 1


async def offered(words: str, drafts: FormDrafts, person: Person, at: datetime) -> Card:
    """The offer to sort it; it waits in the form where that is done."""
    await drafts.keep(person, PASTE, {"text": words[:PASTED_AT_MOST]}, at)
    told = (
        "It reads like a whole blueprint or research, so I have not put it into this one cell. I can sort it into the cells "
        "where it belongs: you see each before and after, and only what you tick is saved."
    )
    sort = Buttons((Button("Sort it into cells", Call(PASTE, form=True), primary=True),))
    return Card("That is more than one answer", (Text(told), sort))
