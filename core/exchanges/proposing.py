"""What stands in and above the form in which a coach writes to a student: a proposal, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from core.exchanges import views
from core.exchanges.crossing import of_another
from core.exchanges.service import Exchanges
from core.exchanges.suggesting import Suggestions
from core.members.service import Members
from core.openness.model import Part
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import NobodyCalled, People
from core.request import Asked, Typed
from core.roles import COACHING


async def proposed(
    asked: Asked, person: Person, members: Members, people: People, openness: Openness, suggestions: Suggestions
) -> Mapping[str, Typed]:
    """A proposal of what the coach could write, from the student's place and their own words; the look is noted."""
    named = asked.values.get("student")
    if not isinstance(named, str) or person.role not in COACHING:
        return {}
    student = await people.member(person, named)
    row = await members.named(person, student, asked.at)
    await openness.look(person, student, Part.PLACE, asked.at)
    return {"words": await suggestions.of(person, student, row, asked.at)}


async def told_first(asked: Asked, person: Person, people: People, suggestions: Suggestions, exchanges: Exchanges) -> str:
    """What another coach wrote to them last, and why no proposal stands in the form, where none does."""
    named = asked.values.get("student")
    if not isinstance(named, str) or not named or person.role not in COACHING:
        return ""
    with suppress(NobodyCalled):  # the form itself says what is wrong with the name
        student = await people.member(person, named)
        here = [each for each in await exchanges.own(student) if each.organization_id == person.organization_id]
        line = of_another(here, person.id, asked.at - views.LATELY)
        why = await suggestions.why_none(person, student, asked.at)
        return "\n\n".join(each for each in (views.beside(line, asked.at) if line else "", why) if each)
    return ""
