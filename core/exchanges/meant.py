"""What is typed by itself after a letter: on a phone few reply to that very message, so its writer is asked for whom it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta

from core.chat.loose import Gone, Loose, LooseTalk, is_courtesy, says_little
from core.exchanges import views
from core.exchanges.hearing import CALLS
from core.exchanges.model import WORDS_AT_MOST, Exchange
from core.exchanges.ports import Question
from core.exchanges.replying import NOBODY, UNCLEAR, chosen, is_named
from core.exchanges.service import Exchanges, NoSuchExchange
from core.people.model import Person
from core.ports import Listener
from core.request import Event, Said
from core.ui import Answer, Message

SEND, NOT_MEANT = "person send", "person not"
"""The commands of the question's buttons."""
FRESH = timedelta(days=3)
"""For so long after a letter words may be meant for its writer: as long as the bot keeps quiet for whoever is coached."""
GOES_ON = timedelta(minutes=30)
"""Within that, words go on with what somebody wrote, with a talk that an agent is having, or answer a question that was put."""
ASKED_AT_MOST = 2
"""Times after the same letter, while they press nothing: whoever goes on typing is talking to the agents."""
TO_AT_MOST = 3


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
        loose: LooseTalk,
        calls_an_agent: Callable[[Person, str], Awaitable[bool]],
        suggested: Callable[[Person], Awaitable[Collection[str]]],
        rest: Sequence[Listener],
    ) -> None:
        """`suggested`: the words that the bot itself suggests to begin with, which are for an agent."""
        self._exchanges = exchanges
        self._loose = loose
        self._calls_an_agent = calls_an_agent
        self._suggested = suggested
        self._rest = rest

    async def hear(self, said: Said, person: Person) -> Answer:
        """The question for whom the words are, or what comes of its answer; None where they are for whoever hears the rest."""
        return await self.asks(said, person)

    async def asks(self, said: Said, person: Person, *, after: datetime | None = None) -> Answer:
        """The same, of letters that came after that time alone."""
        words = said.text.strip()
        if not said.direct or not said.addressed or not words or said.files:
            return None
        since = max(after, said.at - FRESH) if after else said.at - FRESH
        lately = await self._exchanges.lately(person, since)
        if not lately:
            return None
        typed = [each for each in await self._loose.since(person, lately[0].lines[-1].at) if each.at < said.at]
        if typed and _is_open(typed[-1], said.at):
            answered = await self._answered(typed[-1], said, person)
            if answered is not None:
                return answered
        named = [each for each in lately if is_named(_other(each, person)[1], words)]
        going_on = [each for each in lately if _goes_on(each, person, said.at)]
        if said.replies_to or len(words) > WORDS_AT_MOST or not (named or (going_on and _may_be_meant(words, typed, said.at))):
            return None
        if (words.startswith(tuple(CALLS)) and not named) or await self._calls_an_agent(person, words):
            return None
        if words in await self._suggested(person):
            return None
        found = {_other(each, person)[0]: each for each in reversed(named or going_on)}
        letters = list(found.values())[::-1][:TO_AT_MOST]
        kept = await self._loose.keep(said, person, [each.id for each in letters])
        return _question(person, letters, kept)

    async def _answered(self, typed: Loose, said: Said, person: Person) -> Answer:
        """What comes of the question's answer, typed in words; None where these are no answer to it."""
        letters = [await self._exchanges.one(person, each) for each in typed.meant]
        to = chosen(said.text, [_other(each, person)[1] for each in letters])
        if to is None:
            return None
        if to is NOBODY:
            return await self.hear_on(said, person, typed.id)
        return _question(person, letters, typed) if to is UNCLEAR else await self.send(person, typed.id, int(to), said.at)

    async def send(self, person: Person, said_id: str, to: int, at: datetime) -> Message:
        """The words go to whom they were meant for, once.

        Raises:
            Gone: they were taken back.
            NoSuchExchange, Changed
        """
        said = await self._loose.find(person, said_id)
        if said is None or to not in range(len(said.meant)):
            raise NoSuchExchange()
        exchange = await self._exchanges.one(person, said.meant[to])
        sent_before = any(each.said == said.event for each in exchange.lines)
        if not said.words and not sent_before:
            raise Gone()
        if said.words:
            exchange = await self._exchanges.answer(person, exchange.id, said.words, at, said=said.event)
            await self._loose.let_go(person, said.id, at)
        return views.sent(exchange, coach=person.id != exchange.person_id)

    async def hear_on(self, now: Event, person: Person, said_id: str) -> Answer:
        """The words are for no person: whoever hears the rest, of whom the last are the agents, hears them now.

        Raises:
            Gone: they were sent, or taken back.
        """
        said = await self._loose.said(person, said_id, now)
        for each in self._rest:
            answer = await each.hear(said, person)
            if answer is not None:
                if each is not self._rest[-1]:  # it was for no agent: an answer to the interview, or figures
                    await self._loose.let_go(person, said_id, now.at)
                return answer
        return None


class WhileAsked:
    """Implements `core.ports.Listener`, and stands before the interview: a letter that came after its open question is the last
    that somebody read, so what they type may be for whoever wrote it. Thanks are no answer to a question.
    """

    def __init__(self, meant: Meant, question: Question, chat: Listener) -> None:
        self._meant = meant
        self._question = question
        self._chat = chat

    async def hear(self, said: Said, person: Person) -> Answer:
        """The question for whom the words are, or what the agents say to a courtesy; None where no interview waits, and where it
        was the last to ask.
        """
        if not said.direct or self._question.is_told(said.text):
            return None
        asked_at = await self._question.asked_at(person)
        if asked_at is None:
            return None
        asked = await self._meant.asks(said, person, after=asked_at)
        return await self._chat.hear(said, person) if asked is None and is_courtesy(said.text) else asked


def _is_open(typed: Loose, at: datetime) -> bool:
    """Whether their last words were asked about just now, and nothing was done with them."""
    return bool(typed.meant) and not typed.answered and at - typed.at <= GOES_ON


def _may_be_meant(words: str, typed: Sequence[Loose], at: datetime) -> bool:
    """Whether the words, of those `typed` since the letter, may be an answer to it."""
    talking = any(each.answered and not each.little and at - each.at <= GOES_ON for each in typed)
    asked = [each for each in typed if each.meant]
    for_us = any(each.answered for each in asked) or len(asked) >= ASKED_AT_MOST
    return not (talking or for_us or says_little(words))


def _goes_on(exchange: Exchange, person: Person, at: datetime) -> bool:
    """Whether the other side wrote last in it, or they themselves did just now: in a message, or a student to their coach."""
    last, theirs = exchange.lines[-1], person.id == exchange.person_id
    if last.by_person_id != person.id:
        return last.coach is theirs
    talks = bool(last.said) or (theirs and any(each.coach for each in exchange.lines))
    return talks and at - last.at <= GOES_ON


def _other(exchange: Exchange, person: Person) -> tuple[str, str]:
    """The other side, by an id and the name."""
    if person.id != exchange.person_id:
        return exchange.person_id, exchange.name
    wrote = next((each for each in reversed(exchange.lines) if each.coach), None)
    return (wrote.by_person_id, wrote.name) if wrote else (exchange.taken_by or "", exchange.taken_name or "your coaches")


def _question(person: Person, letters: Sequence[Exchange], kept: Loose) -> Message:
    return views.for_whom([_other(each, person)[1] for each in letters], kept.id, kept.words)
