"""What is typed by itself after a letter: on a phone few reply to that very message, so its writer is asked for whom it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.chat.loose import Gone, Loose, LooseTalk, asks_for_nothing, greets
from core.exchanges import views
from core.exchanges.hearing import CALLS
from core.exchanges.model import WORDS_AT_MOST, Exchange
from core.exchanges.ports import Letters
from core.exchanges.replying import NOBODY, UNCLEAR, called, chosen, first, is_addressed, is_named, is_task, without
from core.exchanges.service import Exchanges, NoSuchExchange
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
GOES_ON = timedelta(minutes=30)
"""Within that, words go on with others that wait for an answer to our question, or with a talk that an agent is having."""
ASKED_AT_MOST = 2
"""Messages after the same letter with which nothing was done: whoever goes on typing later is talking to the agents."""
AT_ONCE = timedelta(minutes=10)
"""For so long words go on with what was sent."""
THANKED = timedelta(hours=1)
"""For so long after a letter thanks are for its writer, who need not be named."""
SHORT = 12
"""Words that may answer a question of ours; more are looked at only where there was a letter."""
TO_AT_MOST = 3
EXCHANGE, ANNOUNCED = "exc_", "ann_"
"""How the ids of exchanges begin, and the keys of letters to everybody."""
COACHES = "your coaches"


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody for whom words may be, by name; `meant`: the exchange with them, or themselves where there is none. `named`: the
    words say so.
    """

    meant: str
    name: str
    person_id: str
    named: bool = False


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
        answered = await self._answered(typed[-1], said, person) if typed and _is_open(typed[-1], said.at) else None
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
        if courtesy and not said.files and not _pending(kept, typed):
            sent = await self.send(said, person, kept.id, 0)  # thanks ask for nothing, and nobody is asked about them
            return replace(sent, reaction="white_check_mark")
        sure = person.role not in COACHING or to[0].named
        return await self._question([each.name for each in sides], kept, person, sure=sure)

    async def _question(self, names: Sequence[str], kept: Loose, person: Person, *, sure: bool = True) -> Message:
        words = _joined([*await self._before(kept, person), kept])
        return views.for_whom(names, kept.id, words, with_files=kept.files, sure=sure)

    async def _before(self, said: Loose, person: Person) -> list[Loose]:
        """What they typed right before, for the same, and nothing was done with: many write a letter in several messages."""
        return _pending(said, await self._loose.since(person, said.at - FRESH))

    async def _to(
        self, words: str, lately: Sequence[Exchange], typed: Sequence[Loose], person: Person, at: datetime, after: datetime | None
    ) -> list[Side]:
        """For whom the words may be, the likeliest first."""
        coach = person.role in COACHING
        if coach and is_task(words, of_coach=True) and not called(words):
            return []
        addressed = [_side(each, person, named=True) for each in lately if is_addressed(_side(each, person).name, words)]
        if addressed:
            return addressed
        spoken_to = await self._spoken_to(person, words)
        if spoken_to:
            return [Side(each.id, each.name, each.id, named=True) for each in spoken_to]
        if is_task(words, of_coach=False) or (coach and asks_for_nothing(words)):
            return []  # an ok of a coach's may be for anybody, and answers nobody
        if typed and _is_open(typed[-1], at) and not greets(words):
            return [await self._side_of(each, person) for each in typed[-1].meant]
        going_on = [e for e in lately if _goes_on(e, person, at) and (after is None or e.lines[-1].at > after)]
        if not going_on or not _may_be_meant(words, [each for each in typed if each.at >= going_on[0].lines[-1].at], at):
            return []
        if asks_for_nothing(words) and at - going_on[0].lines[-1].at > THANKED:
            return []  # meanwhile they saw much else for which to thank
        sides = [_side(each, person) for each in going_on]
        return [each for each in sides if is_named(each.name, words)] or sides

    async def _of_all(self, said: Said, person: Person) -> list[Side]:
        """Their coaches, where the words reply to what one of them wrote to everybody, and say something."""
        key = await self._letters.key_of(person, said.replies_to) if said.replies_to else None
        if key is None or not key.startswith(ANNOUNCED) or asks_for_nothing(said.text, spare=1):
            return []
        return [Side(key, COACHES, "", named=True)]

    async def _spoken_to(self, person: Person, words: str) -> Sequence[Person]:
        """To whom they speak by name: a student to a coach, a coach, who speaks of many, to whoever they begin with."""
        if person.role not in COACHING:
            return [e for e in await self._people.coaches(person) if e.id != person.id and is_addressed(e.name, words)]
        name = called(words)
        found = await self._people.members(person) if name else ()
        return [each for each in found if each.id != person.id and first(each.name) == name]

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
            return _side(await self._exchanges.one(person, meant), person)
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
            exchange = await self._deliver(now, person, replace(said, words=_joined(pieces)), meant)
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
            await self._loose.correct(person, said_id, _joined([*before, kept]), now.at)
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


def _is_open(typed: Loose, at: datetime) -> bool:
    """Whether their last words were asked about just now, and nothing was done with them."""
    return bool(typed.meant and typed.words) and not typed.answered and at - typed.at <= GOES_ON


def _pending(said: Loose, typed: Sequence[Loose]) -> list[Loose]:
    """Of what was typed, oldest first, what goes on into these words."""
    found: list[Loose] = []
    for each in reversed([each for each in typed if each.id != said.id and each.at <= said.at]):
        after = found[0] if found else said
        length = len(_joined([each, *found, said]))
        if each.meant != said.meant or each.answered or not each.words or after.at - each.at > GOES_ON or length > WORDS_AT_MOST:
            break
        found.insert(0, each)
    return found


def _joined(pieces: Sequence[Loose]) -> str:
    return "\n".join(each.words for each in pieces)


def _may_be_meant(words: str, typed: Sequence[Loose], at: datetime) -> bool:
    """Whether the words, of those `typed` since the letter, may be an answer to it."""
    talking = any(each.answered and not each.little and at - each.at <= GOES_ON for each in typed)
    asked = [each for each in typed if each.meant and each.words and (each.answered or at - each.at > GOES_ON)]
    for_us = any(each.answered for each in asked) or len(asked) >= ASKED_AT_MOST
    return not (talking or for_us or greets(words))


def _goes_on(exchange: Exchange, person: Person, at: datetime) -> bool:
    """Whether the other side said something last in it, or they themselves did just now: in a message, or a student to their
    coach.
    """
    last, theirs = exchange.last, person.id == exchange.person_id
    if last.by_person_id != person.id:
        return last.coach is theirs
    talks = bool(last.said) or (theirs and any(each.coach for each in exchange.lines))
    return talks and at - exchange.lines[-1].at <= AT_ONCE


def _side(exchange: Exchange, person: Person, *, named: bool = False) -> Side:
    """The other side of the exchange."""
    if person.id != exchange.person_id:
        return Side(exchange.id, exchange.name, exchange.person_id, named)
    wrote = next((each for each in reversed(exchange.lines) if each.coach), None)
    name, id = (wrote.name, wrote.by_person_id) if wrote else (exchange.taken_name or COACHES, exchange.taken_by or "")
    return Side(exchange.id, name, id, named)
