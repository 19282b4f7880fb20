"""A look that a coach took, and what can be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from core.people.model import Person
from core.record import Kept


class Part(StrEnum):
    """What of a student can be looked at. Their place, activity and commitments are open to coaches, the others by consent."""

    PLACE = "place"
    FOUNDATION = "Foundation"
    FIGURES = "figures"
    ASSETS = "assets"


ASKED_FOR = (Part.FOUNDATION, Part.FIGURES, Part.ASSETS)
"""What is closed until the student opens it."""
SETTING: Mapping[Part, str] = {part: f"coachesSee{part.value.capitalize()}" for part in ASKED_FOR}
"""The settings that hold a student's yes. Its value is the organization's id: another that they link with is not meant."""


class Look(Kept):
    """Somebody looked at a student's part, or at the list of everybody in the organization `everybody_in`, with places alone.

    `about` names what of the part it was, such as an asset's title.
    """

    organization_id: str
    person_id: str | None = None
    everybody_in: str | None = None
    by_person_id: str
    part: Part
    about: str = ""
    at: datetime


def opened(student: Person) -> tuple[Part, ...]:
    """What the student lets the coaches of their organization see besides their place."""
    return tuple(part for part in ASKED_FOR if student.settings.get(SETTING[part]) == student.organization_id)


def is_open(student: Person, part: Part) -> bool:
    """Whether the student lets the coaches see this."""
    return part not in ASKED_FOR or part in opened(student)
