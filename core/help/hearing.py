"""Whoever writes nothing but “help”, or the name of a command without its slash, needs no agent for it."""

from __future__ import annotations

from core.catalog import Catalog
from core.errors import UnknownCommand
from core.help.commands import everything
from core.help.named import named
from core.people.model import Person
from core.request import Said
from core.ui import Answer, Button, Buttons, Call, Card, Message, Text

WORDS = frozenset({"help", "menu", "commands", "help please"})


class HelpWords:
    """Implements `core.ports.Listener` for words in a direct message that ask for the commands, or name one of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        parts = {each.name: each.summary for each in catalog.commands.values() if each.listed and not each.needs}
        groups = {name: each[0].summary for name, each in catalog.groups.items() if not each[0].needs}
        self._named = {**groups, **parts}

    async def hear(self, said: Said, person: Person) -> Answer:
        """All the commands, or the one that is named, to be pressed; None where anything else is said."""
        if not said.direct or said.files:
            return None
        if said.text.strip(" .?!").casefold() in WORDS:
            return everything(person, self._catalog, said.actor.platform)
        line = named(said.text, self._named) if said.addressed else ""
        return self._shown(line) if line else None

    def _shown(self, line: str) -> Answer:
        name, _, words = line.partition(" ")
        try:
            command, left = self._catalog.find(name, words)
        except UnknownCommand:
            return None
        label = command.summary.partition(":")[0]
        press = Button(f"{label}: {left}" if left else label, Call(command.name, words=left), primary=True)
        told = Text(f"One tap does it. Typed, it is **/{line}**.")
        return Message(cards=(Card(body=(told, Buttons((press,)))),), private=True)
