"""A chat on a record of its own, with a stand-in Claude to answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from bots.boundary import Careful
from core.agents.agent import Agent
from core.agents.own import OwnAgents
from core.agents.roster import Roster, read_roster
from core.chat.model import ParticipantMessage, SystemMessage, kept_message
from core.chat.service import Chat
from core.contents import SHIPPED
from core.errors import NotFound
from core.llm.claude import Claude
from core.people.model import Person
from core.plans import Plan, Step
from core.request import Actor, Address, Asked, File, Platform, Said
from core.ui import Answer, Began, Ended, Grew, Live, Message, Planned
from persistence.conversations import ConversationsRecord
from persistence.documents import Database, Value
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from tests.core.abilities.world import Hands, hands
from tests.core.conftest import ADDRESS, AT
from tests.servers.claude import ClaudeServer, Reply

ROSTER = read_roster(SHIPPED / "agents")
SMALL = "claude-small"
ACTOR = Actor(Platform.TERMINAL, "terminal", "nora", "Nora")


@dataclass(slots=True)
class Known:
    """Implements `core.chat.ports.Context`: says one thing of everybody."""

    words: str = "They sell fermentation starters."

    async def of(self, person: Person, agent: Agent, at: datetime) -> str:
        """What is known."""
        return f"{person.name}: {self.words}"


@dataclass(slots=True)
class Shelf:
    """Implements `core.chat.ports.Attachments`: content by the file's source; what is not there cannot be got."""

    content: dict[str, bytes] = field(default_factory=dict)
    fetched: list[tuple[Address, str]] = field(default_factory=list)

    async def fetch(self, address: Address, file: File) -> File:
        """The file, if it is there."""
        self.fetched.append((address, file.source))
        if file.source not in self.content:
            raise NotFound("That file is not there any more. Send it again.")
        return replace(file, content=self.content[file.source])


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that was listened to until its end."""

    speakers: tuple[str, ...]
    grown: tuple[str, ...]
    messages: tuple[Message, ...]
    steps: tuple[Step, ...] = ()
    plans: tuple[Plan, ...] = ()

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(message.text for message in self.messages)


@dataclass(slots=True)
class World:
    """Everything that a test of the chat touches."""

    chat: Chat
    own: OwnAgents
    model: Claude
    claude: ClaudeServer
    database: Database
    store: ConversationsRecord
    shelf: Shelf
    hands: Hands
    roster: Roster = ROSTER
    events: list[str] = field(default_factory=list)

    def words(self, text: str, *, event: str = "", to: Address = ADDRESS, direct: bool = True, addressed: bool = True) -> Said:
        """Free words, each under an event of its own unless one is named."""
        self.events.append(event or f"ev{len(self.events)}")
        return Said(id=self.events[-1], actor=ACTOR, address=to, at=AT, text=text, direct=direct, addressed=addressed)

    def command(self, to: Address = ADDRESS) -> Asked:
        """A press of a button."""
        self.events.append(f"ev{len(self.events)}")
        return Asked(id=self.events[-1], actor=ACTOR, address=to, at=AT, command="ask")

    async def send(self, person: Person, text: str, *files: File, event: str = "") -> Heard:
        """Say it with files, and hear the answer to its end."""
        return await listen(await self.chat.hear(replace(self.words(text, event=event), files=files), person))

    async def say(self, person: Person, text: str, *, event: str = "", to: Address = ADDRESS, direct: bool = True) -> Heard:
        """Say it and hear the answer to its end."""
        return await listen(await self.chat.hear(self.words(text, event=event, to=to, direct=direct), person))

    async def kept(self) -> list[ParticipantMessage | SystemMessage]:
        """Every message of the record, by number."""
        found = await self.database.collection("conversationMessages").find({})
        return sorted(map(kept_message, found), key=lambda each: each.number)

    async def documents(self, collection: str) -> list[dict[str, Value]]:
        """Every document of a collection."""
        return await self.database.collection(collection).find({})

    def prompt(self, number: int = -1) -> str:
        """A request that reached Claude, as text."""
        body = self.claude.requests[number]
        blocks = [*body["system"], *(block for message in body["messages"] for block in message["content"])]
        return "\n".join(block["text"] for block in blocks if block["type"] == "text")


@asynccontextmanager
async def world(database: Database, *replies: Reply, usual: Reply | None = None) -> AsyncGenerator[World]:
    """A chat whose Claude plays these replies."""
    async with ClaudeServer(*replies, usual=usual) as server:
        claude = Claude("key", base_url=server.url)
        small = Claude("key", SMALL, server.url)
        store = ConversationsRecord(database)
        shelf = Shelf()
        able = hands(database, claude)
        own = OwnAgents(ROSTER, OwnAgentsRecord(database))
        chat = Chat(
            small=small,
            roster=own,
            store=store,
            model=claude,
            context=Known(),
            attachments=shelf,
            tools=Careful(able.toolbox),
            coaches=PeopleRecord(database),
        )
        yield World(chat, own, claude, server, database, store, shelf, able)
        await claude.close()
        await small.close()


async def listen(answer: Answer) -> Heard:
    """An answer to its end."""
    if isinstance(answer, Message):
        return Heard((answer.speaker.name,) if answer.speaker else (), (), (answer,))
    assert isinstance(answer, Live), answer
    speakers, grown, messages, steps, plans = [], [], [], [], []
    async with aclosing(answer.updates) as updates:
        async for update in updates:
            match update:
                case Began():
                    assert update.speaker is not None
                    speakers.append(update.speaker.name)
                case Grew():
                    grown.append(update.text)
                case Ended():
                    messages.append(update.message)
                case Step():
                    steps.append(update)
                case Planned(plan):
                    plans.append(plan)
    return Heard(tuple(speakers), tuple(grown), tuple(messages), tuple(steps), tuple(plans))
