"""A student and a coach who write to each other, and what they type by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.chat.loose import LooseTalk
from core.contents import SHIPPED
from core.exchanges.addressees import Addressees
from core.exchanges.meant import Meant
from core.exchanges.model import Exchange
from core.exchanges.service import Exchanges
from core.foundation.cells import Cells
from core.outbox import Letter
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.request import Said
from core.roles import Role
from core.ui import Answer, Message
from persistence.announcements import AnnouncementRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CELLS = Cells(SHIPPED)
SUGGESTED = "What should I do this week?"


class Rest:
    """Whoever hears what is for no person; `takes`: it answers."""

    def __init__(self, takes: str = "") -> None:
        self.takes, self.heard = takes, list[Said]()

    async def hear(self, said: Said, person: Person) -> Answer:
        self.heard.append(said)
        return Message("Heard.") if self.takes in said.text else None


class Quiet:
    """Nobody is reminded here."""

    async def coached(self, student: Person, at: datetime) -> datetime:
        return at

    async def in_short(self, student: Person, address: object) -> str:
        return ""


class Office:
    """A student and a coach, and what they type."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people, self.questions = database, people, Rest("figures")
        self.agents = Rest()
        self.store = ConversationsRecord(database)
        self.loose = LooseTalk(self.store)
        self.exchanges = Exchanges(ExchangeRecord(database), people, OutboxRecord(database), Quiet(), Quiet())
        rest = (self.questions, self.agents)
        letters, writer_of = OutboxRecord(database), AnnouncementRecord(database).writer
        addressees = Addressees(self.exchanges, people, letters, writer_of, CELLS)
        self.meant = Meant(self.exchanges, people, self.loose, addressees, self.calls, self.suggested, rest)

    async def calls(self, person: Person, words: str) -> bool:
        return "@Teacher" in words

    async def suggested(self, person: Person) -> frozenset[str]:
        return frozenset({SUGGESTED})

    async def coach(self, name: str) -> Person:
        return await self.people.appoint(await self.people.meet(actor(name), AT), Role.COACH)

    async def types(self, who: Person, words: str, at: datetime, *, direct: bool = True, replies_to: str = "") -> str:
        """What is shown for it: "" where it goes on to whoever hears the rest."""
        account = actor(who.name.lower())
        event, at = f"{words} {at}", at + timedelta(microseconds=123)  # the record keeps milliseconds
        said = Said(id=event, actor=account, address=account.direct, at=at, text=words, direct=direct, replies_to=replies_to)
        shown = await self.meant.hear(said, who)
        assert shown is None or isinstance(shown, Message)
        return message(shown) if shown else ""

    async def last(self, who: Person) -> str:
        """The id of what they typed last that is kept."""
        return (await self.loose.since(who, AT - DAY))[-1].id

    async def words(self, exchange: Exchange) -> list[str]:
        found = await ExchangeRecord(self.database).find(await self.student(exchange), exchange.id)
        assert found is not None
        return [each.words for each in found.lines]

    async def student(self, exchange: Exchange) -> Person:
        found = await self.people.by_id(exchange.person_id)
        assert found is not None
        return found


def press(who: Person, at: datetime) -> Said:
    """A press, as far as it matters here."""
    account = actor(who.name.lower())
    return Said(id="a press", actor=account, address=account.direct, at=at, text="")


def spoken(words: str, at: datetime) -> Said:
    return Said(id=words, actor=actor(), address=actor().direct, at=at, text=words)


async def sends(office: Office, who: Person, words: str, at: datetime) -> Message:
    """What they hear who type the words and press the first button."""
    await office.types(who, words, at)
    return await office.meant.send(press(who, at), who, await office.last(who), 0)


async def letters_to(office: Office, coach: Person) -> list[str]:
    """The titles of what they were sent."""
    found = await office.database.collection("outbox").find({"personId": coach.id}, sort=[("createdAt", 1)])
    return [Letter.of(each).read().cards[0].title for each in found]
