"""What the chat asks of the record, and of the rest of the product."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.agents.agent import Agent
from core.chat.model import Conversation, Memory, Message, Participant, ParticipantMessage, SystemMessage, Told
from core.chat.plan import Relay
from core.llm.calls import Tool, ToolCall
from core.people.model import Person
from core.request import Address, File
from core.ui import Card


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom a tool acts: who asked, when, the id of what they said, the agent who answers, and to whom that one hands over."""

    person: Person
    at: datetime
    message_id: str
    agent_id: str
    relay: Relay = field(default_factory=Relay)


@dataclass(frozen=True, slots=True)
class Used:
    """What came of a tool: words for the model, and cards for the person, such as a proposal. `failed`: it did nothing."""

    text: str = field(repr=False)
    cards: tuple[Card, ...] = ()
    failed: bool = False


class Tools(Protocol):
    """What agents can do besides talking."""

    def of(self, names: Iterable[str], colleagues: Sequence[str] = ()) -> tuple[Tool, ...]:
        """Those of the names that there are, always in the same order; and handing over, where there are colleagues for it."""
        ...

    def title(self, name: str) -> str:
        """What is shown while the tool is at work; "" where nothing is."""
        ...

    def is_personal(self, name: str) -> bool:
        """Whether what it gives is the asker's own."""
        ...

    async def use(self, asker: Asker, names: Collection[str], call: ToolCall) -> Used:
        """Do it for the asker; `names` are the tools that the agent has. Expected troubles come back as words."""
        ...


class Context(Protocol):
    """What the agents should know of a student: Foundation, progress, figures."""

    async def of(self, person: Person, agent: Agent, at: datetime) -> str:
        """Markdown for the model to read, as much as this agent may; "" where nothing is known yet."""
        ...


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation with its newest messages, oldest first, and who is heard there, by the participant's id."""

    conversation: Conversation
    said: Sequence[Message] = field(repr=False)
    people: Mapping[str, Participant]


class Attachments(Protocol):
    """Where the files are that people send."""

    async def fetch(self, address: Address, file: File) -> File:
        """The file with its content, from the platform on which it was sent there.

        Raises:
            Trouble: it cannot be got; says what to do.
        """
        ...


class ChatStore(Protocol):
    """Conversations, who takes part, and what was said.

    A conversation is there only for those who take part in it. Who speaks at its address takes part from then on (`open`):
    the surface vouches for the address. Asked of any other conversation, what does not answer None raises `NotFound`.
    """

    async def conversation_at(self, person: Person, address: Address) -> Conversation | None:
        """The conversation at this address, or None where there is none, or the person takes no part yet."""
        ...

    async def enter(self, person: Person, address: Address, at: datetime) -> Conversation | None:
        """The conversation at this address with the next message counted: its `message_count` is that message's number. None
        where there is no conversation, or the person takes no part yet.
        """
        ...

    async def open(self, person: Person, conversation: Conversation) -> Conversation:
        """Make the person take part in the conversation at this one's address, which is kept if there is none yet."""
        ...

    async def conversation(self, person: Person, conversation_id: str) -> Conversation | None:
        """The conversation with this id, or None."""
        ...

    async def join(self, person: Person, participant: Participant) -> None:
        """Note the person, or an agent, among those who are heard; whoever is goes on, under this name and status."""
        ...

    async def set_status(self, person: Person, conversation_id: str, participant_id: str, status: str) -> None:
        """Say that a participant is "thinking", or "inactive"."""
        ...

    async def participants(self, person: Person, conversation_id: str) -> Mapping[str, Participant]:
        """Who is heard there, by the participant's id."""
        ...

    async def next_number(self, person: Person, conversation_id: str, at: datetime, agent_id: str | None = None) -> int:
        """The number that the conversation's next message takes; notes its time, and the agent where one speaks."""
        ...

    async def say(self, person: Person, message: ParticipantMessage) -> ParticipantMessage:
        """Keep what was said; returns the message that is kept for its platform's event, which may have come before."""
        ...

    async def note(self, person: Person, message: SystemMessage) -> None:
        """Keep what happened."""
        ...

    async def by_event(self, person: Person, platform: str, event: str) -> ParticipantMessage | None:
        """The message that this event of the platform brought, or None."""
        ...

    async def message(self, person: Person, message_id: str) -> ParticipantMessage | None:
        """What this very person said, by the message's id, or None."""
        ...

    async def typed_since(self, person: Person, since: datetime) -> Sequence[ParticipantMessage]:
        """What this very person said from that time on, wherever it was, oldest first."""
        ...

    async def correct(self, person: Person, message_id: str, content: str, at: datetime, *, withdrawn: bool) -> None:
        """What this very person said reads so now, and no question of theirs is made of it anew.

        A summary that was made of it is dropped, and so is one that is being made.
        """
        ...

    async def answered(self, person: Person, message_id: str, agent_id: str) -> None:
        """Note that the agent answered the message to the end."""
        ...

    async def recent(self, person: Person, conversation_id: str, limit: int) -> tuple[Message, ...]:
        """The newest messages, oldest first."""
        ...

    async def talk(self, person: Person, conversation_id: str, limit: int, *, whole: bool = False) -> Talk:
        """The newest messages that no memory covers; with `whole`, covered ones too."""
        ...

    async def tell(self, person: Person, conversation_id: str, told: Told) -> None:
        """Keep what agents are told of the person from now on."""
        ...

    async def let_go(self, person: Person, conversation_id: str, covers: int) -> None:
        """The messages up to this number are not sent any more."""
        ...

    async def remember(self, person: Person, conversation_id: str, memory: Memory) -> bool:
        """Keep the memory, made of the version before its own; False where something of it was changed meanwhile."""
        ...
