"""The port of the model that answers, whichever it is: what it is given, and what comes back piece by piece."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol, TypeAlias

from core.links import Allowed
from core.llm.calls import Round, ServerTool, Tool, ToolCall
from core.people.model import Person
from core.ui import Button

ASK_TOKENS = 8_000
"""The most that an answer in a conversation may take, thinking included; a page of text is about 700 tokens."""
RUN_TOKENS = 16_000
"""The same for a run of a prompt, whose output may be a whole sequence of e-mails."""
LONGEST_ANSWER = 600.0
"""Seconds that an answer may take."""
PAUSED = "pause_turn"
"""Why an answer stopped that goes on when it is asked to."""


class Use(StrEnum):
    """What an answer is wanted for, in words for whoever pays."""

    CHAT = "chat"
    PROMPTS = "prompts"
    SORTING = "sorting"
    MINUTES = "minutes"
    FIGURES = "figures"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class Payer:
    """For whom an answer is made, and what for: their budget pays. `agent` is the name of the agent who answers, if one does."""

    person: Person
    use: Use
    agent_id: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the instructions. `stable` parts are the same from request to request, so that they may be cached."""

    text: str = field(repr=False)
    stable: bool = True


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: PNG, JPEG, GIF or WebP, by its media type."""

    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said: `person` is everybody but the agent who is to answer, `agent` that agent alone.

    `images` are a person's only, and come before the text that speaks of them. `stays`: with the next question it is sent again,
    word for word, after what is before it now; so it may be cached.
    """

    by: Literal["person", "agent"]
    text: str = field(repr=False)
    images: tuple[Image, ...] = ()
    stays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything that the model is given for one answer.

    `system`: the instructions, stable parts first. `turns`: the talk so far; the last one is the person's and not blank.
    `question`: the person's own words (kind "ask") or the complete filled prompt (kind "run"), without any framing; the
    practice model reads this, and no turn. `payer`: whose budget pays. `shared`: others read the answer along. `schema`: the
    answer is one JSON document of this shape; the practice model takes no notice of it. `tools`: what the model may ask to have
    done, or its own servers do for it, in an order that stays the same; `rounds`: what it asked for in this answer, and what came
    of that. The practice model asks for nothing. `effort`: how much it is to think, where that is not as it is set for all.

    Raises:
        ValueError: a stable part follows one that is not, or the last turn is not the person's words.
    """

    turns: tuple[Turn, ...]
    question: str = field(repr=False)
    payer: Payer = field(repr=False)
    kind: Literal["ask", "run"] = "ask"
    system: tuple[Part, ...] = ()
    max_tokens: int = ASK_TOKENS
    effort: Literal["", "low"] = ""
    schema: Mapping[str, object] | None = None
    tools: tuple[Tool | ServerTool, ...] = ()
    rounds: tuple[Round, ...] = ()
    shared: bool = False
    links: Allowed = field(default_factory=Allowed, compare=False, repr=False)
    """Which links the answer may show; the model is not told."""

    def __post_init__(self) -> None:
        if not self.turns or self.turns[-1].by != "person" or not self.turns[-1].text.strip():
            raise ValueError("the last turn of a brief is the person's, and not blank")
        order = [part.stable for part in self.system]
        if order != sorted(order, reverse=True):
            raise ValueError("the stable parts of a brief come first")

    @property
    def person(self) -> str:
        """An opaque key for the person, never a name or an address."""
        return key_of(self.payer.person.user_id)

    @property
    def size(self) -> int:
        """Bytes of everything that is to be read but pictures, by which is estimated what that may cost."""
        texts = [*(part.text for part in self.system), *(turn.text for turn in self.turns)]
        written = len(json.dumps(dict(self.schema or {}))) + sum(each.size for each in (*self.rounds, *self.tools))
        return sum(len(text.encode()) for text in texts) + written

    @property
    def served(self) -> tuple[ServerTool, ...]:
        """What the model's own servers may do for it."""
        return tuple(each for each in self.tools if isinstance(each, ServerTool))

    @property
    def pictures(self) -> int:
        """How many pictures are to be looked at."""
        return sum(len(turn.images) for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Words:
    """The answer goes on with these words."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cited:
    """The answer rests on this page of the web: its address, http or https, and its title, "" where it has none."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Working:
    """The model's own servers are at work for it, or have been: `title` says at what, `key` which work it is."""

    key: str
    title: str
    state: Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost, in tokens. `cached` and `cache_written` come on top of `read`.

    `cache_minutes`: of `cache_written`, what is kept for five minutes and not for an hour. `searches`: how often the web was
    searched.
    """

    read: int = 0
    written: int = 0
    cached: int = 0
    cache_written: int = 0
    cache_minutes: int = 0
    searches: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What the answer has cost so far, for one that never comes to its end, and the model that gives it. It is no part of it."""

    usage: Usage
    model: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """The last chunk. `stop` is the model's own word for why it stopped; "end_turn" is the good end.

    `micros`: what it cost, in millionths of a US dollar; None where it cost nothing or is not known. `note`: what the person is
    to be told of their budget, once; whoever shows the answer shows it below. `calls`: what the model wants done before it goes
    on, and `said` all that it said in this answer, as blocks of the API, which it wants back with what came of them
    (`core.llm.calls.Round`). `model`: the one that answered, where it says so. `offers`: what may be pressed below the answer.

    An answer that `paused` goes on when it is asked again with a round of what it said and no results.
    """

    stop: str
    usage: Usage = Usage()
    micros: int | None = None
    note: str = ""
    calls: tuple[ToolCall, ...] = ()
    said: tuple[Mapping[str, object], ...] = field(default=(), repr=False)
    model: str = ""
    offers: tuple[Button, ...] = ()

    @property
    def paused(self) -> bool:
        """Whether the model's servers stopped in the middle of their work."""
        return self.stop == PAUSED and bool(self.said)


Chunk: TypeAlias = Words | Cited | Working | Counted | Finish


class Model(Protocol):
    """Something that answers."""

    name: str
    practice: bool

    def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """The answer as it comes, then `Finish`. Closing it early stops the work.

        Raises:
            ModelTrouble: it cannot answer, or not to the end. What came before it is good; after a stop other than
                "end_turn" the trouble follows `Finish`.
        """
        ...

    async def check(self) -> str:
        """What answers, in words, for `elevate check`.

        Raises:
            ModelTrouble: nothing does.
        """
        ...


def key_of(user_id: str) -> str:
    """A key that always is the same for the account and says nothing of it: half of a SHA-256, in hexadecimal digits."""
    return hashlib.sha256(f"elevate:{user_id}".encode()).hexdigest()[:32]
