"""What is typed below a reminder that asks about a commitment: done, not yet, or a day, as its buttons say it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Protocol, TypeAlias

from core.commitments import views
from core.commitments.commands import Moved, Which, date, done, not_yet
from core.commitments.model import Commitment, CommitmentState
from core.commitments.service import Commitments
from core.dates import Days
from core.nudges.model import Nudge
from core.nudges.service import Reminders
from core.people.model import Person
from core.ports import VIA, Onlooker
from core.request import Asked, Said
from core.ui import Answer, Call

FRESH = timedelta(days=1)
"""For so long what plainly answers the question is taken for its answer."""
GOES_ON = timedelta(hours=2)
"""So soon after it, other words may be about it as well; what begins with done, and is not, as long as the plain answers."""
TALKING = timedelta(minutes=30)
"""Whoever wrote to an agent within that is in a talk, and what they type is for the agent."""
LETTERS_AT_MOST = 120
WITH_A_REASON_AT_MOST = 240
"""Letters of an answer that begins plainly: more is a story."""
SAME = timedelta(seconds=1)
"""The record keeps times less exactly than requests have them."""
_IS_DONE = (
    r"(?:(?:yes|yep|yeah|yup|ok|okay|all|it is|it's|its|that's|that is|i'm|i am|i have|i've|i|"
    r"both|two|three|four|five|of them|already|just|now|and)[,.! ]+)*"
    r"(?:i did|done|finished|completed?|did (?:it|that)|done (?:it|that)|finished (?:it|that))"
    r"(?:[,.! ]+(?:already|now|today|yesterday|this morning|last night|thanks|thank you))*"
)
_BEFORE_NOT = r"(?:(?:no|nope|sorry|it's|it is|i'm|i am|i have|well|hm+)[,.! ]+)*"
_IS_NOT = (
    r"not (?:yet|done|done yet|finished|finished yet|quite|quite yet)|haven't yet|i haven't|"
    r"still (?:open|on it|working on it|to do)|working on it"
)
_DONE = re.compile(_IS_DONE)
_EVERY = re.compile(r"(?:\w+[,.! ]+){0,3}(?:both|all|everything)\b")
_NOT_YET = re.compile(rf"{_BEFORE_NOT}(?:no|nope|{_IS_NOT}|(?:nearly|almost)(?: there| done)?)(?:[,.! ]+(?:sorry|yet|thanks))*")
_AND_WHY = r"(?:\s*[,.;:!…–—]+\s*|\s+-+\s+|\s+(?=(?:because|but|and|since|as|cos)\b))(?P<why>\S.*)"
_DONE_AND = re.compile(_IS_DONE + _AND_WHY)
_NOT_YET_AND = re.compile(rf"{_BEFORE_NOT}(?:{_IS_NOT}|(?:nearly|almost) (?:there|done)){_AND_WHY}")
"""A bare no is no such beginning: what follows it may be about anything."""
_PARTLY = re.compile(r"(?:\bnot|n't|\b(?:half|part|partly|mostly|almost|nearly|only|except|apart|never|no longer))\b")
_NEXT_PART = re.compile(r"[,.;:!…–—]+|\s-+\s|\b(?:but|and|so)\b")
_ASKS_BESIDE = re.compile(
    r"\?|\b(?:i|we)(?:'d| would)? (?:(?:really|just|also|now) )*(?:want|like to|need|wonder)\b|"
    r"\b(?:help|talk to|speak to|should i|should we|how (?:do|can|to|should|much|many)|"
    r"(?:can|could|would|will) (?:you|i|we|somebody|someone))\b|"
    r"(?:^|[,.;:!…–—]\s*|\b(?:and|but|so)\s+)(?:now )?(?:what|how|why|which|where|who)\b"
)
"""Customers want something too; what the writer wants, and what is asked, is for somebody who answers."""
_SIGNS = re.compile(r":[a-z0-9_+-]*[a-z_+][a-z0-9_+-]*:|[^\w\s'.,;:!?…/–—@-]+")
"""Smileys, also as platforms spell them."""
_DAY = re.compile(
    r"(?:(?:not yet|no|sorry|ok|okay|better)[,.! ]+)*"
    r"(?:(?:can|could) (?:we|you|i) |let's |i'll |i will |i can |it needs |i need )?"
    r"(?:(?:move|push|shift|change|make|set|put|postpone|do|finish)(?: (?:it|that|this|the date|the day))?(?: done)? )?"
    r"(?:(?:a )?new (?:date|day)[:,]? )?(?:to |for |until |till |by |on )?"
    r"(?P<day>(?=.*(?:[a-z]|\d[/-]\d)).+?)(?: (?:then|instead))*"
)
_POLITE = re.compile(r"[, ]*\bplease\b[, ]*")
_MAY_BE_ABOUT_IT = re.compile(
    r"(?:i|i've|i'm|we|we've|it|it's|they|half|part|partly|most|mostly|some|almost|nearly|only|just|still|yes|yep|yeah|no|nope|"
    r"not|sorry|working|started|waiting|did|didn't|couldn't|forgot|done|finished)\b"
)
_ASKS = re.compile(r"\?|\b(?:want|like to|need|wonder|help|how|what|why|which|should|would|talk)\b")


class _Said(Enum):
    DONE = auto()
    NOT_YET = auto()


_Meant: TypeAlias = "_Said | Days"
Since: TypeAlias = Callable[[Person, datetime], Awaitable[Sequence[object]]]
"""What somebody else wrote to the person, or they to somebody else, from that time on."""


class Question(Protocol):
    """What an interview asks."""

    async def asked_at(self, person: Person) -> datetime | None:
        """When it was put, or None where none is open."""
        ...


class Settling:
    """Implements `core.ports.Listener` for words in a direct message that answer the latest question about a commitment, and
    stands before the interview, which may have asked before that.

    What does not answer it plainly is shown the question again with its buttons, once, where nothing else happened since.
    """

    def __init__(
        self,
        reminders: Reminders,
        commitments: Commitments,
        names_an_agent: Callable[[Person, str], Awaitable[bool]],
        letters: Since,
        talk: Since,
        question: Question,
        onlooker: Onlooker,
    ) -> None:
        """`letters`: of people, to which the words may be an answer; `talk`: with agents. `onlooker`: whoever is told of the
        buttons too, such as the interview, which ends there.
        """
        self._question = question
        self._onlooker = onlooker
        self._reminders = reminders
        self._commitments = commitments
        self._names_an_agent = names_an_agent
        self._letters = letters
        self._talk = talk

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the buttons would have answered; None where the words are for somebody else."""
        words = " ".join(_SIGNS.sub(" ", said.text.casefold().replace("’", "'")).split())
        if not said.direct or not said.addressed or said.files or len(words) > WITH_A_REASON_AT_MOST:
            return None
        meant = self._meant(words, person, said.at)
        if meant is None and not _may_be_about_it(words):
            return None
        asked = await self._reminders.asked_about(person, said.at - FRESH)
        about = await self._open(asked, person, said.at)
        if not about or await self._is_for_others(said, person, asked[0], meant):
            return None
        if meant is None and not _is_new(asked[0], said.at, FRESH if _DONE_AND.match(words) else GOES_ON):
            return None
        await self._reminders.came_by(asked[0].id, person, said.at)
        if meant is None:
            return views.asked_again(about, asked[0].id)
        if len(about) > 1 and meant is _Said.DONE and _EVERY.match(words):
            return await self._all_done(about, said, person)
        return await self._answered(meant, about, said, person, asked[0].id)

    def _meant(self, words: str, person: Person, at: datetime) -> _Meant | None:
        plain = _POLITE.sub(" ", words).strip(" .!…,:;")
        if _DONE.fullmatch(plain):
            return _Said.DONE
        if _NOT_YET.fullmatch(plain):
            return _Said.NOT_YET
        days = self._day(plain, person, at)
        return days if days.found else self._with_a_reason(plain, words, person, at)

    def _with_a_reason(self, plain: str, words: str, person: Person, at: datetime) -> _Meant | None:
        """What begins plainly and goes on to say why, or how it went; a day may be its end."""
        done, waits = _DONE_AND.fullmatch(plain), _NOT_YET_AND.fullmatch(plain)
        found = done or waits
        if found is None or "?" in words or _ASKS_BESIDE.search(found["why"]):
            return None
        if done:
            return None if _PARTLY.search(done["why"]) else _Said.DONE
        days = self._day(_NEXT_PART.split(found["why"])[-1].strip(), person, at)
        return days if days.found else _Said.NOT_YET

    def _day(self, plain: str, person: Person, at: datetime) -> Days:
        found = _DAY.fullmatch(plain)
        return self._commitments.day(person, found["day"], at) if found else Days()

    async def _open(self, asked: Sequence[Nudge], person: Person, at: datetime) -> list[Commitment]:
        """What the questions were about and is not answered yet: what was moved since is. A day has one question for all of its
        own.
        """
        if not asked:
            return []
        named = {each.about: each.created_at for each in reversed(asked)}
        days = {each.local_date: each.created_at for each in reversed(asked)}
        found = []
        for each in await self._commitments.kept(person, at):
            asked_at = named.get(each.id) or days.get(each.local_date)
            if each.promised and each.open and asked_at and (each.changed_at or each.created_at) <= asked_at:
                found.append(each)
        return found

    async def _is_for_others(self, said: Said, person: Person, question: Nudge, meant: _Meant | None) -> bool:
        """Whether an agent is called or talked with, or somebody wrote to them, or an interview asked them something, after the
        question. In an interview nothing but a plain answer is taken out of it.
        """
        since, interviewed = question.created_at, await self._question.asked_at(person)
        if interviewed is not None and (meant is None or interviewed >= since):
            return True
        talking = since if meant is None else max(since, said.at - TALKING)
        called = await self._names_an_agent(person, said.text)
        return called or bool(await self._letters(person, since)) or bool(await self._talk(person, talking))

    async def _all_done(self, about: Sequence[Commitment], said: Said, person: Person) -> Answer:
        asked = Asked(id=said.id, actor=said.actor, address=said.address, at=said.at, direct=said.direct, command="commit")
        await self._onlooker.passed_by(asked, person)
        settled = [await self._commitments.settle(person, each.id, CommitmentState.DONE, said.at) for each in about]
        return views.all_done(settled)

    async def _answered(self, meant: _Meant, about: Sequence[Commitment], said: Said, person: Person, via: str) -> Answer:
        first = about[0]
        asked = Asked(id=said.id, actor=said.actor, address=said.address, at=said.at, direct=said.direct, command="commit")
        await self._onlooker.passed_by(asked, person)
        if len(about) > 1:
            return views.which(about, _call(meant, via))
        if isinstance(meant, Days) and meant.clear is None:
            return views.which_day(first, meant.found, {VIA: via})
        if isinstance(meant, Days):
            return await date(asked, person, Moved(first.id, meant.found[0].isoformat()), self._commitments)
        does = done if meant is _Said.DONE else not_yet
        return await does(asked, person, Which(first.id), self._commitments)


def _may_be_about_it(words: str) -> bool:
    asks = _ASKS.search(words) or _ASKS_BESIDE.search(words)
    return len(words) <= LETTERS_AT_MOST and not asks and bool(_MAY_BE_ABOUT_IT.match(words))


def _is_new(question: Nudge, at: datetime, within: timedelta) -> bool:
    """Whether it came so soon before, and they have done nothing else with us since."""
    here = question.opened_at is not None and question.opened_at < at - SAME
    return at - question.created_at <= within and not here


def _call(meant: _Meant, via: str) -> Call:
    """What a button does with the commitment that is meant, once its id is added."""
    if isinstance(meant, Days):
        by = {"by": meant.clear.isoformat()} if meant.clear else {}
        return Call("commit date", {**by, VIA: via})
    return Call("commit done" if meant is _Said.DONE else "commit not-yet", {VIA: via})
