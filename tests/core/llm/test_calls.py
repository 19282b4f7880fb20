"""Tools over the wire: how they are told of, called, and answered."""

from __future__ import annotations

from core.llm.calls import Round, Tool, ToolCall, ToolResult
from tests.servers.claude import Calls, checker, stream_of

LOOK = Tool("look", "Look somewhere.", {"type": "object", "properties": {}, "additionalProperties": False})


def test_the_stand_in_calls_tools_as_the_published_description_knows_it() -> None:
    asked = Calls((("look", {"where": "here"}), ("look", {})), ("Let me ", "look."))
    for event in stream_of("claude-sonnet-5-5", asked):
        if event["type"] != "ping":
            assert [each.message for each in checker("RawMessageStreamEvent").iter_errors(event)] == [], event


def test_what_is_said_stands_in_no_log() -> None:
    values = (ToolCall("toolu_1", "look", {"where": "secret"}), ToolResult("toolu_1", "secret"), Round(({"text": "secret"},), ()))
    assert "secret" not in repr(values)
    assert "Look" in repr(LOOK)
