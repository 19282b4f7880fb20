"""What is typed by itself after a letter: on a phone few reply to that very message, so its writer is asked for whom it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from core.chat.loose import Gone, Loose, LooseTalk, asks_for_nothing
from core.exchanges import views
from core.exchanges.addressees import AFTER_ALL, ANNOUNCED, THANKED, Addressees
from core.exchanges.crossing import answered_by_another, crossed_since
from core.exchanges.hearing import CALLS
from core.exchanges.model import WORDS_AT_MOST, Exchange, Line
from core.exchanges.replying import NOBODY, UNCLEAR, chosen, picks, without
from core.exchanges.service import Exchanges, NoSuchExchange
from core.exchanges.sides import EXCHANGE, FRESH, Side, is_open, is_overtaken, is_standing, joined, parts, pending
from core.people.model import Person
from core.people.service import People
from core.ports import Listener
from core.request import Event, Said
from core.roles import COACHING
from core.ui import Answer, Message

SEND, NOT_MEANT = "person send", "person not"
"""The commands of the question's buttons."""
SHORT = 12
"""Words that may answer a question of ours; more are looked at only where there was a letter."""
TO_AT_MOST = 3


class Meant:
    """Implements `core.ports.Listener`, and stands before those who hear the `rest`, to whom the words go where they are for no
    person.

    Asked is whoever typed words by themselves in direct messages, while the latest letter to them is fresh and has no answer: of
    a coach to a student, of a student to a coach, or, for half a day, of coaches to everybody. The words are kept meanwhile.
    Nobody is asked about greetings and thanks, about what calls an agent by name, in a talk that an agent is in, nor again once
    they said that it is for the bot; about words that name the other side they are asked in any case, and so they are right
    after something of theirs went there.
    """

    def __init__(
        self,
        exchanges: Exchanges,
        people: People,
        loose: LooseTalk,
        addressees: Addressees,
        calls_an_agent: Callable[[Person, str], Awaitable[bool]],
        suggested: Callable[[Person], Awaitable[Collection[str]]],
        rest: Sequence[Listener],
    ) -> None:
        """`suggested`: the words that the bot itself suggests to begin with, which are for an agent."""
        self._exchanges = exchanges
        self._people = people
        self._loose = loose
        self._addressees = addressees
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
        of_late = await self._addressees.announced(person, said.at, after)
        short = len(words.split()) <= SHORT
        since = said.at - (FRESH if lately else AFTER_ALL)
        typed = await self._loose.since(person, since) if lately or of_late or short else []
        typed = [each for each in typed if each.event != said.id and each.at <= said.at]
        answered = await self._answered(typed[-1], said, person, lately) if typed else None
        if answered is not None:
            return answered
        of_all = await self._addressees.of_all(said, person)
        to = of_all or await self._addressees.of(said, person, lately, typed, after, of_late)
        if not to or len(words) > WORDS_AT_MOST:
            return None
        if not of_all and not await self._stands_alone(said, person, typed, named=to[0].named):
            return None
        sides = [each for at, each in enumerate(to) if each.person_ids not in [one.person_ids for one in to[:at]]][:TO_AT_MOST]
        kept = await self._loose.keep(said, person, [each.meant for each in sides])
        to_one = [each.named for each in sides if each.named] == [sides[0].named]
        to_one = to_one or all({*each.person_ids} <= {*sides[0].person_ids} for each in sides)
        courtesy = to_one and asks_for_nothing(without(to[0].name, words)) and _is_plainly_for(to[0], said, person, lately)
        if courtesy and not said.files and not await self._before(kept, person):
            sent = await self.send(said, person, kept.id, 0)  # thanks ask for nothing, and nobody is asked about them
            return replace(sent, reaction="white_check_mark")
        sure = to[0].named or (person.role not in COACHING and to[0].meant.startswith(EXCHANGE))
        return await self._question([each.name for each in sides], kept, person, sure=sure)

    async def _question(self, names: Sequence[str], kept: Loose, person: Person, *, sure: bool = True) -> Message:
        words = joined([*await self._before(kept, person), kept])
        before = await self._answered_by_another(kept, person)
        return views.for_whom(names, kept.id, words, with_files=kept.files, sure=sure, before=before)

    async def _answered_by_another(self, kept: Loose, person: Person) -> str:
        """What another coach has answered a student for whom a coach's words may be, in words."""
        if person.role not in COACHING:
            return ""
        ids = [parts(each)[0] for each in kept.meant if each.startswith(EXCHANGE)]
        found = [answered_by_another(await self._exchanges.one(person, id), person.id) for id in ids]
        return "\n\n".join(views.beside(each, kept.at) for each in found if each)

    async def _before(self, said: Loose, person: Person) -> list[Loose]:
        """What they typed right before, for the same, and nothing was done with: many write a letter in several messages. What
        they typed before another coach wrote stays apart: it was not for them.
        """
        found = pending(said, await self._loose.since(person, said.at - FRESH))
        for id in {each for each in said.meant if found and each.startswith(EXCHANGE) and not parts(each)[1]}:
            exchange = (await self._exchanges.one(person, id)).as_of(said.at)
            own = exchange.person_id == person.id
            found = [each for each in found if not (own and exchange.strangers_since(each.at))]
        return found

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

    async def _answered(self, typed: Loose, said: Said, person: Person, lately: Sequence[Exchange]) -> Answer:
        """What comes of the question's answer, typed in words; None where these are no answer to it. It is asked again where it
        was asked a while ago.
        """
        fresh = is_open(typed, said.at)
        if not (fresh or is_standing(typed, lately, person, said.at)):
            return None
        names = [(await self._addressees.side_of(each, person, typed.at)).name for each in typed.meant]
        to = chosen(said.text, names)
        if to is None or (is_overtaken(typed, lately, person) and not picks(said.text, to)):
            return None
        if not fresh:
            return await self._question(names, typed, person)
        if to == NOBODY:
            return await self.hear_on(said, person, typed.id)
        if to == UNCLEAR:
            return await self._question(names, typed, person)
        return await self.send(said, person, typed.id, to)

    async def send(self, now: Event, person: Person, said_id: str, to: int, *, sure: bool = False) -> Message:
        """The words go to whom they were meant for, once. A coach is told first of what another has answered since; `sure`: they
        were.

        Raises:
            Gone: they were taken back, or sent to somebody with whom nothing was open.
            NoSuchExchange, Changed
        """
        said = await self._loose.find(person, said_id)
        if said is None or to not in range(len(said.meant)):
            raise NoSuchExchange()
        meant = said.meant[to]
        exchange = await self._exchanges.one(person, parts(meant)[0]) if meant.startswith(EXCHANGE) else None
        if not said.words and not (exchange and _line_of(exchange, said)):
            raise Gone()
        if said.words:
            pieces = [*await self._before(said, person), said]
            to_student = exchange if exchange and person.id != exchange.person_id and not sure else None
            line = crossed_since(to_student, person.id, said.at) if to_student else None
            if line is not None and to_student is not None:
                return views.crossed(to_student, line, joined(pieces), said.id, now.at, to=to)
            exchange = await self._deliver(now, person, replace(said, words=joined(pieces)), meant)
            for each in pieces:
                await self._loose.let_go(person, each.id, now.at)
        assert exchange is not None, "there are words, or they were sent in one"
        line, coach = _line_of(exchange, said), person.id != exchange.person_id
        later = await self._exchanges.postponed(person, exchange, now.at)
        then = exchange.as_of(line.at) if line else exchange
        return views.sent(then, coach=coach, without_files=said.files, postponed=later)

    async def _deliver(self, now: Event, person: Person, said: Loose, meant: str) -> Exchange:
        exchange_id, coach_id = parts(meant)
        other = await self._people.by_id(coach_id or meant)
        to = other if other and other.role in COACHING else None
        if exchange_id.startswith(EXCHANGE):
            words, event = said.words, said.event
            return await self._exchanges.answer(person, exchange_id, words, now.at, said=event, to=to, typed_at=said.at)
        if person.role in COACHING and other is not None:
            return await self._exchanges.write(person, other, said.words, now.at, event_id=said.id)
        of_all, words = meant.startswith(ANNOUNCED), said.words
        return await self._exchanges.ask(
            person, words, now.address, now.at, event_id=said.id, show=False, to_letter=of_all, to=to
        )

    async def hear_on(self, now: Event, person: Person, said_id: str) -> Answer:
        """The words are for no person: whoever hears the rest, of whom the last are the agents, hears them now.

        Raises:
            Gone: they were sent, or taken back.
        """
        alone = await self._loose.said(person, said_id, now)
        for hearer in self._rest[:-1]:  # an answer to the interview, or figures: what was typed before that is none
            answer = await hearer.hear(alone, person)
            if answer is not None:
                await self._loose.let_go(person, said_id, now.at)
                return answer
        kept = await self._loose.find(person, said_id)
        before = await self._before(kept, person) if kept else []
        if kept and before:
            await self._loose.correct(person, said_id, joined([*before, kept]), now.at)
            for each in before:
                await self._loose.let_go(person, each.id, now.at)
        return await self._rest[-1].hear(await self._loose.said(person, said_id, now), person)


def _is_plainly_for(to: Side, said: Said, person: Person, lately: Sequence[Exchange]) -> bool:
    """Whether thanks are for this side without a question: they name it, and something is open with it; or a student says them
    within the hour after a letter.
    """
    if to.named:
        return to.meant.startswith((EXCHANGE, ANNOUNCED))
    exchange = next((each for each in lately if each.id == parts(to.meant)[0]), None)
    return person.role not in COACHING and exchange is not None and said.at - exchange.lines[-1].at <= THANKED


def _line_of(exchange: Exchange, said: Loose) -> Line | None:
    """The line as which the words were sent, or None where they were not, or opened the exchange."""
    return next((each for each in exchange.lines if each.said == said.event), None)
