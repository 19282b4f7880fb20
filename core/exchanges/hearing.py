"""What is written in the thread of a coach's or a student's letter, and the wish for a person: neither is for the agents."""

from __future__ import annotations

import re
from dataclasses import replace

from core.chat.loose import LooseTalk, asks_for_nothing, meets
from core.exchanges import views
from core.exchanges.crossing import answered_by_another
from core.exchanges.model import Exchange, State
from core.exchanges.ports import Letters
from core.exchanges.service import Exchanges, NoSuchExchange
from core.exchanges.sides import EXCHANGE, FRESH, goes_on
from core.exchanges.someone import asks_for_a_call, asks_for_somebody
from core.exchanges.unanswered import WAITING
from core.exchanges.written import writer_alone
from core.people.model import Person
from core.people.service import People
from core.request import Said
from core.ui import Answer, Button, Buttons, Call, Card, Message, Text

NOT_FOR_PEOPLE = frozenset({"stop", "pause", "stop reminders", "unsubscribe"})
"""What ends reminders, wherever it is written."""
WISH = re.compile(
    r"\b(talk|speak|chat)(ing)? (to|with) (an?|my|the|some) ?(real |human |actual )*(human|person|being|coach|body)\b"
    r"|\b(ask|need|reach|contact|want) (my|the|our|a) (human |real )*coach(es)?\b"
    r"|\b(need|want|like) (a|some) (real |actual )*(human|person)\b(?! (who|that|to|for|in|on))"
    r"|^where( is|['’]s|s| are) (my|the|our) coach(es)?\b"
)
WISH_WORDS = 14
"""Among the first of so many words a wish is known; with more than that, something is told besides."""
BEGINS = re.compile(r"(?:(?:hi|hello|hey|please)\W+)?(?:i|can|could|may|is there|where)\b", re.IGNORECASE)
"""How a wish of many words begins: what an agent is to write begins with what it is to do."""
CALLS = "@"
"""What begins with an agent's name is for that agent, wherever it is written."""


class Replies:
    """Implements `core.ports.Listener` for replies to letters of exchanges, in direct messages."""

    def __init__(self, exchanges: Exchanges, people: People, letters: Letters, loose: LooseTalk) -> None:
        self._exchanges = exchanges
        self._people = people
        self._letters = letters
        self._loose = loose

    async def hear(self, said: Said, person: Person) -> Answer:
        """Carry the words to the other side; None where they are no reply to such a letter, or thank for what is settled."""
        words = said.text.strip(" .!").casefold()
        if not said.direct or not said.replies_to or not words or said.text.startswith(CALLS) or words in NOT_FOR_PEOPLE:
            return None
        key = await self._letters.key_of(person, said.replies_to) or ""
        exchange = await self._answered(key, person)
        if exchange is None:
            return None
        if exchange.state is State.CLOSED and asks_for_nothing(said.text, spare=1) and not meets(said.text):
            return None
        told = await self._crossed(exchange, said, person)
        if told is not None:
            return told
        writer = writer_alone(exchange, key.rsplit(":", 2)[-2])  # a reply names whose letter it is
        to = await self._people.by_id(writer) if writer else None
        kept = await self._exchanges.answer(person, exchange.id, said.text, said.at, said=said.id, to=to)
        coach, later = person.id != kept.person_id, await self._exchanges.postponed(person, kept, said.at)
        sent = views.sent(kept, coach=coach, without_files=bool(said.files), postponed=later)
        return sent if said.files or later else replace(sent, reaction="white_check_mark")

    async def _crossed(self, exchange: Exchange, said: Said, person: Person) -> Message | None:
        """What a coach hears first whom another went before; their words are kept meanwhile."""
        line = answered_by_another(exchange, person.id) if person.id != exchange.person_id else None
        if line is None or any(each.said == said.id for each in exchange.lines):
            return None
        kept = await self._loose.keep(said, person, [exchange.id])
        return views.crossed(exchange, line, kept.words, kept.id, said.at)

    async def _answered(self, key: str, person: Person) -> Exchange | None:
        """The exchange of the letter with this key; of the letter that tells a coach who waits, where only one does, theirs."""
        if key.startswith(WAITING):
            waiting = [each for each in await self._exchanges.waiting(person) if each.waits]
            return waiting[0] if len(waiting) == 1 else None
        try:
            return await self._exchanges.one(person, key.rsplit(":", 2)[0]) if key.startswith(EXCHANGE) else None
        except NoSuchExchange:
            return None


class Wishes:
    """Implements `core.ports.Listener` for whoever would like a person, and says so to us."""

    def __init__(self, exchanges: Exchanges) -> None:
        self._exchanges = exchanges

    async def hear(self, said: Said, person: Person) -> Answer:
        """The way to a person; None where nobody coaches, or anything else is said."""
        if not said.addressed or said.files or not await self._is_wish(said, person):
            return None
        if not await self._exchanges.is_coached(person):
            return None
        ask = Button("I would like a person", Call("person ask", {"about": said.text.strip()}), primary=True)
        told = Text("One tap, and your coaches hear of it. They answer you here, as themselves.")
        return Message(cards=(Card("Talk to a person", (told, Buttons((ask,)))),), private=True)

    async def _is_wish(self, said: Said, person: Person) -> bool:
        words = said.text.casefold().split()
        if WISH.search(" ".join(words[:WISH_WORDS])):
            return len(words) <= WISH_WORDS or bool(BEGINS.match(said.text.strip()))
        if len(words) > WISH_WORDS:
            return False
        return asks_for_somebody(said.text) or (asks_for_a_call(said.text) and not await self._is_below_a_letter(said, person))

    async def _is_below_a_letter(self, said: Said, person: Person) -> bool:
        """Whether somebody wrote to them last, and would be meant: who that is they are asked elsewhere."""
        lately = await self._exchanges.lately(person, said.at - FRESH) if said.direct else []
        return any(goes_on(each, person, said.at) for each in lately)
