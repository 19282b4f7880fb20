"""All the commands of the product, and how one is found by what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.command import Command, parameters
from core.errors import UnknownCommand
from core.fuzzy import OSA, process


class Catalog:
    """The commands by name."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands: Mapping[str, Command] = _by_name(commands)
        groups: dict[str, list[Command]] = {}
        for each in self.commands.values():
            if each.listed:
                groups.setdefault(each.group, []).append(each)
        self.groups: Mapping[str, tuple[Command, ...]] = {name: tuple(parts) for name, parts in groups.items()}

    def find(self, name: str, words: str = "") -> tuple[Command, str]:
        """The command of that name, and the words that are left for its arguments.

        A group's part may stand in the name or be the first of the words; a bare group is its first command.

        Raises:
            UnknownCommand: with the nearest name, where one is near.
        """
        name = " ".join(name.split()).casefold()
        first, _, left = words.strip().partition(" ")
        part = self.commands.get(f"{name} {first.casefold()}")
        if part is not None and part.listed:
            return part, left.strip()
        if name in self.commands:
            return self.commands[name], words.strip()
        if name in self.groups:
            bare = self.groups[name][0]
            near = self.nearest(f"{name} {first}") if first and not parameters(bare.args) else None
            if near is not None and near.startswith(f"{name} "):  # a slip, and the group's first command would not read it
                raise UnknownCommand(self._unknown(f"{name} {first}"))
            return bare, words.strip()
        raise UnknownCommand(self._unknown(name))

    def typeable(self, name: str) -> bool:
        """Whether people may have typed the name: False for what only buttons do."""
        known = self.commands.get(name)
        return known is None or known.listed

    def nearest(self, name: str) -> str | None:
        """The name that was probably meant: a part's own name (tick for module tick), or at most two slips away (letters
        missing, added, changed or swapped).
        """
        ending = f" {name.casefold()}"
        parts = [each.name for each in self.commands.values() if each.listed and not each.needs and each.name.endswith(ending)]
        if parts:
            return parts[0] if len(parts) == 1 else None
        names = {*self.groups, *(each.name for each in self.commands.values() if each.listed)}
        slips = 1 if len(name) <= 3 else 2
        found = process.extractOne(name.casefold(), sorted(names), scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else None

    def _unknown(self, name: str) -> str:
        near = self.nearest(name)
        hint = f"Did you mean /{near}?" if near else "/help lists all there are."
        return f"There is no command /{name}. {hint}"


def _by_name(commands: Iterable[Command]) -> dict[str, Command]:
    found: dict[str, Command] = {}
    for each in commands:
        if each.name in found:
            raise ValueError(f"two commands are called {each.name}")
        found[each.name] = each
    return found
