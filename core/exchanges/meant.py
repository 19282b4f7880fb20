"""What is typed by itself after a letter: on a phone few reply to that very message, so its writer is asked for whom it is."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta

from core.chat.loose import Gone, Loose, LooseTalk, is_courtesy, says_little
from core.exchanges import views
from core.exchanges.hearing import CALLS
from core.exchanges.model import WORDS_AT_MOST, Exchange
from core.exchanges.ports import Question
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
"""Within that, words go on with a talk that an agent is having, or answer a question that was put."""
ASKED_AT_MOST = 2
"""Times after the same letter, while they press nothing: whoever goes on typing is talking to the agents."""
TO_AT_MOST = 3
NAME_AT_LEAST = 2
YES = re.compile(
    r"(?:yes|yep|yeah|ok|okay|sure|send)(?: it| please| send it| it is| (?:to|for) \w+)*|(?:it(?: i|')s )?(?:for|to) \w+"
)
NO = re.compile(
    r"(?:no|nope|nah)(?:,? (?:thanks|thank you|it is not|it's not|not for \w+|it is for you|for you))*|"
    r"(?:for )?(?:you|the agents)"
)
SHORT = 4
"""Words among which a name is known in small letters too: thanks ida."""


class Meant:
    """Implements `core.ports.Listener`, and stands before those who hear the `rest`, to whom the words go where they are for no
    person.

    Asked is whoever typed words by themselves in direct messages, while the latest letter to them is fresh and has no answer: of
    a coach to a student, of a student to a coach. The words are kept meanwhile. Nobody is asked about greetings and thanks, about
    what calls an agent by name, in a talk that an agent is in, nor again once they said that it is for the bot; about words that
    name whoever wrote they are asked in any case.
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
        letters = await self._exchanges.to_answer(person, since)
        if not letters:
            return None
        typed = [each for each in await self._loose.since(person, letters[0].lines[-1].at) if each.at < said.at]
        if typed and _is_open(typed[-1], said.at):
            if NO.fullmatch(_plain(words)):
                return await self.hear_on(said, person, typed[-1].id)
            if len(typed[-1].meant) == 1 and YES.fullmatch(_plain(words)):
                return await self.send(person, typed[-1].id, 0, said.at)
        named = [each for each in letters if _names(words, each, person)]
        if said.replies_to or len(words) > WORDS_AT_MOST or not (named or _may_be_meant(words, typed, said.at)):
            return None
        if words.startswith(tuple(CALLS)) or await self._calls_an_agent(person, words):
            return None
        if words in await self._suggested(person):
            return None
        return await self._ask(said, person, named or letters)

    async def _ask(self, said: Said, person: Person, found: Sequence[Exchange]) -> Message:
        letters = list({_other(each, person): each for each in reversed(found)}.values())[::-1][:TO_AT_MOST]
        kept = await self._loose.keep(said, person, [each.id for each in letters])
        return views.for_whom(person, letters, kept.id, kept.words)

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
        sent_before = any(each.said == said.id for each in exchange.lines)
        if not said.words and not sent_before:
            raise Gone()
        if said.words:
            exchange = await self._exchanges.answer(person, exchange.id, said.words, at, said=said.id)
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


def _names(words: str, exchange: Exchange, person: Person) -> bool:
    """Whether they name whoever wrote last in the exchange."""
    name = (exchange.lines[-1].name if person.id == exchange.person_id else exchange.name).partition(" ")[0]
    if len(name) < NAME_AT_LEAST:
        return False
    short = _plain(words).split()
    return bool(re.search(rf"\b{re.escape(name)}\b", words)) or (len(short) <= SHORT and short[-1:] == [name.casefold()])


def _other(exchange: Exchange, person: Person) -> str:
    """Whoever wrote last in it, by their id."""
    return exchange.lines[-1].by_person_id if person.id == exchange.person_id else exchange.person_id


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").strip(" .,!?").split())
