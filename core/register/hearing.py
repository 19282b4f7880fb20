"""A list of students that a coach sends as a file in a direct message: looked through, and offered to be kept."""

from __future__ import annotations

from pathlib import PurePath

from core.kpis.imports.grid import NoTable
from core.people.model import Person
from core.register import import_views
from core.register.inviting import Inviting
from core.register.reading import is_pasted, is_register
from core.request import Platform, Said
from core.roles import COACHING
from core.ui import Answer

ENDINGS = frozenset({".csv", ".tsv", ".xlsx"})
WORDS_AT_MOST = 12
"""With more words than that, something else is asked about the file."""


class ListSent:
    """Implements `core.ports.Listener` for coaches' direct messages with one table."""

    def __init__(self, inviting: Inviting) -> None:
        self._inviting = inviting

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the list would do; None where the file is no list of people, or the person does not coach. Addresses that are
        written into the message are asked for as a file."""
        if person.role not in COACHING or not said.direct or not said.addressed:
            return None
        if not said.files and is_pasted(said.text):
            typed = said.address.platform is Platform.TERMINAL
            return import_views.how(by_address=self._inviting.by_address(person), typed=typed)
        if len(said.files) != 1:
            return None
        [file] = said.files
        if PurePath(file.name).suffix.casefold() not in ENDINGS or len(said.text.split()) > WORDS_AT_MOST:
            return None
        try:
            grid = await self._inviting.table(said.address, file)
        except NoTable:
            return None  # whoever reads figures says what is wrong with it
        if grid and not is_register(grid):
            return import_views.without_heading(grid.rows[0], by_address=self._inviting.by_address(person))
        return import_views.looked(await self._inviting.look(person, grid, said.at)) if grid else None
