"""What Claude's own servers search and read, over the real client and the published description."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from core.errors import ModelBrokeOff, ModelRequestRefused, ModelTrouble, ModelWithoutWeb
from core.llm.calls import Round, Tool, ToolResult
from core.llm.claude import Claude
from core.llm.model import Brief, Cited, Finish, Payer, Turn, Usage, Use, Words, Working
from core.llm.prices import MILLION, Prices
from core.llm.web import WEB, web_tools
from tests.scheduler.people import NORA
from tests.servers.claude import ClaudeServer, Reply, Says, checker, faults, stream_of
from tests.servers.claude_replies import Begun, Block, Called, Fetched, Searched, Text, cited, plays, quoted

SONNET = "claude-sonnet-5-5"
LIDS = ("https://jars.example/lids", "Lids compared")
READ = Tool("read_foundation", "Reads it.", {"type": "object", "properties": {}, "additionalProperties": False})
QUESTION = "What do people say about lids?"
BRIEF = Brief(
    turns=(Turn("person", QUESTION),),
    question=QUESTION,
    payer=Payer(NORA, Use.CHAT),
    tools=(READ, *web_tools(("web_search", "fetch_url", "read_foundation"))),
)
SEARCH = Searched("jar lids reviews", (LIDS, ("https://www.forum.example/t/7", "Fuzzy jars")))


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer to its end."""

    text: str
    cited: tuple[Cited, ...]
    work: tuple[tuple[str, str], ...]
    finish: Finish | None
    trouble: ModelTrouble | None


async def heard(claude: Claude, brief: Brief = BRIEF) -> Heard:
    words, cites, work, finish, trouble = "", list[Cited](), list[tuple[str, str]](), None, None
    try:
        async with aclosing(claude.answer(brief)) as chunks:
            async for chunk in chunks:
                match chunk:
                    case Words(text):
                        words += text
                    case Cited():
                        cites.append(chunk)
                    case Working(_, title, state):
                        work.append((title, state))
                    case Finish():
                        finish = chunk
                    case _:
                        pass
    except ModelTrouble as raised:
        trouble = raised
    return Heard(words, tuple(cites), tuple(work), finish, trouble)


@asynccontextmanager
async def claude_who(*replies: Reply, web_allowed: bool = True, web: bool = True) -> AsyncGenerator[tuple[Claude, ClaudeServer]]:
    async with ClaudeServer(*replies, web_allowed=web_allowed) as server:
        claude = Claude("key", SONNET, server.url, web=web)
        yield claude, server
        await claude.close()


async def test_the_request_declares_them_as_the_published_description_wants_them() -> None:
    async with claude_who() as (claude, server):
        assert (await heard(claude)).trouble is None
    fetch, search = server.requests[0]["tools"][1:]
    assert search == {"type": "web_search_20260318", "name": "web_search", "max_uses": 5, "allowed_callers": ["direct"]}
    assert (fetch["type"], fetch["citations"], fetch["max_content_tokens"]) == ("web_fetch_20260318", {"enabled": True}, 12_000)
    assert fetch["url_sources"]["server_tool_results"]["tools"] == [{"type": "tool_reference", "name": "web_search"}]
    assert fetch["url_sources"]["client_tool_results"] == {"type": "none"}, "no link of a record is followed"


async def test_what_is_searched_and_read_is_shown_and_its_sources_are_given() -> None:
    page = Fetched("https://www.jars.example/lids", "Lids, a page", "Glass lids chip.")
    said = plays(Text("I look."), SEARCH, page, Text("People say "), Text("lids chip.", (cited(*LIDS),)), Text(" Some do."))
    async with claude_who(said) as (claude, _):
        answer = await heard(claude)
    assert answer.text == "I look.\n\nPeople say lids chip. Some do."
    assert answer.cited == (Cited(*LIDS),)
    assert answer.work == (
        ("Searching the web", "running"),
        ("Searching the web", "done"),
        ("Reading jars.example", "running"),
        ("Reading jars.example", "done"),
    )
    assert answer.finish is not None
    assert answer.finish.usage == Usage(read=12, written=40, cached=3, cache_written=4, searches=1)
    assert answer.trouble is None


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        (quoted(1, "Two"), "https://two.example/"),
        (quoted(7, "One"), "https://one.example/"),
        (quoted(0, None), "https://one.example/"),
        (quoted(9, "Nobody's"), None),
        (cited("javascript:alert(1)", "One"), None),
        (cited("https://x.example/ <@everyone>", "One"), None),
        (cited("https://found.example/", None), "https://found.example/"),
    ],
)
async def test_a_citation_names_the_page_that_was_read_and_nothing_but_a_page(
    cites: Mapping[str, Any], expected: str | None
) -> None:
    pages = (Fetched("https://one.example/", "One", "a"), Fetched("https://two.example/", "Two", "b"))
    async with claude_who(plays(*pages, Text("So.", (cites,)))) as (claude, _):
        answer = await heard(claude)
    assert [each.url for each in answer.cited] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "failed", [Searched("x", error="max_uses_exceeded"), Fetched("https://a.example/", error="url_not_in_prior_context")]
)
async def test_what_the_servers_could_not_do_is_shown_and_the_answer_goes_on(failed: Searched | Fetched) -> None:
    async with claude_who(plays(failed, Text("I could not look."))) as (claude, _):
        answer = await heard(claude)
    assert [state for _, state in answer.work] == ["running", "failed"]
    assert (answer.text, answer.trouble) == ("I could not look.", None)


