"""What is typed below a reminder that asks about a commitment: done, not yet, or a day, as its buttons say it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.commitments import views
from core.commitments.commands import Moved, Which, date, done, not_yet
from core.commitments.model import Commitment, CommitmentState
from core.commitments.service import Commitments
from core.dates import Days
from core.meanwhile import TALKING, Meanwhile
from core.nudges.below import Below
from core.nudges.meanings import Meanings, Meant, Word, begins_with_done, cleared, goes_on
from core.nudges.model import Kind, Nudge
from core.nudges.new_days import NewDays
from core.nudges.own_verb import is_told_done
from core.nudges.promise_rules import BESIDE_AT_MOST
from core.nudges.putting_off import PuttingOff
from core.nudges.reasons import short
from core.nudges.service import KNOWN_AT_MOST, Reminders
from core.nudges.several import Several, may_name, speaks_of_all
from core.nudges.snoozing import put_off_said
from core.nudges.words import Templates
from core.people.model import Person
from core.ports import VIA, Onlooker, Question
from core.request import Said, as_command
from core.ui import Answer, Call

FRESH = timedelta(days=1)
"""For so long what plainly answers the question is taken for its answer."""
NEXT_MORNING = timedelta(hours=30)
"""For so long what says where it stands, and goes on, where no other reminder came since: in the morning after a question."""
STANDS = timedelta(days=2)
"""For so long a plain done or not yet is its answer, where no other reminder came since."""
GOES_ON = timedelta(hours=12)
"""For the rest of its day other words may be about it as well, where nothing else happened between; what begins with done, and is
not, as long as the plain answers."""
NOTED = timedelta(hours=2)
"""For so long whatever they came for is noted with the reminder; later it is looked for."""
WITH_A_REASON_AT_MOST = 240
"""Letters of an answer that begins plainly: more is a story."""
SAME = timedelta(seconds=1)
"""The record keeps times less exactly than requests have them."""
_EVERY = re.compile(r"(?:\w+[,.! ]+){0,3}(?:both|all|everything)\b")


class Settling:
    """Implements `core.ports.Listener` for words in a direct message that answer the latest question about a commitment, or reply
    to one, and stands before the interview, which may have asked before that.

    Words for a day go first to the commitment whose new day was asked for, if no reminder came since.

    Where nothing else happened since, a yes or a no below it counts with what is told beside it; what does not answer it plainly
    is shown the question again with its buttons, once.
    """

    def __init__(
        self,
        reminders: Reminders,
        commitments: Commitments,
        meanwhile: Meanwhile,
        question: Question,
        onlooker: Onlooker,
        *,
        templates: Templates,
        below: Below,
    ) -> None:
        """`onlooker`: whoever is told of the buttons too, such as the interview, which ends there. `templates`: the words of
        reminders, which tell what a yes means.
        """
        self._meanings = Meanings(commitments, templates)
        self._question = question
        self._onlooker = onlooker
        self._reminders = reminders
        self._commitments = commitments
        self._meanwhile = meanwhile
        self._below = below
        self._shown_again: set[str] = set()
        self._new_days = NewDays(commitments, meanwhile, question, onlooker)
        self._several = Several(commitments)
        self._off = PuttingOff(reminders, meanwhile, question, onlooker)

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the buttons would have answered; None where the words are for somebody else."""
        words, below = cleared(said.text), await self._below.reminder(said, person)
        if below is not None:  # whatever they say there, and to whomever: it was not ignored
            await self._reminders.came_by(below.id, person, said.at)
        if not said.direct or not said.addressed or said.files or len(words) > WITH_A_REASON_AT_MOST:
            return None
        off = put_off_said(words)
        if below is not None and below.kind is Kind.COMMITMENT:
            return await self._replied(said, words, person, below)
        if below is not None and off is not None:
            return await self._off.one(off, below, (), said, person)
        moved = await self._new_days.hear(said, words, person, lambda: self._reminded_at(person, said.at))
        if moved is not None:
            return moved
        if off is not None:
            came = await self._reminders.came(person, said.at - FRESH)
            about = await self._open([each for each in came[:1] if each.kind is Kind.COMMITMENT], person, said.at)
            return await self._off.latest(off, came, about, said, person)
        return await self._asked(said, words, person)

    async def _asked(self, said: Said, words: str, person: Person) -> Answer:
        """What they say of what they were asked about of late, by itself."""
        meant = self._meanings.plainly(words, person, said.at)
        may_be = meant is not None or self._meanings.may_be_about_it(words, person, said.at)
        if not may_be and not may_name(words):
            return None
        came = await self._reminders.came(person, said.at - FRESH)
        if not came and goes_on(words):
            came = (await self._reminders.came(person, said.at - NEXT_MORNING))[:1]
        if not came and isinstance(meant, Word):
            came = await self._stands(person, said.at)
        asked = [each for each in came if each.kind is Kind.COMMITMENT]
        if not asked and meant is Word.DONE:
            told = next((each for each in came if each.kind is not Kind.WELCOME), None)  # which asks when they work
            if told is not None and told.kind is Kind.REMINDER:
                return await self._did_it(told, said, person)
            return await self._offered_as_done(said, person)
        about = await self._open(asked, person, said.at)
        each = self._several.read(words, about, person, as_command(said, "commit")) if meant is None else {}
        if not about or await self._is_for_others(said, person, asked[0], plain=meant is not None or bool(each)):
            return None
        if each:
            return await self._of_each(each, about, said, person, asked[0])
        if not may_be:
            return None
        if meant is not None:
            return await self._told(meant, about, said, words, person, asked[0])
        soon = came[0] is asked[0] and await self._is_next(asked[0], person, said.at)
        if not soon and not (begins_with_done(words) and _is_new(asked[0], said.at, FRESH)):
            return None
        wide = soon and not await self._was_in_talk(said, asked[0], person)
        meant = self._meanings.with_what_is_told(asked[0], words, person, said.at) if wide else None
        return await self._told(meant, about, said, words, person, asked[0])

    async def _replied(self, said: Said, words: str, person: Person, question: Nudge) -> Answer:
        """What comes of a reply to the very question, for as long as one of those is open that it asked about: whatever came
        since, the words are for it, unless an agent was called in its thread.
        """
        stands = await self._open([question], person, said.at)
        about = stands or await self._open([question], person, said.at, moved=True)
        talk = await self._below.talk(said, person, question.created_at) if about else ()
        is_in_talk = not self._meanwhile.practice and any(each.at >= said.at - TALKING for each in talk)
        if not about or await self._meanwhile.calls(person, said.text):
            return None
        if is_in_talk:  # that it is not done, and a day, is for the reminder alone
            days = self._meanings.not_done_but(words, person, said.at)
            return await self._told(days, about, said, words, person, question) if days.found else None
        ids = [each.id for each in about]
        moved = await self._new_days.hear(said, words, person, lambda: self._reminded_at(person, said.at), ids)
        if moved is not None:
            return moved
        if (off := put_off_said(words)) is not None:
            return await self._off.one(off, question, about, said, person)
        meant = self._meanings.plainly(words, person, said.at)
        if meant is not None:
            return await self._told(meant, about, said, words, person, question)
        if each := self._several.read(words, about, person, as_command(said, "commit")):
            return await self._of_each(each, about, said, person, question)
        did = [each for each in about if is_told_done(words, each.what)]
        if len(did) == 1 and not talk:
            return await self._told(Word.DONE, did, said, words, person, question)
        if talk or not self._meanings.may_be_about_it(words, person, said.at):
            return None
        meant = self._meanings.with_what_is_told(question, words, person, said.at)
        if meant is None and (not stands or question.id in self._shown_again):
            return None
        return await self._told(meant, about, said, words, person, question)

    async def _stands(self, person: Person, at: datetime) -> list[Nudge]:
        """The question of the day before, where nothing came after it and it has no answer yet."""
        came = (await self._reminders.came(person, at - STANDS))[:1]
        return [each for each in came if each.kind is Kind.COMMITMENT and await self._open([each], person, at)]

    async def _did_it(self, told: Nudge, said: Said, person: Person) -> Answer:
        """They did what they had asked to be reminded of."""
        if told.about not in {each.id for each in await self._commitments.kept(person, said.at)}:
            return None
        if await self._is_for_others(said, person, told, plain=True):
            return None
        await self._reminders.came_by(told.id, person, said.at)
        await self._onlooker.passed_by(as_command(said, "commit"), person)
        return await done(as_command(said, "commit"), person, Which(told.about), self._commitments)

    async def _offered_as_done(self, said: Said, person: Person) -> Answer:
        """The one promise that may be meant where none was asked about of late: that of today, one whose day is over, or the only
        open one.
        """
        kept = [each for each in await self._commitments.kept(person, said.at) if each.promised and each.open]
        today = said.at.astimezone(person.zone).date()
        due, over = [each for each in kept if each.day == today], [each for each in kept if each.day < today]
        found = due or over or kept
        if len(found) != 1 or await self._question.asked_at(person) is not None:
            return None
        if await self._meanwhile.is_for_others(said, person, said.at - TALKING):
            return None
        return views.is_it_done(found[0])

    async def _told(
        self, meant: Meant | None, about: Sequence[Commitment], said: Said, words: str, person: Person, question: Nudge
    ) -> Answer:
        """What the button does that is meant, or the question once more."""
        await self._reminders.came_by(question.id, person, said.at)
        if meant is None:
            if len(self._shown_again) >= KNOWN_AT_MOST:
                self._shown_again.clear()
            self._shown_again.add(question.id)
            return views.asked_again(about, question.id)
        if len(about) > 1 and speaks_of_all(words) and (meant is Word.NOT_YET or (isinstance(meant, Days) and meant.clear)):
            return await self._of_each({each.id: meant for each in about}, about, said, person, question)
        # “all three” may be parts of one of them
        plainly = self._meanings.plainly(words, person, said.at) or _EVERY.fullmatch(words.rstrip(" .!"))
        if len(about) > 1 and meant is Word.DONE and plainly and _EVERY.match(words):
            return await self._all_done(about, said, person)
        return await self._answered(meant, about, said, person, question.id)

    async def _reminded_at(self, person: Person, at: datetime) -> datetime | None:
        asked = await self._reminders.asked_about(person, at - FRESH)
        return asked[0].created_at if asked else None

    async def _open(self, asked: Sequence[Nudge], person: Person, at: datetime, *, moved: bool = False) -> list[Commitment]:
        """What the questions were about and is not answered yet: what was moved since is, unless that may be told as well. A day
        has one question for all of its own, and it names those of earlier days that none came about.
        """
        if not asked:
            return []
        named = {each.about: each.created_at for each in reversed(asked)}
        days = {each.local_date: each.created_at for each in reversed(asked)}
        found = []
        for each in await self._commitments.kept(person, at):
            beside = (one.created_at for one in asked if f"{short(each.what, BESIDE_AT_MOST)}, by " in one.reason)
            asked_at = named.get(each.id) or days.get(each.local_date) or next(beside, None)
            changed = each.created_at if moved else each.changed_at or each.created_at
            if each.promised and each.open and asked_at and changed <= asked_at:
                found.append(each)
        return found

    async def _is_for_others(self, said: Said, person: Person, question: Nudge, *, plain: bool) -> bool:
        """Whether an agent is called or talked with, or somebody wrote to them, or an interview asked them something, after the
        question. In an interview nothing but a plain answer is taken out of it.
        """
        since, interviewed = question.created_at, await self._question.asked_at(person)
        if interviewed is not None and (not plain or interviewed >= since):
            return True
        if plain:
            return await self._meanwhile.is_for_others(said, person, since, talking=TALKING)
        return await self._meanwhile.calls_or_answers(said, person, since) or await self._meanwhile.talked(said, person, since)

    async def _is_next(self, question: Nudge, person: Person, at: datetime) -> bool:
        """Whether it came not long before, and they have done nothing else with us since, as far as anything tells."""
        if not _is_new(question, at, GOES_ON):
            return False
        if at - question.created_at <= NOTED:
            return True
        seen_at = (await self._reminders.of(person, at)).seen_at
        kept = await self._commitments.kept(person, at)
        done = [seen_at, *(each.changed_at or each.created_at for each in kept)]
        return not any(each is not None and question.created_at + SAME < each < at - SAME for each in done)

    async def _was_in_talk(self, said: Said, question: Nudge, person: Person) -> bool:
        """Whether a talk was going on when the reminder came: a yes may be for whoever spoke before."""
        before = question.created_at - TALKING
        return await self._meanwhile.wrote(person, before) or await self._meanwhile.talked(said, person, before)

    async def _of_each(
        self, meant: Mapping[str, Meant], about: Sequence[Commitment], said: Said, person: Person, question: Nudge
    ) -> Answer:
        """What is said of each that is named, at once."""
        await self._reminders.came_by(question.id, person, said.at)
        await self._onlooker.passed_by(as_command(said, "commit"), person)
        return await self._several.does(meant, about, as_command(said, "commit"), person)

    async def _all_done(self, about: Sequence[Commitment], said: Said, person: Person) -> Answer:
        await self._onlooker.passed_by(as_command(said, "commit"), person)
        settled = [await self._commitments.settle(person, each.id, CommitmentState.DONE, said.at) for each in about]
        return views.all_done(settled)

    async def _answered(self, meant: Meant, about: Sequence[Commitment], said: Said, person: Person, via: str) -> Answer:
        first = about[0]
        asked = as_command(said, "commit")
        await self._onlooker.passed_by(asked, person)
        if len(about) > 1:
            return views.which(about, _call(meant, via))
        if isinstance(meant, Days) and meant.clear is None:
            return views.which_day(first, meant.found, {VIA: via})
        if isinstance(meant, Days):
            return await date(asked, person, Moved(first.id, meant.found[0].isoformat()), self._commitments)
        does = done if meant is Word.DONE else not_yet
        return await does(asked, person, Which(first.id), self._commitments)


def _is_new(question: Nudge, at: datetime, within: timedelta) -> bool:
    """Whether it came so soon before, and they have done nothing else with us since."""
    here = question.opened_at is not None and question.opened_at < at - SAME
    return at - question.created_at <= within and not here


def _call(meant: Meant, via: str) -> Call:
    """What a button does with the commitment that is meant, once its id is added."""
    if isinstance(meant, Days):
        by = {"by": meant.clear.isoformat()} if meant.clear else {}
        return Call("commit date", {**by, VIA: via})
    return Call("commit done" if meant is Word.DONE else "commit not-yet", {VIA: via})
