"""A day typed below “When is it likely now?”, which moves the commitment as the buttons there do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from core.commitments import views
from core.commitments.commands import Moved, date
from core.commitments.model import Commitment
from core.commitments.service import Commitments
from core.dates import Days
from core.meanwhile import Meanwhile
from core.nudges.wished_days import NEXT_PART, asks_besides, likely_day, wished_day
from core.people.model import Person
from core.ports import Onlooker, Question
from core.request import Said, as_command
from core.ui import Answer

FRESH = timedelta(hours=2)
"""For so long a day is taken for the new one."""
Since: TypeAlias = Callable[[Person, datetime], Awaitable[Sequence[object]]]
"""What somebody else wrote to the person, or they to somebody else, from that time on."""


class NewDays:
    """Hears a plain day, with or without its reason, for the commitment whose new day was asked for last."""

    def __init__(self, commitments: Commitments, meanwhile: Meanwhile, question: Question, onlooker: Onlooker) -> None:
        """`onlooker`: who is told of the buttons too."""
        self._commitments = commitments
        self._meanwhile = meanwhile
        self._question = question
        self._onlooker = onlooker

    async def hear(
        self,
        said: Said,
        words: str,
        person: Person,
        reminded_at: Callable[[], Awaitable[datetime | None]],
        below: Collection[str] = (),
    ) -> Answer:
        """What the day's button would have answered; None where the words are anything else, or for somebody else. `words`: what
        was said, in small letters; `reminded_at`: when a reminder asked about a commitment last. `below`: they reply to the
        reminder of these alone, by their ids, and are for nobody else.
        """
        days = self._day(words, person, said.at)
        asked_for = await self._asked_for(person, said.at) if days.found else []
        about = [each for each in asked_for if not below or each.id in below]
        since = about[0].day_asked_at if about else None
        if since is None:
            return None
        reminded = None if below else await reminded_at()
        if (reminded is not None and reminded > since) or (not below and await self._is_for_others(said, person, since)):
            return None
        asked = as_command(said, "commit")
        await self._onlooker.passed_by(asked, person)
        if days.clear is None:
            return views.which_day(about[0], days.found, {})
        by = days.clear.isoformat()
        told = [await date(asked, person, Moved(each.id, by), self._commitments) for each in about]
        return views.together(told)

    def _day(self, words: str, person: Person, at: datetime) -> Days:
        """The day that is meant, where the words name one alone; whatever else they say is its reason, and asks nothing."""

        def read(plain: str) -> Days:
            return self._commitments.day(person, plain, at)

        alone = likely_day(words.rstrip(" ?"), read)
        if alone.found:
            return alone
        found = [(each, likely_day(each, read)) for each in NEXT_PART.split(words) if each.strip()]
        named = [days for _, days in found if days.found or days.past]
        if "?" in words:
            return wished_day(words, read)
        if len(named) != 1 or any(asks_besides(part) for part, days in found if not days.found):
            return Days()
        return named[0]

    async def _asked_for(self, person: Person, at: datetime) -> list[Commitment]:
        """The commitment whose new day was asked for last, or those that were asked for at once; none where that is long ago, or
        they promised or settled something since.
        """
        kept = await self._commitments.kept(person, at)
        asked = [(each.day_asked_at, each) for each in kept if each.open and each.promised and each.day_asked_at is not None]
        if not asked:
            return []
        since = max(asked_at for asked_at, _ in asked)
        touched = max(each.changed_at or each.created_at for each in kept)
        is_fresh = since <= at <= since + FRESH and touched <= since
        return [each for asked_at, each in asked if asked_at == since] if is_fresh else []

    async def _is_for_others(self, said: Said, person: Person, since: datetime) -> bool:
        if await self._question.asked_at(person) is not None:
            return True
        return await self._meanwhile.is_for_others(said, person, since)
