"""Whose names are suggested while a coach types one."""

from __future__ import annotations

from collections.abc import Sequence

from core.alike import holds
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING, Role
from core.ui import Option


async def students(typed: str, person: Person, people: People) -> Sequence[Option]:
    """The coach's students who have what is typed in their names, or whose id it is; nobody's for anyone else."""
    if person.role not in COACHING:
        return []
    wanted = typed.strip()
    there = [each for each in await people.members(person) if each.role is Role.STUDENT]
    return [Option(each.id, each.name) for each in there if holds(each.name, wanted) or wanted == each.id]
