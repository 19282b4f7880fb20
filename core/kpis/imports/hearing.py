"""Figures that come as a message: a pasted table or a file in a direct message is offered to be read, never silently taken."""

from __future__ import annotations

import re
from pathlib import PurePath

from core.kpis.imports import views
from core.kpis.imports.delimited import looks_like_a_table
from core.kpis.imports.grid import NoTable
from core.kpis.imports.held import Held
from core.kpis.imports.service import Imports, NoFigures
from core.people.model import Person
from core.request import File, Said
from core.ui import Answer

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
TABLES = frozenset({".csv", ".tsv", ".txt"}) | WORKBOOKS
"""Discord sends what is too long for a message as `message.txt`."""
PICTURES = frozenset({".png", ".jpg", ".jpeg"})
_ASKS_FOR_IT = re.compile(
    r"\b(?:read|log|import|save|take|enter)\b.*\b(?:figures?|numbers?|kpis?|metrics|data|it|this|these)\b"
    r"|^(?!.*\b(?:why|what|how|which|who|tell|explain|compare|look|think|check|review|help)\b).*\b(?:figures|numbers|kpis?|metrics|stats)\b",
    re.IGNORECASE,
)
_SCREEN = re.compile(r"screen|bildschirm|capture|captura|schermafbeelding|dashboard|analytics|report|insights", re.IGNORECASE)
"""What a picture of a screen is called by the device that took it; other pictures go to the agents."""
WORDS_AT_MOST = 12


class FiguresSent:
    """Implements `core.ports.Listener` for direct messages that hold a table of figures, or a picture of one."""

    def __init__(self, imports: Imports) -> None:
        self._imports = imports

    async def hear(self, said: Said, person: Person) -> Answer:
        """The offer to read them; None where the message is for somebody else: a file with a question goes to the agents."""
        if not said.direct or not said.addressed:
            return None
        if said.files:
            return await self._in_files(said, person) if _asks_for_nothing_else(said.text) else None
        return await self._in_text(said, person) if looks_like_a_table(said.text) else None

    async def _in_text(self, said: Said, person: Person) -> Answer:
        found = await self._imports.in_text(person, said.text, said.at.astimezone(person.zone).date())
        if found is None:
            return None
        held = Held(found)
        await self._imports.hold(person, held, said.at)
        return views.offered(found, held.token)

    async def _in_files(self, said: Said, person: Person) -> Answer:
        tables = [each for each in said.files if _ending(each) in TABLES]
        if tables and len(tables) == len(said.files):
            return await self._in_tables(said, person, tables)
        first = said.files[0]
        is_one = len(said.files) == 1 and _ending(first) in PICTURES
        if not is_one or not (said.text.strip() or _SCREEN.search(first.name)):
            return None
        held = Held(picture=first, sent_at=said.address)
        await self._imports.hold(person, held, said.at)
        return views.picture_offered(held.token)

    async def _in_tables(self, said: Said, person: Person, tables: list[File]) -> Answer:
        """An offer; of what is no table of figures, the agents may still make something where they can read it."""
        try:
            found = await self._imports.in_files(person, said.address, tables, said.at.astimezone(person.zone).date())
        except (NoTable, NoFigures):
            if said.text.strip() or any(_ending(each) in WORKBOOKS for each in tables):
                raise
            return None
        held = Held(found)
        await self._imports.hold(person, held, said.at)
        return views.offered(found, held.token)


def _asks_for_nothing_else(text: str) -> bool:
    """No words come with the file, or a few that ask to have the figures read."""
    words = text.strip()
    return not words or (len(words.split()) <= WORDS_AT_MOST and "?" not in words and bool(_ASKS_FOR_IT.search(words)))


def _ending(file: File) -> str:
    return PurePath(file.name).suffix.casefold()
