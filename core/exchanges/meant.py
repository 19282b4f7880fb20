"""What is typed by itself after a letter: on a phone few reply to that very message, so its writer is asked for whom it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.chat.loose import Gone, Loose, LooseTalk, asks_for_nothing, greets
from core.exchanges import views
from core.exchanges.hearing import CALLS
from core.exchanges.model import WORDS_AT_MOST, Exchange
from core.exchanges.ports import Letters
from core.exchanges.replying import NOBODY, UNCLEAR, called, chosen, first, is_addressed, is_named, is_task, without
from core.exchanges.service import Exchanges, NoSuchExchange
from core.exchanges.sides import COACHES, GOES_ON, Side, goes_on, is_open, joined, may_be_meant, pending, side, side_with
from core.people.model import Person
from core.people.service import People
from core.ports import Listener
from core.request import Event, Said
from core.roles import COACHING
from core.ui import Answer, Message

SEND, NOT_MEANT = "person send", "person not"
"""The commands of the question's buttons."""
FRESH = timedelta(days=7)
"""For so long after a letter words may be meant for its writer: many look into their messages on the weekend alone."""
THANKED = timedelta(hours=1)
"""For so long after a letter thanks are for its writer, who need not be named."""
SHORT = 12
"""Words that may answer a question of ours; more are looked at only where there was a letter."""
TO_AT_MOST = 3
EXCHANGE, ANNOUNCED = "exc_", "ann_"
"""How the ids of exchanges begin, and the keys of letters to everybody."""


