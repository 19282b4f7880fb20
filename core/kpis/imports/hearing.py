"""Figures that come as a message: a pasted table or a file in a direct message is offered to be read, never silently taken."""

from __future__ import annotations

import re
from pathlib import PurePath

from core.kpis.imports import views
from core.kpis.imports.delimited import looks_like_a_table
from core.kpis.imports.found import Found
from core.kpis.imports.grid import NoTable
from core.kpis.imports.held import Held
from core.kpis.imports.service import Imports, NoFigures
from core.meanwhile import Calls
from core.people.model import Person
from core.request import File, Said
from core.shorthand import spelled_out
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
_NAMES_IT = re.compile(r"^\s*/?kpi\s+(?:import|log)\b", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"\?|^\s*[@/]|\b(?:why|what|how|which|who|tell|explain|compare|look|think|check|review|help|write|draft|make|made|create|turn|give|"
    r"suggest|advise|advice|idea|ideas|improve|analy[sz]e|summari[sz]e|translate|rewrite|find|list|lists|members?|cohort|people|students?|"
    r"invite|invitations?|customers?|contacts?|subscribers?|emails?|names?|addresses|products?|prices?|stock|keywords?|headlines?|hooks?|"
    r"ads?|posts?|reviews|survey|competitors?|plan|foundation|remind|reminders?)\b",
    re.IGNORECASE,
)
"""With a file: words that ask for something else, or name what else may be in it."""
WORDS_AT_MOST = 12
BESIDE_AT_MOST = 40
"""Words beside a table that may still only go along with it."""
FIGURES_AT_LEAST = 2
"""Of a table that names no days, so that it is one of figures whatever is said beside it."""


class FiguresSent:
    """Implements `core.ports.Listener` for direct messages that hold a table of figures, or a picture of one."""

    def __init__(self, imports: Imports, calls: Calls) -> None:
        """`calls`: whether words call an agent by name."""
        self._imports = imports
        self._calls = calls

    async def hear(self, said: Said, person: Person) -> Answer:
        """The offer to read them; None where the message is for somebody else: a file with a question goes to the agents."""
        if not said.direct or not said.addressed:
            return None
        if said.files:
            return await self._in_files(said, person) if _asks_for_nothing_else(said.text) else await self._beside(said, person)
        return await self._in_text(said, person) if looks_like_a_table(said.text) else None

    async def _in_text(self, said: Said, person: Person) -> Answer:
        found = await self._imports.in_text(person, said.text, said.at.astimezone(person.zone).date())
        return await self._offer(found, said, person) if found else None

    async def _beside(self, said: Said, person: Person) -> Answer:
        """The offer for a table whose columns are plainly figures, with words that do not ask for anything else."""
        tables = all(_ending(each) in TABLES for each in said.files)
        if not tables or len(said.text.split()) > BESIDE_AT_MOST or _SOMETHING_ELSE.search(said.text):
            return None
        if await self._calls(person, said.text):
            return None
        try:
            found = await self._imports.in_files(person, said.address, said.files, said.at.astimezone(person.zone).date())
        except (NoTable, NoFigures):
            return None
        figures = {name for each in found.readings for name in each.typed}
        return await self._offer(found, said, person) if not found.undated or len(figures) >= FIGURES_AT_LEAST else None

    async def _offer(self, found: Found, said: Said, person: Person) -> Answer:
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
        return await self._offer(found, said, person)


def _asks_for_nothing_else(text: str) -> bool:
    """No words come with the file, or a few that ask to have the figures read."""
    words = spelled_out(text).strip()
    return (
        not words
        or bool(_NAMES_IT.match(words))
        or (len(words.split()) <= WORDS_AT_MOST and "?" not in words and bool(_ASKS_FOR_IT.search(words)))
    )


def _ending(file: File) -> str:
    return PurePath(file.name).suffix.casefold()
