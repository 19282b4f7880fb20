"""The interview: one question at a time, in grid order, answered in free words; it can be left and taken up again."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.foundation import interview_views as views
from core.foundation.asides import Aside, aside, comes_back
from core.foundation.asking import Asking
from core.foundation.cells import Cell
from core.foundation.editing import marked_by
from core.foundation.history import Source
from core.foundation.model import Foundation, OpenInterview
from core.foundation.named_cell import named_cell
from core.foundation.one_by_one import answers, next_name
from core.foundation.passing import is_asked_about, is_asked_again, is_for_somebody_else, passed
from core.foundation.ports import FoundationStore
from core.foundation.service import Foundations
from core.foundation.sorted_by_names import ByNames
from core.foundation.sorting import PASTE, PASTED_AT_MOST
from core.foundation.steering import Steer, corrects, says_no_more_than_a_number, steer
from core.foundation.taking_up import TakingUp
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.ports import FormDrafts
from core.request import Actor, Asked, Event, Reworded, Said, Withdrawn
from core.ui import Answer, Button, Buttons, Call, Card, Message, Text, Tone

PAUSES = timedelta(days=14)
"""So long somebody who left may say that they are back."""
AT_ONCE = timedelta(minutes=10)
"""“Back” so soon after a question is said of the one before."""
TALK_WORDS = 3
"""More, while it is left, are said to somebody else, and so is what comes after them."""
_KEEPS = re.compile(r"(yes|yep|yeah|yup|y)( please)?|(yes )?(keep|save)( it)?|(yes )?it is|yes that is my answer")
_AGREES = re.compile(r"o?k(ay)?|sure|right|correct|exactly")
"""The same, where it was asked plainly whether words are for a cell."""
_GOES = re.compile(r"(no|nope|n)( thanks| it is not| ask an agent)?|(no )?(go on )?later")
"""What answers the question whether it was an answer."""
WAITS = timedelta(days=2)
"""An older question is forgotten: what is typed after that is said to somebody else, such as the coach who wrote meanwhile."""
PAGE_WORDS = 250
"""More is no answer to one question; a cell is filled in a few lines."""


class Interview:
    """Implements `core.ports.Listener` for whoever is being interviewed."""

    def __init__(
        self,
        foundations: Foundations,
        store: FoundationStore,
        names_an_agent: Callable[[Person, str], Awaitable[bool]],
        outbox: Outbox,
        drafts: FormDrafts,
        goes_on_from: Callable[[Said, Person], Awaitable[datetime | None]],
    ) -> None:
        """`goes_on_from`: when the talk with agents was begun that the words stand in, or None."""
        self._goes_on_from = goes_on_from
        self._asking = Asking(foundations, store)
        self._taking_up = TakingUp(foundations, store, self._asking)
        self._foundations = foundations
        self._outbox = outbox
        self._drafts = drafts
        self._store = store
        self._names_an_agent = names_an_agent

    async def begin(self, asked: Event, person: Person, waits: timedelta = WAITS) -> Answer:
        """Ask the question that waits, if it was put so lately, or the first that is still open; where others read along, ask it
        in the person's direct messages.
        """
        foundation, place = await self._foundations.of(person, asked.at), _place(asked.actor)
        left = foundation.interview
        if left and self._taking_up.waits(left, foundation) and left.asked_at and asked.at - left.asked_at <= waits:
            here = left.model_copy(update={"place": place})
            turn = await self._taking_up.taken_up(foundation, here, person, asked.at)
        else:
            turn = await self._asking.turn_to(self._foundations.next_cell(foundation), person, foundation, place, asked.at)
        if asked.direct or not turn.asks:
            return turn
        key = f"interview:{asked.address.platform}:{asked.id}"
        to, org = asked.actor.direct, person.organization_id
        await self._outbox.add(new_letter(key, to, turn, organization_id=org, person_id=person.id, at=asked.at))
        words = (
            "The others here need not read your answers, so I ask you alone: in our direct messages, or in a private thread "
            "where yours are closed. The question is on its way; write your answer under it."
        )
        return Message(cards=(Card("The interview goes on in private", (Text(words),), tone=Tone.GOOD),), private=True)

    async def skip(self, asked: Event, person: Person) -> Message:
        """Leave the present question open and ask the next one."""
        foundation = await self._foundations.of(person, asked.at)
        interview = foundation.interview
        after = interview.cell if interview else ""
        if interview and interview.about:
            same = self._foundations.cells.by_key[after]
            following = next_name(answers(same, foundation), interview.about)
            if following:
                return await self._asking.turn_to(same, person, foundation, _place(asked.actor), asked.at, about=following)
        cell = self._foundations.next_cell(foundation, after)
        if after:
            await self._store.skipped(person, after, asked.at)
        return await self._asking.turn_to(cell, person, foundation, _place(asked.actor), asked.at)

    async def leave(self, person: Person, at: datetime) -> Answer:
        """End it for now; every answer is saved already, and the open question waits until they say that they are back."""
        foundation = await self._foundations.of(person, at)
        interview, waiting, about = foundation.interview, None, ""
        if interview is not None:
            left = interview.as_put(paused=True, asked_at=at)
            await self._store.interview(person, left, at)
            if self._taking_up.waits(left, foundation):
                waiting, about = self._foundations.cells.by_key[interview.cell], interview.about
        return Message(cards=(views.left_card(waiting, about, self._asking.meter(foundation)),), private=True)

    async def back(self, asked: Event, person: Person) -> Answer:
        """Ask the question again that was left, however long ago; where none waits, begin."""
        return await self.begin(asked, person, timedelta.max)

    async def keep(self, asked: Event, person: Person) -> Answer:
        """Save the words of which it was asked whether they are an answer."""
        kept = await self._store.of(person)
        interview = kept.interview if kept else None
        if kept is None or interview is None or not interview.doubtful:
            told = Card(body=(Text("That is not waiting any more. Write it again below the question, if it is your answer."),))
            return Message(cards=(told,), private=True)
        cell = self._foundations.cells.by_key[interview.cell]
        sure = interview.as_put()
        return await self._asking.take(cell, interview.doubtful, sure, person, kept, asked, sure=True)

    async def passed_by(self, asked: Asked, person: Person) -> None:
        """With a command in between the next free words are not taken for an answer unasked."""
        kept = await self._store.of(person)
        if kept and kept.interview:
            now = passed(kept.interview, asked, _place(asked.actor))
            if now != kept.interview:
                await self._store.interview(person, now, asked.at)

    async def below(self, asked: Asked, person: Person, answer: Message) -> Message:
        """What a command answers, and below it the question that is open here: what is typed next answers that."""
        kept = await self._store.of(person)
        interview = kept.interview if kept else None
        here = asked.direct and not asked.page and interview is not None and interview.place == _place(asked.actor)
        if kept is None or interview is None or not here or not interview.open:
            return answer
        again = await self._taking_up.taken_up(kept, interview, person, asked.at)
        return Message(cards=(*answer.cards, *again.cards[-1:]), private=True, asks=again.asks)

    async def hear(self, said: Said, person: Person) -> Answer:
        """Take free words for the answer to the open question; None where no question is open here.

        A direct conversation is one place, whatever threads it has: where others read along, nothing is taken for an answer.
        """
        kept = await self._store.of(person)
        if kept is None or kept.interview is None or not said.direct or kept.interview.place != _place(said.actor):
            return None
        interview, words = kept.interview, said.text.strip()
        if interview.asked_at and said.at - interview.asked_at > (PAUSES if interview.paused else WAITS):
            await self._store.interview(person, None, said.at)
            return None
        if not interview.open:
            return await self._after_a_pause(words, kept, interview, said, person)
        if not words or await self._names_an_agent(person, words) or await self._is_in_talk(said, interview, person):
            return None
        if not is_asked_about(interview, said):
            interview = interview.model_copy(update={"passed": False})
        elif is_for_somebody_else(words):
            return None
        if interview.doubtful and (settled := await self._settled(words, kept, interview, said, person)):
            return settled
        return await self._taken(words, kept, interview, said, person)

    async def _taken(self, words: str, kept: Foundation, interview: OpenInterview, said: Said, person: Person) -> Answer:
        """What comes of words that may be the answer: it is saved, where nothing speaks against that."""
        cell, apart = self._foundations.cells.by_key[interview.cell], aside(words)
        soon = interview.asked_at is None or said.at - interview.asked_at <= AT_ONCE
        if (apart is None or (soon and apart is Aside.BACK)) and corrects(words):
            last = await self._last(interview, person)
            if last is not None:
                return self._asking.again(views.slip_card(last), cell, interview)
        if interview.passed and not interview.doubtful and is_asked_again(words):
            await self._store.interview(person, interview.as_put(), said.at)
        steered = await self._steered(words, cell, kept, interview, said, person)
        if steered is not None:
            return steered
        if apart is None and corrects(words):  # and there is nothing that could be put right
            return await self._asking.doubted(words, cell, interview, person, said.at)
        if says_no_more_than_a_number(words, cell.dig if interview.dug else cell.question):
            told = f"“{words}” alone tells me too little, so I saved nothing of that. Say it in a few words, or choose below."
            return self._asking.once_more(told, cell, interview)
        if self._is_more_than_an_answer(words):
            return await self._to_be_sorted(words, cell, interview, person, said.at)
        called = named_cell(words, self._foundations.cells, cell, kept)
        if called and called[0] is not cell:
            return await self._asking.beside(*called, interview, person, kept, said.at)
        if interview.passed and called is None:
            return await self._asking.meant(words, cell, interview, person, said.at)
        now = interview.as_put()
        return await self._asking.take(cell, called[1] if called else words, now, person, kept, said)

    async def _steered(
        self, words: str, cell: Cell, kept: Foundation, interview: OpenInterview, said: Said, person: Person
    ) -> Answer:
        """What comes of words that steer it, ask back or say nothing; None where they answer."""
        match steer(words):
            case Steer.SKIP:
                return await self.skip(said, person)
            case Steer.DO_NOT_KNOW:
                following = await self.skip(said, person)
                return Message(cards=(views.OPEN_FOR_NOW, *following.cards), private=True, asks=following.asks)
            case Steer.LEAVE:
                return await self.leave(person, said.at)
            case Steer.HELP:
                return self._asking.again(views.explained_card(cell), cell, interview)
            case Steer.WHERE:
                where = f"You are in the interview of your Foundation, at **{cell.title}**. What you answered is saved."
                return self._asking.once_more(where, cell, interview, kept)
            case Steer.BACK:
                return await self._taking_up.taken_up(kept, interview, person, said.at)
            case Steer.HOW_MANY:
                shares, locks = self._foundations.shares(kept), self._foundations.still_locks(kept)
                told = views.left_over(sum(len(share.missing) for share in shares), len(locks))
                return self._asking.once_more(told, cell, interview, kept)
            case Steer.PERHAPS:
                return await self._asking.doubted(words, cell, interview, person, said.at)
            case Steer.NOTHING:
                return self._asking.once_more("I saved nothing of that. Here is the question again.", cell, interview)
            case None:
                return None

    async def _after_a_pause(self, words: str, kept: Foundation, interview: OpenInterview, said: Said, person: Person) -> Answer:
        """Take it up again where they say that they are back; whoever turned to somebody else says so in as many words."""
        if not interview.paused or await self._is_in_talk(said, interview, person):
            return None
        if comes_back(words) if interview.quiet else aside(words) is Aside.BACK:
            return await self._taking_up.taken_up(kept, interview, person, said.at)
        if len(words.split()) > TALK_WORDS or await self._names_an_agent(person, words):
            await self._store.interview(person, interview.model_copy(update={"quiet": True}), said.at)
        return None

    async def _settled(self, words: str, kept: Foundation, interview: OpenInterview, said: Said, person: Person) -> Answer:
        """What comes of a yes or a no to that; None where the words are others, and so may be the answer."""
        told = " ".join(re.findall(r"\w+", words.casefold()))
        if _KEEPS.fullmatch(told) or words == interview.doubtful or (interview.passed and _AGREES.fullmatch(told)):
            return await self.keep(said, person)
        if _GOES.fullmatch(told):
            left = await self.leave(person, said.at)
            if not interview.passed or not self._taking_up.waits(interview, kept):
                return left
            cell = self._foundations.cells.by_key[interview.cell]
            return Message(cards=(views.not_meant_card(interview.doubtful, cell, interview.about),), private=True)
        if not interview.passed:
            await self._store.interview(person, interview.model_copy(update={"doubtful": ""}), said.at)
        return None

    async def _is_in_talk(self, said: Said, interview: OpenInterview, person: Person) -> bool:
        """Whether the words go on with a talk with agents: below what came of that, and not below a question asked after it."""
        talked_at = await self._goes_on_from(said, person)
        if talked_at is None:
            return False
        asked_at, below = interview.asked_at, said.replies_to_at
        return asked_at is None or below is None or not talked_at < asked_at <= below

    async def _last(self, interview: OpenInterview, person: Person) -> Cell | None:
        """The cell of the last answer, also where questions were skipped since, or it was left and taken up again."""
        cells = self._foundations.cells
        if interview.answered:
            return cells.by_key.get(interview.answered)
        newest = await self._foundations.changes(person, 1)
        changed = [key for each in newest if each.source is Source.INTERVIEW for key in marked_by(cells, each)]
        return cells.by_key.get(changed[0]) if changed else None

    async def reworded(self, change: Reworded, person: Person) -> None:
        """The last answer reads differently now, and so does its cell."""
        await self._asking.reworded(change, person)

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """What was answered stays: taken out of a chat, it is still in the Foundation, where it can be emptied."""

    def _is_more_than_an_answer(self, words: str) -> bool:
        """Whether it reads like a blueprint or research: it names several cells, or goes on for a page."""
        return len(words.split()) > PAGE_WORDS or len(ByNames(self._foundations.cells).sort(words).proposals) > 1

    async def _to_be_sorted(self, words: str, cell: Cell, interview: OpenInterview, person: Person, at: datetime) -> Message:
        """Offer to sort it; it waits in the form where that is done."""
        await self._drafts.keep(person, PASTE, {"text": words[:PASTED_AT_MOST]}, at)
        told = (
            "It reads like a whole blueprint or research, so I have not put it into this one cell. I can sort it into the cells "
            "where it belongs: you see each before and after, and only what you tick is saved."
        )
        sort = Buttons((Button("Sort it into cells", Call(PASTE, form=True), primary=True),))
        return self._asking.again(Card("That is more than one answer", (Text(told), sort)), cell, interview)


def _place(actor: Actor) -> str:
    """Their direct messages, as the place that is kept."""
    return ":".join((actor.direct.platform, actor.direct.workspace, actor.direct.channel))
