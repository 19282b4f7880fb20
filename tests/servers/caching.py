"""What the Messages API would read from its cache for a request, by the marks in it and by what came before.

As documented (https://docs.claude.com/en/docs/build-with-claude/prompt-caching): the prefix of a request is its tools, then its
system, then its messages, block by block. At each mark (`cache_control`; at most four) everything up to it is written, unless
it is shorter than the model's minimum; it is read again where a later request has the same prefix, found at a mark of its own or
at most 19 blocks before one. What was written lives for five minutes or an hour, and begins anew whenever it is read.

Tokens are estimated as bytes / 4, and a picture as 1,500: what counts here is the ratio.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

BYTES_OF_A_TOKEN = 4
PICTURE = 1_500
MARKS_AT_MOST = 4
LOOKED_BACK = 20
"""Blocks that are looked at for each mark, its own the first."""
LIVES: Mapping[str, timedelta] = {"5m": timedelta(minutes=5), "1h": timedelta(hours=1)}
LEAST: Mapping[str, int] = {"claude-haiku-4-5": 4_096, "claude-opus-4-5": 4_096, "claude-sonnet-4-6": 1_024}
LEAST_ELSE = 512
"""Tokens below which nothing is kept: of the models of the 5.5 line; older ones want more."""

Body: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """How the tokens of one request were read: anew, from the cache, and written into it for an hour or for five minutes."""

    anew: int = 0
    cached: int = 0
    hour: int = 0
    minutes: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.anew + self.cached + self.hour + self.minutes

    def __add__(self, other: Read) -> Read:
        return Read(self.anew + other.anew, self.cached + other.cached, self.hour + other.hour, self.minutes + other.minutes)

    def usage(self) -> dict[str, Any]:
        """The same as the API reports it."""
        return {
            "input_tokens": self.anew,
            "cache_read_input_tokens": self.cached,
            "cache_creation_input_tokens": self.hour + self.minutes,
            "cache_creation": {"ephemeral_1h_input_tokens": self.hour, "ephemeral_5m_input_tokens": self.minutes},
        }


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of a prefix: the key of everything up to it, its own tokens, and for how long it asks to be kept, if it does."""

    key: str
    tokens: int
    ttl: str | None


@dataclass(slots=True)
class _Entry:
    ttl: str
    until: datetime


class TooManyMarks(ValueError):
    """The API answers such a request with 400."""


@dataclass(slots=True)
class PromptCache:
    """The cache of one account. `clock` says when a request comes."""

    clock: Callable[[], datetime]
    _kept: dict[str, _Entry] = field(default_factory=dict)

    def read(self, body: Body) -> Read:
        """What is read from the cache for this request, and what it writes.

        Raises:
            TooManyMarks: it has more marks than four, or one for an hour behind one for five minutes.
        """
        now, blocks = self.clock(), list(_blocks(body))
        marks = [index for index, block in enumerate(blocks) if block.ttl]
        ttls = [blocks[index].ttl for index in marks]
        if len(marks) > MARKS_AT_MOST or ttls != sorted(ttls, key=lambda each: each == "5m"):
            raise TooManyMarks()
        hit = self._hit(blocks, marks, now)
        cached = sum(block.tokens for block in blocks[: hit + 1])
        written, done = {"1h": 0, "5m": 0}, hit
        for index in marks:
            block = blocks[index]
            assert block.ttl is not None
            if sum(each.tokens for each in blocks[: index + 1]) < LEAST.get(str(body["model"]), LEAST_ELSE):
                continue
            if index > done:
                written[block.ttl] += sum(each.tokens for each in blocks[done + 1 : index + 1])
                done = index
                self._kept[block.key] = _Entry(block.ttl, now + LIVES[block.ttl])
        anew = sum(block.tokens for block in blocks[done + 1 :])
        return Read(anew, cached, written["1h"], written["5m"])

    def _hit(self, blocks: list[_Block], marks: list[int], now: datetime) -> int:
        """The last block of the longest prefix that is there, or -1. What is there at a mark lives on."""
        best = -1
        for mark in marks:
            for index in range(mark, max(mark - LOOKED_BACK, -1), -1):
                entry = self._kept.get(blocks[index].key)
                if entry is not None and entry.until > now:
                    entry.until = now + LIVES[entry.ttl]
                    best = max(best, index)
                    break
        return best


def _blocks(body: Body) -> Iterator[_Block]:
    """The request's blocks in order. What is asked of the thinking is part of the messages' prefix, and the model of all."""
    key = hashlib.sha256(str(body["model"]).encode())
    automatic = body.get("cache_control")
    parts = [("tool", each) for each in body.get("tools", ())]
    parts += [("system", each) for each in body.get("system", ())]
    about = [body.get("thinking"), body.get("output_config")]
    parts += [(f"{each['role']} {about}", block) for each in body["messages"] for block in each["content"]]
    for number, (where, block) in enumerate(parts, start=1):
        plain = {name: value for name, value in block.items() if name != "cache_control"}
        written = json.dumps(plain, sort_keys=True, ensure_ascii=False)
        key.update(f"{where}\0{written}\0".encode())
        mark = block.get("cache_control") or (automatic if number == len(parts) else None)
        yield _Block(key.hexdigest(), _tokens(block, written), str(mark.get("ttl", "5m")) if mark else None)


def _tokens(block: Body, written: str) -> int:
    if block.get("type") == "image":
        return PICTURE
    text = block.get("text")
    return len((text if isinstance(text, str) else written).encode()) // BYTES_OF_A_TOKEN + 1
