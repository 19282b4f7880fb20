"""Whoever writes nothing but “help” is shown what there is, and is not sent to an agent for it."""

from __future__ import annotations

from core.catalog import Catalog
from core.help.commands import everything
from core.people.model import Person
from core.request import Said
from core.ui import Answer

WORDS = frozenset({"help", "menu", "commands", "help please"})


class HelpWords:
    """Implements `core.ports.Listener` for a word in a direct message that asks for the commands."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    async def hear(self, said: Said, person: Person) -> Answer:
        """All the commands; None where anything else is said."""
        if not said.direct or said.files or said.text.strip(" .?!").casefold() not in WORDS:
            return None
        return everything(person, self._catalog, said.actor.platform)
