"""The events of a stream: in whatever pieces the bytes come, the same events."""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.llm.events import NoEvent, events

STREAM = (
    'event: ping\ndata: {"type": "ping"}\n\n: nobody reads this\r\nid: 7\r\n'
    'data:{"type": "text", "text": "caf\u00e9 \u2028 \u0085"}\r\n\r\n'
    'data: {"type":\ndata: "two lines"}\n\nretry: 5\n\ndata: {"type": "cr"}\r\rdata: {"type": "never ended"}\n'
).encode()
READ = [{"type": "ping"}, {"type": "text", "text": "café \u2028 \u0085"}, {"type": "two lines"}, {"type": "cr"}]


async def _in(pieces: Sequence[bytes]) -> AsyncGenerator[bytes, None]:
    for each in pieces:
        yield each


async def _read(pieces: Sequence[bytes]) -> list[dict[str, Any]]:
    return [event async for event in events(_in(pieces))]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, len(STREAM)), max_size=12).map(sorted))
async def test_where_the_bytes_are_cut_makes_no_difference(cuts: list[int]) -> None:
    edges = [0, *cuts, len(STREAM)]
    assert await _read([STREAM[a:b] for a, b in itertools.pairwise(edges)]) == READ


@pytest.mark.parametrize("data", ["no json", "[]", "{}", '{"type": 5}', '{"type": "x"', "\x00"])
async def test_what_is_no_event_is_refused(data: str) -> None:
    with pytest.raises(NoEvent):
        await _read([f"data: {data}\n\n".encode()])


async def test_a_line_that_never_ends_is_not_kept() -> None:
    pieces = _in([b"data: " + b"x" * 100] * 20)
    with pytest.raises(NoEvent):
        await anext(aiter(events(pieces, longest=1_000)))
    assert len([each async for each in pieces]) == 0, "the stream is closed"