class Meant:
    """Implements `core.ports.Listener`, and stands before those who hear the `rest`, to whom the words go where they are for no
    person.

    Asked is whoever typed words by themselves in direct messages, while the latest letter to them is fresh and has no answer: of
    a coach to a student, of a student to a coach. The words are kept meanwhile. Nobody is asked about greetings and thanks, about
    what calls an agent by name, in a talk that an agent is in, nor again once they said that it is for the bot; about words that
    name the other side they are asked in any case, and so they are right after something of theirs went there.
    """

    def __init__(
        self,
        exchanges: Exchanges,
        people: People,
        loose: LooseTalk,
        letters: Letters,
        calls_an_agent: Callable[[Person, str], Awaitable[bool]],
        suggested: Callable[[Person], Awaitable[Collection[str]]],
        rest: Sequence[Listener],
    ) -> None:
        """`suggested`: the words that the bot itself suggests to begin with, which are for an agent."""
        self._exchanges = exchanges
        self._people = people
        self._loose = loose
        self._letters = letters
        self._calls_an_agent = calls_an_agent
        self._suggested = suggested
        self._rest = rest

    async def hear(self, said: Said, person: Person) -> Answer:
        """The question for whom the words are, or what comes of its answer; None where they are for whoever hears the rest."""
        return await self.asks(said, person)

    async def asks(self, said: Said, person: Person, *, after: datetime | None = None) -> Answer:
        """The same, of letters that came after that time alone, but for words that name somebody."""
        words = said.text.strip()
        if not said.direct or not said.addressed or not words:
            return None
        lately = await self._exchanges.lately(person, said.at - FRESH)
        short = len(words.split()) <= SHORT
        typed = await self._loose.since(person, said.at - (FRESH if lately else GOES_ON)) if lately or short else []
        typed = [each for each in typed if each.event != said.id and each.at <= said.at]
        answered = await self._answered(typed[-1], said, person) if typed and is_open(typed[-1], said.at) else None
        if answered is not None:
            return answered
        of_all = await self._of_all(said, person)
        to = of_all or await self._to(words, lately, typed, person, said.at, after)
        if not to or len(words) > WORDS_AT_MOST:
            return None
        if not of_all and not await self._stands_alone(said, person, typed, named=to[0].named):
            return None
        sides = list({each.person_id: each for each in reversed(to)}.values())[::-1][:TO_AT_MOST]
        kept = await self._loose.keep(said, person, [each.meant for each in sides])
        courtesy = asks_for_nothing(without(to[0].name, words)) and len(sides) == 1
        if courtesy and not said.files and not pending(kept, typed):
            sent = await self.send(said, person, kept.id, 0)  # thanks ask for nothing, and nobody is asked about them
            return replace(sent, reaction="white_check_mark")
        sure = person.role not in COACHING or to[0].named
        return await self._question([each.name for each in sides], kept, person, sure=sure)

    async def _question(self, names: Sequence[str], kept: Loose, person: Person, *, sure: bool = True) -> Message:
        words = joined([*await self._before(kept, person), kept])
        return views.for_whom(names, kept.id, words, with_files=kept.files, sure=sure)

    async def _before(self, said: Loose, person: Person) -> list[Loose]:
        """What they typed right before, for the same, and nothing was done with: many write a letter in several messages."""
        return pending(said, await self._loose.since(person, said.at - FRESH))

    async def _to(
        self, words: str, lately: Sequence[Exchange], typed: Sequence[Loose], person: Person, at: datetime, after: datetime | None
    ) -> list[Side]:
        """For whom the words may be, the likeliest first."""
        coach = person.role in COACHING
        if coach and is_task(words, of_coach=True) and not called(words):
            return []
        addressed = [side(each, person, named=True) for each in lately if is_addressed(side(each, person).name, words)]
        if addressed:
            return addressed
        spoken_to = await self._spoken_to(person, words)
        if spoken_to:
            found = [side_with(each, lately, person) for each in spoken_to]
            calls_nobody = asks_for_nothing(without(found[0].name, words))  # thanks, where nothing is open with them
            return [each for each in found if each.meant.startswith(EXCHANGE)] if calls_nobody else found
        if is_task(words, of_coach=False) or (coach and asks_for_nothing(words)):
            return []  # an ok of a coach's may be for anybody, and answers nobody
        named = [side_with(each, lately, person, named=False) for each in (await self._named(person, words) if coach else ())]
        if typed and is_open(typed[-1], at) and not greets(words):
            return named or [await self._side_of(each, person) for each in typed[-1].meant]
        going_on = [e for e in lately if goes_on(e, person, at) and (after is None or e.lines[-1].at > after)]
        if not going_on or not may_be_meant(words, [each for each in typed if each.at >= going_on[0].lines[-1].at], at):
            return []
        own = going_on[0].last.by_person_id == person.id
        if asks_for_nothing(words) and (own or at - going_on[0].lines[-1].at > THANKED):
            return []  # meanwhile they saw much else for which to thank
        sides = [side(each, person) for each in going_on]
        return named or [each for each in sides if is_named(each.name, words)] or sides

    async def _of_all(self, said: Said, person: Person) -> list[Side]:
        """Their coaches, where the words reply to what one of them wrote to everybody, and say something."""
        key = await self._letters.key_of(person, said.replies_to) if said.replies_to else None
        if key is None or not key.startswith(ANNOUNCED) or asks_for_nothing(said.text, spare=1):
            return []
        return [Side(key, COACHES, "", named=True)]

    async def _spoken_to(self, person: Person, words: str) -> Sequence[Person]:
        """To whom they speak by name: a student to a coach, a coach to anybody."""
        if person.role not in COACHING:
            return [e for e in await self._people.coaches(person) if e.id != person.id and is_addressed(e.name, words)]
        name, others = called(words), await self._named(person, words)
        begun_with = [each for each in others if first(each.name) == name]
        return begun_with or (others if any(is_addressed(each.name, words) for each in others) else [])

    async def _named(self, coach: Person, words: str) -> list[Person]:
        """Whoever of the coach's organization is named."""
        return [each for each in await self._people.members(coach) if each.id != coach.id and is_named(each.name, words)]

    async def _stands_alone(self, said: Said, person: Person, typed: Sequence[Loose], *, named: bool) -> bool:
        """Whether the words belong to no talk with an agent. Below words that were asked about before they are like those."""
        words = said.text.strip()
        if (words.startswith(tuple(CALLS)) and not named) or await self._calls_an_agent(person, words):
            return False
        if said.replies_to:
            here = await self._loose.talk_at(person, said.address)
            if not any(each.meant and each.conversation == here for each in typed):
                return False
        return words not in await self._suggested(person)

    async def _answered(self, typed: Loose, said: Said, person: Person) -> Answer:
        """What comes of the question's answer, typed in words; None where these are no answer to it."""
        names = [(await self._side_of(each, person)).name for each in typed.meant]
        to = chosen(said.text, names)
        if to is None:
            return None
        if to == NOBODY:
            return await self.hear_on(said, person, typed.id)
        if to == UNCLEAR:
            return await self._question(names, typed, person)
        return await self.send(said, person, typed.id, to)

    async def _side_of(self, meant: str, person: Person) -> Side:
        if meant.startswith(ANNOUNCED):
            return Side(meant, COACHES, "", named=True)
        if meant.startswith(EXCHANGE):
            return side(await self._exchanges.one(person, meant), person)
        found = await self._people.by_id(meant)
        return Side(meant, found.name if found else "", meant)

    async def send(self, now: Event, person: Person, said_id: str, to: int) -> Message:
        """The words go to whom they were meant for, once.

        Raises:
            Gone: they were taken back, or sent to somebody with whom nothing was open.
            NoSuchExchange, Changed
        """
        said = await self._loose.find(person, said_id)
        if said is None or to not in range(len(said.meant)):
            raise NoSuchExchange()
        meant = said.meant[to]
        exchange = await self._exchanges.one(person, meant) if meant.startswith(EXCHANGE) else None
        if not said.words and not (exchange and any(each.said == said.event for each in exchange.lines)):
            raise Gone()
        if said.words:
            pieces = [*await self._before(said, person), said]
            exchange = await self._deliver(now, person, replace(said, words=joined(pieces)), meant)
            for each in pieces:
                await self._loose.let_go(person, each.id, now.at)
        assert exchange is not None, "there are words, or they were sent in one"
        return views.sent(exchange, coach=person.id != exchange.person_id, without_files=said.files)

    async def _deliver(self, now: Event, person: Person, said: Loose, meant: str) -> Exchange:
        if meant.startswith(EXCHANGE):
            return await self._exchanges.answer(person, meant, said.words, now.at, said=said.event)
        other = await self._people.by_id(meant)
        if person.role in COACHING and other is not None:
            return await self._exchanges.write(person, other, said.words, now.at, event_id=said.id)
        of_all = meant.startswith(ANNOUNCED)
        return await self._exchanges.ask(person, said.words, now.address, now.at, event_id=said.id, show=False, to_letter=of_all)

    async def hear_on(self, now: Event, person: Person, said_id: str) -> Answer:
        """The words are for no person: whoever hears the rest, of whom the last are the agents, hears them now.

        Raises:
            Gone: they were sent, or taken back.
        """
        kept = await self._loose.find(person, said_id)
        before = await self._before(kept, person) if kept else []
        if kept and before:
            await self._loose.correct(person, said_id, joined([*before, kept]), now.at)
            for each in before:
                await self._loose.let_go(person, each.id, now.at)
        said = await self._loose.said(person, said_id, now)
        for hearer in self._rest:
            answer = await hearer.hear(said, person)
            if answer is not None:
                if hearer is not self._rest[-1]:  # it was for no agent: an answer to the interview, or figures
                    await self._loose.let_go(person, said_id, now.at)
                return answer
        return None
