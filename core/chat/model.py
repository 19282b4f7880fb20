"""A conversation as it is kept: who takes part, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel

from core.feedback.model import Rating
from core.record import Kept
from core.request import Address, File, Platform

TITLE_AT_MOST = 60


class _Within(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class Memory(_Within):
    """What stands for the oldest messages of a conversation where models are asked.

    `covers`: the number of the last message that is not sent any more. `text`: what was said up to the message `summed`, in
    short, and `facts` what is kept of that word for word. `version` counts the changes: a summary is kept only where nothing
    that it is made of was changed meanwhile.
    """

    covers: int = 0
    summed: int = 0
    version: int = 0
    text: str = ""
    facts: tuple[str, ...] = ()


class Told(_Within):
    """What agents were told of a student when a stretch of the talk began, so that it can stay as it is.

    `user_id` is whose it is, and `covers` the memory's at that time.
    """

    user_id: str
    covers: int
    text: str


class Conversation(Kept):
    """One conversation; there is one at each address of an organization.

    `created_by` is an account. Ours: the place (`platform workspace_or_guild_id channel_id thread_id`), `organization_id`,
    `last_agent_id` (who spoke last of the agents), `message_count`, from which messages take their numbers,
    `member_user_ids`, the accounts that take part: nobody else reads or changes anything of it, and `memory` and `told`.
    """

    title: str
    created_by: str
    last_message_time: datetime
    organization_id: str
    platform: str
    workspace_or_guild_id: str
    channel_id: str
    thread_id: str
    member_user_ids: tuple[str, ...] = ()
    last_agent_id: str | None = None
    message_count: int = 0
    memory: Memory = Field(default_factory=Memory)
    told: Told | None = None

    def document(self) -> dict[str, Any]:
        """The document as it is kept; a memory of nothing is left out."""
        blank = {"memory"} if self.memory == Memory() else None
        return self.model_dump(by_alias=True, exclude_none=True, exclude=blank)


class _Participant(Kept):
    conversation_id: str
    organization_id: str
    name: str
    added_at: datetime
    status: Literal["inactive", "thinking"] = "inactive"
    is_removed: bool = False


class UserParticipant(_Participant):
    """A person in a conversation, by their account. Ours: `name`, as it was when they last spoke."""

    kind: Literal["user"] = "user"
    user_id: str


class AgentParticipant(_Participant):
    """An agent in a conversation. Ours: `name`."""

    kind: Literal["agent"] = "agent"
    agent_id: str


Participant: TypeAlias = Annotated[UserParticipant | AgentParticipant, Field(discriminator="kind")]


class Mentioned(BaseModel):
    """Somebody whom a message calls by name; `id` is the agent's, `display` the name."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    kind: Literal["agent"] = "agent"
    display: str


class Attachment(_Within):
    """A file that came with a message: its content is not kept. `source` is where the platform has it; `size` is in bytes."""

    name: str
    media_type: str
    size: int
    source: str = ""

    @property
    def file(self) -> File:
        """The file, as far as it is known here."""
        return File(self.name, self.media_type, source=self.source, size=self.size)


class HandOver(_Within):
    """What an agent handed over to a colleague, to be done in the same turn. `agent_id` is the colleague's."""

    agent_id: str
    request: str = Field(repr=False)


class _Message(Kept):
    conversation_id: str
    organization_id: str
    content: str
    created_at: datetime
    number: int


class ParticipantMessage(_Message):
    """What a person or an agent said.

    Ours: `number` (1 for the conversation's first message), `user_id` (the account that said it or asked for it), `author_kind`,
    `mentions`, `direct` (nobody else was there), `in_reply_to` (the person's message that an agent answers), `answered_by` (the
    agents who answered it to the end), `metadata` (`incomplete` and `trouble` of an answer that broke off, `model`, `used`,
    `private`, `closing` of one that sums up, and `thanked` of one to thanks alone; `meant` of a person's own words, for whom they
    were asked that these may be), `handed` (what an agent handed over with it), and `platform` with `external_message_id`, by
    which an event that comes twice is one message, when it was edited or withdrawn there (withdrawn words are not kept),
    `attachments`, the files that came with it, and `feedback`, what the asker said of an
    answer.
    """

    kind: Literal["participant"] = "participant"
    author_participant_id: str
    author_kind: Literal["user", "agent"]
    user_id: str
    mentions: tuple[Mentioned, ...] = ()
    direct: bool = True
    in_reply_to: str | None = None
    answered_by: tuple[str, ...] = ()
    metadata: Mapping[str, str | bool] = Field(default_factory=dict)
    platform: str | None = None
    external_message_id: str | None = None
    attachments: tuple[Attachment, ...] = ()
    feedback: Rating | None = None
    handed: tuple[HandOver, ...] = ()
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def used(self) -> str:
        """The names of the tools that an agent used for it."""
        return str(self.metadata.get("used", ""))

    @property
    def agent_id(self) -> str:
        """The agent who said it; "" where a person did."""
        start = participant_id(self.conversation_id, "agent", "")
        return self.author_participant_id.removeprefix(start) if self.author_kind == "agent" else ""

    @property
    def closing(self) -> bool:
        """Whether an agent sums up with it what came of its plan."""
        return bool(self.metadata.get("closing"))

    @property
    def private(self) -> bool:
        """Whether it was told to the asker alone, where others read along."""
        return bool(self.metadata.get("private"))

    @property
    def incomplete(self) -> bool:
        """Whether it broke off before its end."""
        return bool(self.metadata.get("incomplete"))


class SystemMessage(_Message):
    """Something that happened, such as an answer that never began; never shown to a model."""

    kind: Literal["system"] = "system"
    user_id: str
    meta: Mapping[str, str] = Field(default_factory=dict)


Message: TypeAlias = Annotated[ParticipantMessage | SystemMessage, Field(discriminator="kind")]

_ANY_PARTICIPANT: TypeAdapter[Participant] = TypeAdapter(Participant)
_ANY_MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)


def kept_participant(document: Mapping[str, object]) -> Participant:
    """The participant that a document stands for."""
    return _ANY_PARTICIPANT.validate_python(document)


def kept_message(document: Mapping[str, object]) -> Message:
    """The message that a document stands for."""
    return _ANY_MESSAGE.validate_python(document)


def participant_id(conversation_id: str, kind: Literal["user", "agent"], member: str) -> str:
    """The id of a participant: made from who it is, so that nobody takes part twice."""
    return f"prt_{conversation_id.removeprefix('cnv_')}_{kind}_{member}"


def title_of(text: str) -> str:
    """A title from the first words, at most 60 characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= TITLE_AT_MOST:
        return line or "Conversation"
    head = line[: TITLE_AT_MOST - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def address_of(conversation: Conversation) -> Address:
    """The place of a conversation."""
    return Address(
        Platform(conversation.platform), conversation.workspace_or_guild_id, conversation.channel_id, conversation.thread_id
    )


def place(address: Address) -> dict[str, str]:
    """The address by the names of a conversation's fields."""
    return {
        "platform": address.platform.value,
        "workspace_or_guild_id": address.workspace,
        "channel_id": address.channel,
        "thread_id": address.thread,
    }
