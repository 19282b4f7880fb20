"""A day typed below “When is it likely now?”, which moves the commitment as the buttons there do."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from core.commitments import views
from core.commitments.commands import Moved, date
from core.commitments.model import Commitment
from core.commitments.service import Commitments
from core.dates import Days
from core.meanwhile import Meanwhile
from core.people.model import Person
from core.ports import Onlooker, Question
from core.request import Asked, Said
from core.ui import Answer

FRESH = timedelta(hours=2)
"""For so long a day is taken for the new one."""
NEXT_PART = re.compile(r"[,.;:!…–—]+|\s-+\s|(?<=\?)\s+|\b(?:but|and|so)\b")
ASKS_BESIDE = re.compile(
    r"\?|\b(?:i|we)(?:'d| would)? (?:(?:really|just|also|now) )*(?:want|like to|need|wonder)\b|"
    r"\b(?:help|talk to|speak to|should i|should we|how (?:do|can|to|should|much|many)|"
    r"(?:can|could|would|will) (?:you|i|we|somebody|someone))\b|"
    r"(?:^|[,.;:!…–—]\s*|\b(?:and|but|so)\s+)(?:now )?(?:what|how|why|which|where|who)\b"
)
"""Customers want something too; what the writer wants, and what is asked, is for somebody who answers."""
POLITE = re.compile(r"[, ]*\bplease\b[, ]*")
_DAY = re.compile(
    r"(?:(?:not yet|not quite|nearly|almost|nope|no|sorry|ok|okay|better)[,.! ]+)*"
    r"(?:(?:can|could|may) (?:we|you|i) |let's |(?:i|we)'ll |(?:(?:i|we) )?will |i can |(?:it )?needs |i need )?"
    r"(?:(?:move|push|shift|change|make|set|put|postpone|do|finish|have|get)"
    r"(?: (?:it|that|this|them|these|the (?:rest|others?|last (?:bit|few|one|two|three)|date|day)|more time|longer))?"
    r"(?: (?:done|ready|finished))? )?"
    r"(?:(?:a )?new (?:date|day)[:,]? )?(?:to |for |until |till |by |on )?"
    r"(?P<day>(?=.*(?:[a-z]|\d[/-]\d)).+?)(?: (?:then|instead))*"
)
_WISH = re.compile(r"\s*(?:then )?(?:can|could|may) (?:i|we|you)\b")
_LIKELY = re.compile(
    r"^(?:(?:oh|well|hm+|probably|maybe|perhaps|likely|most likely|hopefully|i think|i guess|i hope|i'd say|say|more like|"
    r"it'?s|it will be|it'll be|because|since|as|more time|give me(?: until| till)?)\s+)+|"
    r"(?:\s+(?:probably|maybe|perhaps|hopefully|i think|i guess|i hope|thanks|thank you|at the latest|"
    r"(?:works|should work|would work|is (?:likely|better|fine|ok|okay|good|realistic|more likely))(?: better)?(?: for me)?))+$"
)
"""How sure somebody is of the day changes nothing: they were asked when it is likely."""
_NEEDS_TIME = re.compile(
    r"\b(?:i|we) need (?:(?:an?|a bit|a little|some) )?(?:new\b|more\b|longer\b|another\b|to (?!know|talk|speak|ask|see))"
)
"""Why it takes longer, which asks for nothing."""
Since: TypeAlias = Callable[[Person, datetime], Awaitable[Sequence[object]]]
"""What somebody else wrote to the person, or they to somebody else, from that time on."""


def plain_day(words: str) -> str:
    """The words that may name a day, without those that ask for it; "" where there are none."""
    found = _DAY.fullmatch(words)
    return found["day"] if found else ""


def wished_day(words: str, read: Callable[[str], Days]) -> Days:
    """The day in a part of the words that asks whether it may be that one, where the rest asks for nothing; `read` reads one."""
    parts = [(each, read(each.strip(" ?"))) for each in NEXT_PART.split(words) if each.strip()]
    named = [(part, days) for part, days in parts if days.found or days.past]
    if len(named) != 1 or not _WISH.match(named[0][0]) or any(_asks(part) for part, days in parts if not days.found):
        return Days()
    return named[0][1]


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
        about = await self._asked_for(person, said.at) if days.found else None
        if about is None or about.day_asked_at is None or (below and about.id not in below):
            return None
        since, reminded = about.day_asked_at, None if below else await reminded_at()
        if (reminded is not None and reminded > since) or (not below and await self._is_for_others(said, person, since)):
            return None
        asked = Asked(id=said.id, actor=said.actor, address=said.address, at=said.at, direct=said.direct, command="commit")
        await self._onlooker.passed_by(asked, person)
        if days.clear is None:
            return views.which_day(about, days.found, {})
        return await date(asked, person, Moved(about.id, days.clear.isoformat()), self._commitments)

    def _day(self, words: str, person: Person, at: datetime) -> Days:
        """The day that is meant, where the words name one alone; whatever else they say is its reason, and asks nothing."""
        alone = self._read(words.rstrip(" ?"), person, at)
        if alone.found:
            return alone
        read = [(each, self._read(each, person, at)) for each in NEXT_PART.split(words) if each.strip()]
        named = [days for _, days in read if days.found or days.past]
        if "?" in words:
            return wished_day(words, lambda part: self._read(part, person, at))
        if len(named) != 1 or any(_asks(part) for part, days in read if not days.found):
            return Days()
        return named[0]

    def _read(self, words: str, person: Person, at: datetime) -> Days:
        plain = plain_day(_LIKELY.sub("", POLITE.sub(" ", words).strip(" .!…,:;")))
        return self._commitments.day(person, plain, at) if plain else Days()

    async def _asked_for(self, person: Person, at: datetime) -> Commitment | None:
        """The commitment whose new day was asked for last; None where that is long ago, or they promised or settled something
        since.
        """
        kept = await self._commitments.kept(person, at)
        asked = [(each.day_asked_at, each) for each in kept if each.open and each.promised and each.day_asked_at is not None]
        if not asked:
            return None
        since, about = max(asked, key=lambda each: each[0])
        touched = max(each.changed_at or each.created_at for each in kept)
        return about if since <= at <= since + FRESH and touched <= since else None

    async def _is_for_others(self, said: Said, person: Person, since: datetime) -> bool:
        if await self._question.asked_at(person) is not None:
            return True
        return await self._meanwhile.is_for_others(said, person, since)


def _asks(reason: str) -> bool:
    return bool(ASKS_BESIDE.search(_NEEDS_TIME.sub("", reason)))