async def test_an_answer_that_pauses_goes_on_with_what_it_said() -> None:
    found = {
        "type": "web_search_result",
        "url": "https://b.example/",
        "title": "B",
        "encrypted_content": "Yg==",
        "page_age": None,
    }
    late = {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1_3", "content": [found], "caller": {"type": "direct"}}
    async with claude_who(
        plays(Text("I look."), SEARCH, Begun("lids"), stop="pause_turn"),
        plays(
            Block(late),
            Text("Found. ", (cited("https://a.example/", None), quoted(0, None))),
            Called("read_foundation", "{}"),
            stop="tool_use",
        ),
        Says(("Lids chip.",)),
    ) as (claude, server):
        first = await heard(claude)
        assert first.finish is not None
        assert first.finish.paused
        assert first.trouble is None
        assert [each["type"] for each in first.finish.said][-1] == "server_tool_use"
        brief = replace(BRIEF, rounds=(Round(first.finish.said, (), SONNET),))
        second = await heard(claude, brief)
        assert second.finish is not None
        results = tuple(ToolResult(each.id, "They sell kits.") for each in second.finish.calls)
        third = await heard(claude, replace(brief, rounds=(*brief.rounds, Round(second.finish.said, results, SONNET))))
    assert (third.text, third.trouble) == ("Lids chip.", None)
    turns = server.requests[2]["messages"]
    assert [each["role"] for each in turns] == ["user", "assistant", "user"]
    before, after = ["thinking", "text", "server_tool_use", "web_search_tool_result", "server_tool_use"], ["text", "tool_use"]
    assert [each["type"] for each in turns[1]["content"]] == [*before, "thinking", "web_search_tool_result", *after]
    assert turns[1]["content"][7]["citations"][0]["title"] is None, "what must be there though it is empty is sent back"


async def test_a_pause_right_in_a_search_is_sent_back_as_it_stands() -> None:
    async with claude_who(plays(Begun("lids"), stop="pause_turn"), Says(("Here.",))) as (claude, server):
        first = await heard(claude)
        assert first.finish is not None
        second = await heard(claude, replace(BRIEF, rounds=(Round(first.finish.said, (), SONNET),)))
    assert (second.text, second.trouble) == ("Here.", None)
    assert [each["role"] for each in server.requests[1]["messages"]] == ["user", "assistant"]


async def test_a_pause_of_an_answer_that_searches_nothing_is_a_break() -> None:
    async with claude_who(Says(("A hook",), stop="pause_turn")) as (claude, _):
        answer = await heard(claude, replace(BRIEF, tools=(READ,)))
    assert type(answer.trouble) is ModelBrokeOff


async def test_where_the_web_may_not_be_searched_it_is_said_so() -> None:
    async with claude_who(web_allowed=False) as (claude, _):
        refused = await heard(claude)
        assert type(refused.trouble) is ModelWithoutWeb
        assert "ELEVATE_WEB_SEARCH" in refused.trouble.message
        assert (await heard(claude, replace(BRIEF, tools=(READ,)))).trouble is None


async def test_without_the_setting_nobody_is_asked_to_search() -> None:
    async with claude_who(web=False, web_allowed=False) as (claude, server):
        assert (await heard(claude)).trouble is None
    assert [each["name"] for each in server.requests[0]["tools"]] == ["read_foundation"]


def test_searches_are_reserved_and_paid() -> None:
    prices = Prices()
    plain = replace(BRIEF, tools=(READ,))
    more = prices.most(SONNET, BRIEF) - prices.most(SONNET, plain)
    assert more > 5 * prices.file.search * MILLION + 100_000 * prices.of(SONNET).read
    assert prices.cost(SONNET, Usage(searches=3)) == Decimal("0.03") * MILLION


def test_of_a_file_that_was_fetched_the_pages_are_counted_and_not_its_letters() -> None:
    def said(source: Mapping[str, Any]) -> Round:
        page = {"type": "web_fetch_result", "url": "https://a.example/", "content": {"type": "document", "source": source}}
        return Round(({"type": "web_fetch_tool_result", "tool_use_id": "srvtoolu_1", "content": page},), ())

    text = said({"type": "text", "media_type": "text/plain", "data": "x" * 100_000})
    file = said({"type": "base64", "media_type": "application/pdf", "data": "x" * 100_000})
    assert 100_000 < text.size < 101_000
    assert 10_000 < file.size < 11_000
    assert replace(BRIEF, rounds=(file,)).size == BRIEF.size + file.size


def test_a_page_is_read_only_where_somebody_named_it() -> None:
    [fetch] = web_tools(("fetch_url", "save_asset"))
    assert fetch.settings["url_sources"] == {
        "user_input": {"type": "all"},
        "client_tool_results": {"type": "none"},
        "server_tool_results": {"type": "none"},
    }
    assert web_tools(("read_foundation",)) == ()
    assert web_tools(("fetch_url", "web_search")) == web_tools(("web_search", "fetch_url"))
    assert WEB.keys() == {"web_search", "fetch_url"}


ASSISTANT = {"role": "assistant", "content": [{"type": "text", "text": "I look."}]}
USER = {"role": "user", "content": [{"type": "text", "text": "Look."}]}
BEGUN = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "lids"}}
DONE = {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": []}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, False),
        ({"tools": [{"type": "web_search_20990101", "name": "web_search"}]}, True),
        ({"tools": [{"type": "web_search_20260318", "name": "web_search", "max_searches": 3}]}, True),
        ({"tools": [{"type": "web_search_20260318", "name": "web_search", "max_uses": 0}]}, True),
        ({"tools": [{"type": "web_search_20260318", "name": "web_search"}] * 2}, True),
        (
            {
                "tools": [
                    {"type": "web_search_20260318", "name": "web_search", "allowed_domains": ["a"], "blocked_domains": ["b"]}
                ]
            },
            True,
        ),
        (
            {
                "tools": [
                    {
                        "type": "web_fetch_20260318",
                        "name": "web_fetch",
                        "url_sources": {
                            "server_tool_results": {"type": "only", "tools": [{"type": "tool_reference", "name": "x"}]}
                        },
                    }
                ]
            },
            True,
        ),
        ({"messages": [USER, {"role": "assistant", "content": [BEGUN, DONE]}, USER]}, False),
        ({"messages": [USER, {"role": "assistant", "content": [BEGUN, DONE]}]}, False),
        ({"messages": [USER, {"role": "assistant", "content": [BEGUN]}]}, False),
        ({"messages": [USER, ASSISTANT]}, True),
        ({"messages": [USER, {"role": "assistant", "content": [DONE]}, USER]}, True),
        ({"messages": [USER, {"role": "assistant", "content": [DONE, BEGUN]}, USER]}, True),
        ({"messages": [USER, {"role": "assistant", "content": [BEGUN]}, USER]}, True),
        ({"messages": [USER, {"role": "assistant", "content": [BEGUN, {**DONE, "content": [{"type": "?"}]}]}]}, True),
    ],
)
def test_the_stand_in_refuses_what_the_api_refuses(changes: Mapping[str, Any], wrong: bool) -> None:
    body = {"model": SONNET, "max_tokens": 100, "stream": True, "messages": [USER], **changes}
    assert bool(faults(body)) is wrong, faults(body)


def test_the_stand_in_sends_searches_as_the_published_description_knows_them() -> None:
    page = Fetched("https://jars.example/", "Jars", "Glass.")
    failed = (Searched("x", error="unavailable"), Fetched("https://a.example/", error="url_not_accessible"))
    said = plays(
        SEARCH, page, *failed, Text("So.", (cited(*LIDS), quoted(0, "Jars"))), Called("read_foundation", '{"grid": "all"}')
    )
    for event in stream_of(SONNET, said):
        if event["type"] != "ping":
            assert [each.message for each in checker("RawMessageStreamEvent").iter_errors(event)] == [], event


async def test_what_the_api_refuses_for_another_reason_is_not_the_web() -> None:
    async with claude_who() as (claude, server):
        answer = await heard(claude, replace(BRIEF, tools=(*BRIEF.tools, READ)))
    assert type(answer.trouble) is ModelRequestRefused
    assert len(server.requests) == 1
