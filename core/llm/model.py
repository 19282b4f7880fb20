"""The port of the model that answers, whichever it is: what it is given, and what comes back piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

ASK_TOKENS = 8_000
"""The most that an answer in a conversation may take, thinking included; a page of text is about 700 tokens."""
RUN_TOKENS = 16_000
"""The same for a run of a prompt, whose output may be a whole sequence of e-mails."""


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

    `images` are a person's only, and come before the text that speaks of them.
    """

    by: Literal["person", "agent"]
    text: str = field(repr=False)
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything that the model is given for one answer.

    `system`: the instructions, stable parts first. `turns`: the talk so far; the last one is the person's and not blank.
    `question`: the person's own words (kind "ask") or the complete filled prompt (kind "run"), without any framing; the
    practice model reads this and nothing else. `person`: an opaque key (`key_of`), never a name or an address. `schema`: the
    answer is one JSON document of this shape; the practice model takes no notice of it.

    Raises:
        ValueError: a stable part follows one that is not, or the last turn is not the person's words.
    """

    turns: tuple[Turn, ...]
    question: str = field(repr=False)
    person: str
    kind: Literal["ask", "run"] = "ask"
    system: tuple[Part, ...] = ()
    max_tokens: int = ASK_TOKENS
    schema: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        if not self.turns or self.turns[-1].by != "person" or not self.turns[-1].text.strip():
            raise ValueError("the last turn of a brief is the person's, and not blank")
        order = [part.stable for part in self.system]
        if order != sorted(order, reverse=True):
            raise ValueError("the stable parts of a brief come first")


@dataclass(frozen=True, slots=True)
class Words:
    """The answer goes on with these words."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost, in tokens. `cached` and `cache_written` come on top of `read`."""

    read: int = 0
    written: int = 0
    cached: int = 0
    cache_written: int = 0


@dataclass(frozen=True, slots=True)
class Finish:
    """The last chunk. `stop` is the model's own word for why it stopped; "end_turn" is the good end."""

    stop: str
    usage: Usage = Usage()


Chunk: TypeAlias = Words | Finish


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
