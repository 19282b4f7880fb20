"""The interview: one question at a time, in grid order, answered in free words; it can be left and taken up again."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.foundation import interview_views as views
from core.foundation.asides import Aside, aside, comes_back
from core.foundation.asking import Asking
from core.foundation.by_name import ByName
from core.foundation.cells import Cell
from core.foundation.doubting import Doubting
from core.foundation.framing import after_back, ends_with_a_goodbye, introduces, leaves_with_a_reason, without_asides
from core.foundation.handed_on import goes_on_with_an_answer
from core.foundation.judging import Judging
from core.foundation.kept_or_not import asks_again, denies, goes, keeps, takes_back
from core.foundation.model import Foundation, OpenInterview
from core.foundation.named_cell import named_cell
from core.foundation.one_by_one import answers, next_name
from core.foundation.passing import (
    is_asked_about,
    is_asked_again,
    is_for_somebody_else,
    passed,
    with_a_talk,
    with_what_came,
)
from core.foundation.ports import Around, FoundationStore
from core.foundation.putting_right import PuttingRight
from core.foundation.service import Foundations
from core.foundation.steering import Steer, corrects, says_no_more_than_a_number, steer
from core.foundation.taking_back import TakingBack
from core.foundation.taking_up import TakingUp
from core.foundation.told_again import ToldAgain
from core.foundation.whole_pages import is_a_page, offered
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.ports import FormDrafts
from core.request import Actor, Asked, Event, Reworded, Said, Withdrawn
from core.ui import Answer, Message

LETTER = "interview:"
"""What the keys of its own letters begin with."""
PAUSES = timedelta(days=14)
"""So long somebody who left may say that they are back."""
AT_ONCE = timedelta(minutes=10)
"""“Back” so soon after a question is said of the one before."""
TALK_WORDS = 3
"""More, while it is left, are said to somebody else, and so is what comes after them."""
WAITS = timedelta(days=2)
"""An older question is forgotten: what is typed after that is said to somebody else, such as the coach who wrote meanwhile."""


class Interview:
    """Implements `core.ports.Listener` for whoever is being interviewed."""

    def __init__(
        self,
        foundations: Foundations,
        store: FoundationStore,
        outbox: Outbox,
        drafts: FormDrafts,
        around: Around,
        judging: Judging,
    ) -> None:
        self._by_name = ByName(foundations.cells, around.names_an_agent, around.goes_on_from)
        self._goes_on_from = around.goes_on_from
        self._came_since = around.came_since
        self._asking = Asking(foundations, store)
        self._taking_up = TakingUp(foundations, store, self._asking)
        self._taking_back = TakingBack(foundations, store, self._asking)
        self._putting_right = PuttingRight(foundations, store, self._asking, self._taking_back)
        self._told_again = ToldAgain(foundations, self._asking)
        self._doubting = Doubting(foundations, store, self._asking, self._putting_right, judging)
        self._foundations = foundations
        self._outbox = outbox
        self._drafts = drafts
        self._store = store
        self._names_an_agent = around.names_an_agent

    async def begin(self, asked: Event, person: Person, waits: timedelta = WAITS) -> Answer:
        """Ask the question that waits, if it was put so lately or they were told that it waits, or the first that is still open;
        where others read along, ask it in the person's direct messages.
        """
        foundation, place = await self._foundations.of(person, asked.at), _place(asked.actor)
        left = foundation.interview
        if left and self._taking_up.stands(left, foundation, asked.at, waits):
            here = left.model_copy(update={"place": place})
            turn = await self._taking_up.taken_up(foundation, here, person, asked.at)
        else:
            turn = await self._asking.turn_to(self._foundations.next_cell(foundation), person, foundation, place, asked.at)
        if asked.direct or not turn.asks:
            return turn
        key = f"{LETTER}{asked.address.platform}:{asked.id}"
        to, org = asked.actor.direct, person.organization_id
        await self._outbox.add(new_letter(key, to, turn, organization_id=org, person_id=person.id, at=asked.at))
        return Message(cards=(views.IN_PRIVATE,), private=True)

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

    async def leave(self, person: Person, at: datetime) -> Message:
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
            return Message(cards=(views.NOT_WAITING,), private=True)
        cell = self._foundations.cells.by_key[interview.cell]
        sure = interview.as_put()
        return await self._asking.take(cell, interview.doubtful, sure, person, kept, asked, sure=True)

    async def take_back(self, asked: Asked, person: Person, key: str, version: int) -> Message:
        """Take out of the cell of this key what was saved there as this version, and ask for it again."""
        return await self._taking_back.taken_back(key, version, _place(asked.actor), person, asked.at)

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
        if kept is None or not said.direct:
            return None
        interview, words = kept.interview, said.text.strip()
        if interview is None or interview.place != _place(said.actor):
            return await self._by_name.hear(said, person, kept)
        if interview.asked_at and said.at - interview.asked_at > (PAUSES if interview.paused else WAITS):
            await self._store.interview(person, None, said.at)
            return await self._by_name.hear(said, person, kept)
        if not interview.open:
            back = await self._after_a_pause(words, kept, interview, said, person)
            waits = back is None and interview.paused
            return await self._by_name.hear(said, person, kept) if waits else back
        if not words or await self._is_in_talk(said, interview, person):
            return None
        if await self._names_an_agent(person, words) or self._doubting.is_an_order(words, interview):
            await self._store.interview(person, with_a_talk(interview), said.at)
            return None
        came_at = await self._came_since(person, interview.asked_at) if interview.asked_at else None
        interview = with_what_came(interview, came_at, said)
        if not is_asked_about(interview, said, came_at):
            interview = interview.model_copy(update={"passed": False})
        elif is_for_somebody_else(words):
            return None
        if interview.talked and (is_for_somebody_else(words) or goes_on_with_an_answer(words)):
            return None
        before = interview.doubtful
        if before:
            settled = await self._settled(words, kept, interview, said, person)
            if settled is not None:
                return settled
            interview = interview if interview.passed else interview.model_copy(update={"doubtful": ""})
        answer = await self._taken(words, kept, interview, said, person)
        return await self._doubting.with_what_was_let_go(before, interview.cell, answer, person)

    async def _taken(self, words: str, kept: Foundation, interview: OpenInterview, said: Said, person: Person) -> Answer:
        """What comes of words that may be the answer: it is saved, where nothing speaks against that."""
        cell, apart, whole = self._foundations.cells.by_key[interview.cell], aside(words), words
        words = words if steer(words) else without_asides(words)
        soon = interview.asked_at is None or said.at - interview.asked_at <= AT_ONCE
        if apart is None or (soon and apart is Aside.BACK):
            right = await self._putting_right.hear(words, cell, kept, interview, person, said.at)
            if right is not None:
                return right
        if (interview.passed or interview.talked) and not interview.doubtful and is_asked_again(words):
            await self._store.interview(person, interview.as_put(asked_at=said.at), said.at)
        steered = await self._steered(words, cell, kept, interview, said, person)
        if steered is not None:
            return steered
        if apart is None and corrects(words):  # and there is nothing that could be put right
            return await self._asking.doubted(words, cell, interview, person, said.at)
        if says_no_more_than_a_number(words, cell.dig if interview.dug else cell.question):
            told = f"“{words}” alone tells me too little, so I saved nothing of that. Say it in a few words, or choose below."
            return self._asking.once_more(told, cell, interview)
        if is_a_page(words, self._foundations.cells):
            return self._asking.again(await offered(words, self._drafts, person, said.at), cell, interview)
        called = named_cell(words, self._foundations.cells, cell, kept)
        if called and called[0] is not cell:
            return await self._asking.beside(*called, interview, person, kept, said.at)
        if called is None and leaves_with_a_reason(whole) and self._doubting.is_doubtful(words, cell):
            return await self.leave(person, said.at)
        unsure = None if called else await self._doubting.asks(words, cell, kept, interview, person, said.at)
        if unsure is not None:
            return unsure
        now = interview.as_put()
        answer = await self._asking.take(cell, called[1] if called else words, now, person, kept, said)
        if words == whole or not ends_with_a_goodbye(whole):
            return answer
        left = await self.leave(person, said.at)
        return Message(cards=(*answer.cards[:1], *left.cards), private=True)

    async def _steered(
        self, words: str, cell: Cell, kept: Foundation, interview: OpenInterview, said: Said, person: Person
    ) -> Answer:
        """What comes of words that steer it, ask back or say nothing; None where they answer."""
        match wanted := steer(words):
            case Steer.SKIP:
                return await self.skip(said, person)
            case Steer.DO_NOT_KNOW:
                following = await self.skip(said, person)
                return Message(cards=(views.OPEN_FOR_NOW, *following.cards), private=True, asks=following.asks)
            case Steer.LEAVE:
                return await self.leave(person, said.at)
            case Steer.BACK:
                return await self._taking_up.taken_up(kept, interview, person, said.at)
            case Steer.PERHAPS:
                return await self._asking.doubted(words, cell, interview, person, said.at)
            case None:
                return None
            case _:
                return self._told_again.told(wanted, cell, kept, interview)

    async def _after_a_pause(self, words: str, kept: Foundation, interview: OpenInterview, said: Said, person: Person) -> Answer:
        """Take it up again where they say that they are back; whoever turned to somebody else says so in as many words."""
        if not interview.paused or await self._is_in_talk(said, interview, person):
            return None
        rest = after_back(words)
        if rest and self._taking_up.waits(interview, kept) and not is_for_somebody_else(rest):
            return await self._back_with(rest, kept, interview, said, person)
        if comes_back(words) if interview.quiet else aside(words) is Aside.BACK:
            return await self._taking_up.taken_up(kept, interview, person, said.at)
        if len(words.split()) > TALK_WORDS or await self._names_an_agent(person, words):
            await self._store.interview(person, interview.model_copy(update={"quiet": True}), said.at)
        return None

    async def _back_with(self, rest: str, kept: Foundation, interview: OpenInterview, said: Said, person: Person) -> Answer:
        """What comes of words behind those that they are back: their answer where they say so, else they are asked whether."""
        if steer(rest) is not None:
            return await self._taking_up.taken_up(kept, interview, person, said.at)
        now = await self._taking_up.opened(kept, interview, person, said.at)
        if introduces(rest):
            return await self._taken(rest, kept, now, said, person)
        return await self._asking.unsure(rest, self._foundations.cells.by_key[now.cell], now, person, said.at)

    async def _settled(self, words: str, kept: Foundation, interview: OpenInterview, said: Said, person: Person) -> Answer:
        """What comes of a yes or a no to that; None where the words are others, and so may be the answer."""
        if words == interview.doubtful or keeps(words, plainly=interview.passed):
            return await self.keep(said, person)
        doubted, cell = interview.doubtful, self._foundations.cells.by_key[interview.cell]
        if not interview.passed and steer(doubted) is not Steer.PERHAPS:
            denied = denies(words) and self._doubting.is_doubtful(words, cell)
            if asks_again(words) or denied or comes_back(words) or takes_back(words):
                return await self._taking_up.taken_up(kept, interview, person, said.at)
        if goes(words):
            left = await self.leave(person, said.at)
            if not interview.passed or not self._taking_up.waits(interview, kept):
                return left
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

    async def reworded(self, change: Reworded, person: Person) -> None:
        """The last answer reads differently now, and so does its cell."""
        await self._asking.reworded(change, person)

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """What was answered stays: taken out of a chat, it is still in the Foundation, where it can be emptied."""


def _place(actor: Actor) -> str:
    """Their direct messages, as the place that is kept."""
    return ":".join((actor.direct.platform, actor.direct.workspace, actor.direct.channel))
