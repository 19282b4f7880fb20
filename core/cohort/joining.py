"""Whoever speaks where a cohort meets, and belongs to none, belongs to it from then on."""

from __future__ import annotations

from core.cohort.service import Cohorts
from core.people.model import Person
from core.request import Said
from core.ui import Answer


class Joining:
    """Implements `core.ports.Listener`: it hears everything first, and answers nothing."""

    def __init__(self, cohorts: Cohorts) -> None:
        self._cohorts = cohorts

    async def hear(self, said: Said, person: Person) -> Answer:
        """Have the person join, where these words were said in a cohort's channel."""
        if not said.direct:
            await self._cohorts.spoke_in(person, said.address.channel)
        return None
