"""Answers that are broken, cut or of a kind that nobody knows yet, over the real client."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

import pytest

from core.errors import ModelBrokeOff, ModelTrouble
from core.llm.calls import Round, Tool, ToolResult
from core.llm.claude import Claude
from core.llm.model import Brief, Finish, Payer, Turn, Use, Words
from tests.scheduler.people import NORA
from tests.servers.claude import ClaudeServer, Garbles, Reply, Says
from tests.servers.claude_replies import Block, Called, Played, Text, plays

READ = Tool("read_foundation", "Reads it.", {"type": "object", "properties": {"grid": {"type": "string"}}})
BRIEF = Brief(turns=(Turn("person", "Who am I?"),), question="Who am I?", payer=Payer(NORA, Use.CHAT), tools=(READ,))
HEAD = b"event: content_block_delta\ndata: "
DELTA = b'{"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": " and on"}}'


@asynccontextmanager
async def claude_who(*replies: Reply) -> AsyncGenerator[tuple[Claude, ClaudeServer]]:
    async with ClaudeServer(*replies) as server:
        claude = Claude("key", base_url=server.url)
        yield claude, server
        await claude.close()


async def heard(claude: Claude, brief: Brief = BRIEF) -> tuple[str, Finish | None, ModelTrouble | None]:
    words, finish = "", None
    try:
        async with aclosing(claude.answer(brief)) as chunks:
            async for chunk in chunks:
                if isinstance(chunk, Words):
                    words += chunk.text
                elif isinstance(chunk, Finish):
                    finish = chunk
    except ModelTrouble as trouble:
        return words, finish, trouble
    return words, finish, None


@pytest.mark.parametrize(
    ("written", "arguments", "garbled"),
    [
        ('{"grid": "all"}', {"grid": "all"}, False),
        ("", {}, False),
        ('{"grid": "cust', {}, True),
        ('{"grid": "all"', {}, True),
        ('["all"]', {}, True),
        ('"all"', {}, True),
        ("{grid!}", {}, True),
    ],
)
async def test_arguments_that_are_no_whole_object_are_marked_and_sent_back_as_one(
    written: str, arguments: dict[str, object], garbled: bool
) -> None:
    async with claude_who(plays(Called("read_foundation", written), stop="tool_use"), Says(("You are Nora.",))) as (claude, _):
        _, finish, trouble = await heard(claude)
        assert trouble is None
        assert finish is not None
        [call] = finish.calls
        assert (call.arguments, call.garbled) == (arguments, garbled)
        brief = Brief(
            turns=BRIEF.turns,
            question=BRIEF.question,
            payer=BRIEF.payer,
            tools=BRIEF.tools,
            rounds=(Round(finish.said, (ToolResult(call.id, "Again, please.", failed=garbled),)),),
        )
        assert (await heard(claude, brief))[0] == "You are Nora."


async def test_a_call_whose_block_never_ended_is_marked() -> None:
    async with claude_who(plays(Called("read_foundation", '{"grid": "all"}', whole=False), stop="tool_use")) as (claude, _):
        _, finish, _ = await heard(claude)
    assert finish is not None
    assert [each.garbled for each in finish.calls] == [True]


@pytest.mark.parametrize("stop", ["max_tokens", "refusal", "end_turn", "a_word_of_the_future"])
async def test_a_call_is_made_only_where_the_answer_stopped_for_it(stop: str) -> None:
    said = plays(Text("I look."), Called("read_foundation", '{"grid": "all"}'), stop=stop)
    async with claude_who(said) as (claude, _):
        words, finish, trouble = await heard(claude)
    assert finish is not None
    assert (words, finish.calls, finish.said) == ("I look.", (), ())
    assert (trouble is None) is (stop == "end_turn")


async def test_a_stop_for_calls_without_any_is_a_break() -> None:
    async with claude_who(plays(Text("I look."), stop="tool_use")) as (claude, _):
        words, _, trouble = await heard(claude)
    assert (words, type(trouble)) == ("I look.", ModelBrokeOff)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "redacted_thinking", "data": "c2VjcmV0"},
        {"type": "block_of_the_future", "holds": {"many": ["things"]}, "text": "not words"},
        {"type": "code_execution_tool_result", "tool_use_id": "srvtoolu_9", "content": {"type": "what", "error_code": "?"}},
        {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_9", "content": {"type": "web_search_tool_result_error"}},
        {"type": "web_fetch_tool_result", "tool_use_id": "srvtoolu_9", "content": {"type": "web_fetch_result"}},
        {"type": "server_tool_use", "id": "srvtoolu_9", "name": "tool_of_the_future", "input": None},
    ],
)
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # the SDK copies such blocks, and only wonders
async def test_a_block_that_nobody_knows_is_passed_over(block: dict[str, object]) -> None:
    async with claude_who(plays(Text("You are "), Block(block), Text("Nora."))) as (claude, _):
        words, finish, trouble = await heard(claude)
    assert (" ".join(words.split()), trouble) == ("You are Nora.", None)
    assert finish is not None


@pytest.mark.parametrize("blocks", [(), (Text(""),)])
async def test_an_answer_of_nothing_says_so(blocks: tuple[Played, ...]) -> None:
    async with claude_who(plays(*blocks)) as (claude, _):
        _, _, trouble = await heard(claude)
    assert type(trouble) is ModelBrokeOff


@pytest.mark.parametrize(
    "raw",
    [
        HEAD[:9],
        HEAD,
        HEAD + DELTA[:40],
        HEAD + DELTA,  # whole, but for the blank line that ends an event
        HEAD + DELTA + b"\n",
        b"\xff\xfe",
    ],
)
async def test_a_socket_that_is_cut_in_the_middle_of_an_event_keeps_what_came_before(raw: bytes) -> None:
    async with claude_who(Garbles(("You are ", "Nora"), raw, drops=True)) as (claude, server):
        words, finish, trouble = await heard(claude)
    assert words in {"You are Nora", "You are Nora and on"}
    assert (finish, type(trouble)) == (None, ModelBrokeOff)
    assert len(server.requests) == 1
