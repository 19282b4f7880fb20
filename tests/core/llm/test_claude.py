"""Claude's client against a stand-in that speaks the real protocol."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace

import pytest

from core.errors import (
    ModelBrokeOff,
    ModelBusy,
    ModelDeclined,
    ModelKeyRefused,
    ModelOutOfCredit,
    ModelRequestRefused,
    ModelTooLong,
    ModelTrouble,
    ModelUnreachable,
)
from core.llm.claude import Claude
from core.llm.model import Brief, Counted, Finish, Image, Part, Payer, Turn, Usage, Use, Words, key_of
from tests.scheduler.people import NORA
from tests.servers.claude import (
    ClaudeServer,
    Drops,
    Fails,
    Garbles,
    Refuses,
    Reply,
    Says,
    checker,
    stream_of,
)

KEY = "sk-ant-a-secret-that-nobody-may-see"
AT_ONCE = {"retry-after-ms": "1"}


@asynccontextmanager
async def claude_who(
    *replies: Reply, key: str = KEY, model: str = "claude-sonnet-5-5"
) -> AsyncGenerator[tuple[Claude, ClaudeServer]]:
    async with ClaudeServer(*replies) as server:
        claude = Claude(key, model, server.url)
        yield claude, server
        await claude.close()


def brief(*, text: str = "What is a hook?") -> Brief:
    return Brief(
        system=(Part("Rules of the house"), Part("You are Teacher"), Part("The student sells starters", stable=False)),
        turns=(Turn("person", "Hello"), Turn("agent", "Good morning."), Turn("person", text)),
        question=text,
        payer=Payer(NORA, Use.CHAT),
    )


async def heard(claude: Claude, of: Brief | None = None) -> tuple[str, Finish | None, ModelTrouble | None]:
    """What came, how it ended, and the trouble it ended with."""
    words, finish = "", None
    try:
        async with aclosing(claude.answer(of or brief())) as chunks:
            async for chunk in chunks:
                match chunk:
                    case Words():
                        words += chunk.text
                    case Counted():
                        assert not words, "what was read is counted before the first word"
                    case Finish():
                        finish = chunk
                    case _:
                        raise AssertionError(chunk)
    except ModelTrouble as trouble:
        return words, finish, trouble
    return words, finish, None


async def test_an_answer_comes_in_pieces_and_ends_with_what_it_cost() -> None:
    async with claude_who(Says(("A hook ", "stops ", "the thumb."))) as (claude, server):
        words, finish, trouble = await heard(claude)
    assert (words, trouble) == ("A hook stops the thumb.", None)
    assert finish == Finish("end_turn", Usage(read=12, written=23, cached=3, cache_written=4), model="claude-sonnet-5-5")
    assert len(server.requests) == 1


async def test_a_request_is_as_the_published_description_wants_it() -> None:
    async with claude_who() as (claude, server):
        _, _, trouble = await heard(claude)
    assert trouble is None
    [body] = server.requests
    assert body["model"] == "claude-sonnet-5-5"
    assert [block["text"] for block in body["system"]] == ["Rules of the house", "You are Teacher", "The student sells starters"]
    assert ["cache_control" in block for block in body["system"]] == [True, True, False]
    assert body["metadata"] == {"user_id": key_of(NORA.user_id)}
    assert body["thinking"] == {"type": "adaptive", "display": "omitted"}
    assert not {"temperature", "top_p", "top_k", "tool_choice"} & body.keys()
    assert server.keys == [KEY]


async def test_pictures_go_before_the_words_as_the_published_description_wants_them() -> None:
    seen = Turn("person", "What is on them?", (Image("image/png", b"one"), Image("image/webp", b"two")))
    async with claude_who() as (claude, server):
        _, _, trouble = await heard(claude, replace(brief(), turns=(Turn("person", "Hello"), seen)))
    assert trouble is None
    [message] = server.requests[0]["messages"]
    assert [block["type"] for block in message["content"]] == ["text", "image", "image", "text"]
    assert message["content"][2]["source"] == {"type": "base64", "media_type": "image/webp", "data": "dHdv"}
    assert [block["text"] for block in message["content"] if "text" in block] == ["Hello", "What is on them?"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Refuses(400), ModelRequestRefused),
        (Refuses(401), ModelKeyRefused),
        (Refuses(402), ModelOutOfCredit),
        (Refuses(403), ModelKeyRefused),
        (Refuses(404), ModelRequestRefused),
        (Refuses(400, says="prompt is too long: 1208311 tokens > 1000000 maximum"), ModelTooLong),
        (Refuses(400, says="input length and `max_tokens` exceed context limit: 998000 + 8000 > 1000000"), ModelTooLong),
        (Refuses(413), ModelTooLong),
        (Refuses(418), ModelRequestRefused),
    ],
)
async def test_a_refusal_is_told_at_once_and_not_tried_again(reply: Reply, expected: type[ModelTrouble]) -> None:
    async with claude_who(reply) as (claude, server):
        words, _, trouble = await heard(claude)
    assert words == ""
    assert type(trouble) is expected
    assert len(server.requests) == 1


async def test_pictures_that_are_too_much_are_no_conversation_that_is_too_long() -> None:
    seen = Turn("person", "What is on it?", (Image("image/png", b"one"),))
    async with claude_who(Refuses(413)) as (claude, _):
        _, _, trouble = await heard(claude, replace(brief(), turns=(seen,)))
    assert type(trouble) is ModelRequestRefused
    assert "pictures" in trouble.message


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503, 529])
async def test_a_busy_claude_is_asked_three_times_in_all(status: int) -> None:
    async with claude_who(*[Refuses(status, AT_ONCE)] * 3) as (claude, server):
        _, _, trouble = await heard(claude)
    assert type(trouble) is ModelBusy
    assert len(server.requests) == 3


async def test_a_busy_claude_who_then_answers_is_no_trouble() -> None:
    async with claude_who(Refuses(529, AT_ONCE), Refuses(429, AT_ONCE), Says(("Here.",))) as (claude, server):
        words, _, trouble = await heard(claude)
    assert (words, trouble, len(server.requests)) == ("Here.", None, 3)


@pytest.mark.parametrize("wait", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT"])
async def test_nobody_waits_for_an_hour(wait: str) -> None:
    async with claude_who(Refuses(429, {"retry-after": wait})) as (claude, server):
        _, _, trouble = await heard(claude)
    assert type(trouble) is ModelBusy
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Drops(("A hook ", "stops")), ModelBrokeOff),
        (Drops(("A hook ", "stops"), politely=True), ModelBrokeOff),
        (Fails(("A hook ", "stops")), ModelBusy),
        (Fails(("A hook ", "stops"), "api_error"), ModelBrokeOff),
        (Fails(("A hook ", "stops"), "a_word_of_the_future"), ModelBrokeOff),
        (Garbles(("A hook ", "stops"), b"event: message_delta\ndata: {not json\n\n"), ModelBrokeOff),
        (Garbles(("A hook ", "stops"), b"event: message_delta\ndata: \xff\xfe\n\n"), ModelBrokeOff),
        (Garbles(("A hook ", "stops"), b'event: content_block_delta\ndata: {"type": "content_block_delta"}\n\n'), ModelBrokeOff),
        (Garbles(("A hook ", "stops"), b"event: message_stop\ndata: [1, 2]\n\n"), ModelBrokeOff),
        (
            Garbles(
                ("A hook ", "stops"),
                b'event: content_block_delta\ndata: {"type": "content_block_delta", "index": 9, "delta": '
                b'{"type": "text_delta", "text": "x"}}\n\n',
            ),
            ModelBrokeOff,
        ),
        (Says(("A hook ", "stops"), stop="max_tokens"), ModelBrokeOff),
        (Says(("A hook ", "stops"), stop="model_context_window_exceeded"), ModelTooLong),
        (Says(("A hook ", "stops"), stop="pause_turn"), ModelBrokeOff),
        (Says(("A hook ", "stops"), stop="a_word_of_the_future"), ModelBrokeOff),
        (Says(("A hook ", "stops"), stop="refusal"), ModelDeclined),
    ],
)
async def test_what_came_before_an_answer_broke_off_is_not_lost_nor_asked_for_twice(
    reply: Reply, expected: type[ModelTrouble]
) -> None:
    async with claude_who(reply) as (claude, server):
        words, _, trouble = await heard(claude)
    assert words == "A hook stops"
    assert type(trouble) is expected
    assert len(server.requests) == 1


async def test_a_stop_before_the_end_still_says_what_it_cost() -> None:
    async with claude_who(Says(("A hook",), stop="max_tokens")) as (claude, _):
        _, finish, _ = await heard(claude)
    assert finish is not None
    assert finish.usage.written == 6


async def test_an_answer_without_words_is_a_trouble() -> None:
    async with claude_who(Says(())) as (claude, _):
        words, _, trouble = await heard(claude)
    assert words == ""
    assert type(trouble) is ModelBrokeOff


async def test_nobody_there_is_told_as_unreachable(unused_tcp_port: int) -> None:
    claude = Claude(KEY, base_url=f"http://127.0.0.1:{unused_tcp_port}")
    _, _, trouble = await heard(claude)
    await claude.close()
    assert type(trouble) is ModelUnreachable


@pytest.mark.parametrize("address", ["nowhere", "ftp://127.0.0.1"])
async def test_an_address_that_is_none_names_the_setting(address: str) -> None:
    claude = Claude(KEY, base_url=address)
    _, _, trouble = await heard(claude)
    await claude.close()
    assert type(trouble) is ModelUnreachable
    assert "ANTHROPIC_BASE_URL" in trouble.message


async def test_a_key_that_no_header_can_hold_is_a_refused_key() -> None:
    async with claude_who(key="schlüssel\n") as (claude, _):
        _, _, trouble = await heard(claude)
    assert type(trouble) is ModelKeyRefused


async def test_a_claude_who_falls_silent_is_left() -> None:
    held = asyncio.Event()
    async with ClaudeServer(Says(("A hook ", "stops"), hold=held)) as server:
        claude = Claude(KEY, base_url=server.url, silence=0.05)
        words, _, trouble = await heard(claude)
        await claude.close()
        held.set()
    assert words == "A hook "
    assert type(trouble) is ModelBrokeOff


async def test_an_answer_that_takes_too_long_is_left() -> None:
    held = asyncio.Event()
    async with ClaudeServer(Says(("A hook ", "stops"), hold=held)) as server:
        claude = Claude(KEY, base_url=server.url, longest=0.4)
        async with asyncio.timeout(30):  # half of what Claude may be silent for, by which it would be left too
            words, _, trouble = await heard(claude)
        await claude.close()
        held.set()
    assert words == "A hook "
    assert type(trouble) is ModelBrokeOff


async def test_leaving_an_answer_hangs_up() -> None:
    held = asyncio.Event()
    async with claude_who(Says(("A hook ", "stops"), hold=held)) as (claude, server):
        async with aclosing(claude.answer(brief())) as chunks:
            assert await anext(chunks) == Counted(Usage(read=12, written=1, cached=3, cache_written=4), "claude-sonnet-5-5")
            assert await anext(chunks) == Words("A hook ")
        await asyncio.wait_for(server.cancelled.wait(), 5)


async def test_a_key_shows_up_nowhere(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        async with claude_who(Says(("Here.",)), Refuses(401), Drops(("x",))) as (claude, _):
            told = [repr(await heard(claude)) for _ in range(3)]
            said = repr(claude)
    out, err = capfd.readouterr()
    for text in (caplog.text, out, err, said, *told):
        assert KEY not in text
        assert "What is a hook?" not in "".join((out, err, said, *told))


async def test_check_names_the_model_that_answers() -> None:
    async with claude_who() as (claude, _):
        assert await claude.check() == "Claude Sonnet 5.5 (claude-sonnet-5-5) answers"


async def test_check_tells_a_wrong_key_from_a_wrong_model() -> None:
    async with claude_who(key="wrong") as (claude, _):
        with pytest.raises(ModelKeyRefused):
            await claude.check()
    async with claude_who(model="claude-nobody") as (claude, _):
        with pytest.raises(ModelRequestRefused, match="ELEVATE_MODEL"):
            await claude.check()


def test_making_claude_imports_no_sdk() -> None:
    program = "import sys; from core.llm.claude import Claude; Claude('k'); print('anthropic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_stand_in_sends_what_the_published_description_knows() -> None:
    for event in stream_of("claude-sonnet-5-5", Says(("A hook ", "stops"))):
        if event["type"] != "ping":
            assert [each.message for each in checker("RawMessageStreamEvent").iter_errors(event)] == [], event
