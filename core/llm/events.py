"""The events of a streamed answer, read from the bytes as they come.

The SDK makes a checked value of every event, and beside it the whole of the answer so far: for 200 pieces of a word or two that
takes as much of the processor as everything else that a turn does. So the SDK opens the stream, with its retries and its
refusals, and what comes is read here (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import orjson

LONGEST = 32_000_000
"""Bytes of one event: the API's own answers stay far below, and what never ends a line is not kept."""


class NoEvent(ValueError):
    """What came is no event of the API."""


async def events(
    pieces: AsyncGenerator[bytes, None], *, deadline: float | None = None, longest: int = LONGEST
) -> AsyncIterator[dict[str, Any]]:
    """Each event's data. One without data, a comment, or a field that nobody knows is passed over, and so is what never ended.

    Raises:
        NoEvent: its data are no JSON object, or it is longer than `longest` bytes.
        TimeoutError: the loop's time has passed the deadline.
    """
    rest, held_back = b"", list[bytes]()
    data: list[bytes] = []
    async with aclosing(pieces):
        while True:
            async with asyncio.timeout_at(deadline):  # around this alone: a generator may be left in between
                piece = await anext(pieces, None)
            if piece is None:
                return
            held_back.append(piece)
            inside = b"\n" not in piece and b"\r" not in piece and not rest.endswith(b"\r")
            if inside and sum(map(len, held_back)) + len(rest) <= longest:
                continue  # of a page that was fetched, one line may be megabytes: it is put together once
            rest = (rest + b"".join(held_back)).replace(b"\r\n", b"\n")
            held_back.clear()
            held = b"\r" if rest.endswith(b"\r") else b""  # half of an end of line, perhaps
            *lines, rest = rest[: len(rest) - len(held)].replace(b"\r", b"\n").split(b"\n")
            rest += held
            if len(rest) > longest:
                raise NoEvent
            for line in lines:
                if line.startswith(b"data:"):
                    data.append(line[5:].removeprefix(b" "))
                elif not line and data:
                    yield _read(b"\n".join(data))
                    data = []


def _read(data: bytes) -> dict[str, Any]:
    try:
        event = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise NoEvent from None
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise NoEvent
    return event
