"""The first card of a student's home page before their cohort begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from core.cohort import first_views as views
from core.cohort.service import Cohorts
from core.course.service import Progress
from core.people.model import Person
from core.roles import COACHING
from core.ui import Card


class Following(Protocol):
    """The card of the home page that says what comes next, which there always is."""

    async def card(self, person: Person, at: datetime) -> Card:
        """The card for this person."""
        ...


class BeforeTheStart:
    """What comes next, with the first day of the cohort above it until that has come."""

    def __init__(self, following: Following, cohorts: Cohorts, progress: Progress) -> None:
        """`following`: the card that says what is next, as it is from the first day on."""
        self._following = following
        self._cohorts = cohorts
        self._progress = progress

    async def card(self, person: Person, at: datetime) -> Card:
        """Nobody is in a module before the first day, unless they began one themselves."""
        shown = await self._following.card(person, at)
        dated, own = await self._cohorts.dated(person), await self._cohorts.of(person)
        today = at.astimezone(person.zone).date()
        if own is None or person.role in COACHING or dated.over or not dated.in_cohort or dated.timetable.starts_on <= today:
            return shown
        title, words = views.before_the_start(own, dated.timetable, today)
        begun = any(each.progress for each in await self._progress.of(person))
        return replace(shown, title=shown.title if begun else title, body=(words, *shown.body))
