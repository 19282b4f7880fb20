"""Where requests are marked for Claude's cache, and what the cache makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.llm.calls import Round, Tool, ToolResult
from core.llm.claude import Claude
from core.llm.model import Brief, Finish, Image, Part, Payer, Turn, Use
from core.llm.wire import HOUR, LARGE, MINUTES, request
from tests.core.conftest import AT
from tests.scheduler.people import NORA
from tests.servers.caching import LEAST_ELSE, PromptCache, Read, TooManyMarks
from tests.servers.claude import ClaudeServer

MODEL = "claude-sonnet-5-5"
LONG = "All of it is long enough to be kept. " * 100
TOOL = Tool("look", "Look", {"type": "object"})


class Clock:
    """The time, as a test moves it."""

    now = AT


def brief(*turns: Turn, tools: tuple[Tool, ...] = (TOOL,), rounds: tuple[Round, ...] = ()) -> Brief:
    """A brief with these turns, and behind them what passes."""
    return Brief(
        system=(Part(f"House. {LONG}"), Part(f"Agent. {LONG}"), Part(f"Student. {LONG}")),
        turns=(*turns, Turn("person", "Today is Monday.")),
        question="",
        payer=Payer(NORA, Use.CHAT),
        tools=tools,
        rounds=rounds,
    )


def said(text: str) -> Turn:
    return Turn("person", text, stays=True)


def answered(text: str) -> Turn:
    return Turn("agent", text, stays=True)


def round_of(number: int) -> Round:
    call = {"type": "tool_use", "id": f"toolu_{number}", "name": "look", "input": {}}
    return Round(({"type": "thinking", "thinking": "", "signature": "c2ln"}, call), (ToolResult(f"toolu_{number}", LONG),))


def marked(body: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The marks of a request, by the beginning of what they stand behind."""
    blocks = [*body["system"], *(block for each in body["messages"] for block in each["content"])]
    return {str(each.get("text", each.get("content")))[:9]: each["cache_control"] for each in blocks if "cache_control" in each}


def test_marks_stand_behind_the_agent_the_student_and_the_question_and_not_behind_what_passes() -> None:
    body = request(brief(said("What is a hook?")), MODEL)
    assert marked(body) == {"Agent. Al": HOUR, "Student. ": HOUR, "What is a": HOUR}
    assert "cache_control" not in body, "the API's own mark would stand behind what passes"


def test_in_a_later_round_the_newest_result_is_marked_for_minutes() -> None:
    body = request(brief(said("What is a hook?"), rounds=(round_of(1), round_of(2))), MODEL)
    assert list(marked(body).values()) == [HOUR, HOUR, HOUR, MINUTES]
    assert "cache_control" in body["messages"][-1]["content"][-1]


@pytest.mark.parametrize("image", [True, False])
def test_a_file_is_marked_for_the_rounds_of_its_own_answer(*, image: bool) -> None:
    file = Turn("person", "file", (Image("image/png", b"x"),)) if image else Turn("person", "x" * LARGE)
    of = brief(said("Before"), answered("Yes."), said("Now?"), file)
    assert marked(request(of, MODEL)) == {"Agent. Al": HOUR, "Student. ": HOUR, "Now?": HOUR, "Today is ": MINUTES}
    assert "Today is " not in marked(request(replace(of, tools=()), MODEL)), "nothing will be asked again"


def test_what_nobody_asks_again_is_not_kept() -> None:
    once = replace(brief(), kind="run")
    assert list(marked(request(once, MODEL))) == ["Agent. Al", "Student. "]


def test_an_agent_that_comes_back_after_much_talk_of_others_finds_its_own_beginning_in_the_cache() -> None:
    cache = PromptCache(lambda: Clock.now)
    begun = (said("First question"),)
    first = cache.read(request(brief(*begun), MODEL))
    others = tuple(said(f"line {number} {LONG}") for number in range(45))
    later = cache.read(request(brief(*begun, answered("An answer."), *others), MODEL))
    assert first.cached == 0
    assert later.cached == first.hour, "45 blocks are more than the API looks back"


def test_every_answer_reads_what_the_one_before_has_written() -> None:
    cache, before = PromptCache(lambda: Clock.now), Read()
    turns: tuple[Turn, ...] = (said(f"Question 0 {LONG}"),)
    for number in range(1, 6):
        read = cache.read(request(brief(*turns), MODEL))
        assert read.cached == before.cached + before.hour
        assert read.anew < 20
        before = read
        turns = (*turns, answered(f"Answer {LONG}"), said(f"Question {number} {LONG}"))


def test_the_stand_in_for_the_cache_forgets_looks_back_no_further_and_keeps_nothing_small() -> None:
    Clock.now = AT
    cache = PromptCache(lambda: Clock.now)
    one, other = request(brief(said("One")), MODEL), request(brief(said("Other"), rounds=(round_of(1),)), MODEL)
    written = cache.read(one).hour
    Clock.now = AT + timedelta(minutes=59)
    assert cache.read(one).cached == written
    Clock.now = AT + timedelta(minutes=118)
    assert cache.read(one).cached == written, "whatever is read lives on"
    assert cache.read(other).minutes > 0
    Clock.now = AT + timedelta(minutes=124)
    assert cache.read(other).minutes > 0, "five minutes are over"
    Clock.now = AT + timedelta(minutes=300)
    assert cache.read(one).cached == 0
    short = {"model": MODEL, "messages": [{"role": "user", "content": [{"type": "text", "text": "x", "cache_control": HOUR}]}]}
    assert [cache.read(short).cached, cache.read(short).cached] == [0, 0]
    small = {
        "model": MODEL,
        "messages": [{"role": "user", "content": [{"type": "text", "text": "x" * 4 * LEAST_ELSE, "cache_control": HOUR}]}],
    }
    assert [cache.read(small).cached > 0, cache.read(small).cached > 0] == [False, True]
    assert cache.read({**small, "model": "claude-haiku-4-5"}).hour == 0
    with pytest.raises(TooManyMarks):
        cache.read({**small, "system": [{"type": "text", "text": "x", "cache_control": MINUTES}]})


async def test_what_the_cache_gave_is_counted_as_the_api_reports_it() -> None:
    Clock.now = AT
    async with ClaudeServer(cache=PromptCache(lambda: Clock.now)) as server:
        claude = Claude("key", MODEL, server.url)
        used = []
        for of in (brief(said("One")), brief(said("One"), rounds=(round_of(1),))):
            used += [chunk.usage async for chunk in claude.answer(of) if isinstance(chunk, Finish)]
        await claude.close()
    assert [(each.cached, each.cache_written, each.cache_minutes, each.read) for each in used] == [
        (read.cached, read.hour + read.minutes, read.minutes, read.anew) for read in server.reads
    ]
    assert used[1].cached == used[0].cache_written
    assert used[1].cache_minutes > 0
