"""A brief as a request to the Messages API (https://docs.claude.com/en/api/messages)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

from core.llm.calls import Round, ServerTool, Tool
from core.llm.model import Brief, Image, Part, Turn

EFFORTS = ("low", "medium", "high", "xhigh", "max")
"""https://docs.claude.com/en/docs/build-with-claude/effort"""
EFFORT = "medium"
ROLES = {"person": "user", "agent": "assistant"}
THOUGHTS = frozenset(("thinking", "redacted_thinking"))
BREAKPOINTS_AT_MOST = 3
"""The API takes four marks for its cache; the fourth is set by itself at the end of a conversation."""


def request(brief: Brief, model: str, effort: str = EFFORT) -> dict[str, Any]:
    """The arguments of `messages.stream`: the newest models refuse sampling parameters, prefills and forced tools."""
    made: dict[str, Any] = {
        "model": model,
        "max_tokens": brief.max_tokens,
        "messages": [*_messages(brief.turns), *_rounds(brief.rounds, model)],
        "thinking": {"type": "adaptive", "display": "omitted"},
        "output_config": {"effort": effort},
        "metadata": {"user_id": brief.person},
    }
    system = _system(brief.system)
    if system:
        made["system"] = system
    if brief.tools:
        made["tools"] = [_tool(each) for each in brief.tools]
    if brief.schema is not None:
        made["output_config"]["format"] = {"type": "json_schema", "schema": dict(brief.schema)}
    if brief.kind == "ask":
        made["cache_control"] = {"type": "ephemeral"}
    return made


def _system(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """The instructions; each stable part ends a stretch that is kept in the cache for an hour."""
    written = [part for part in parts if part.text.strip()]
    marks = [part for part in written if part.stable][-BREAKPOINTS_AT_MOST:]
    hour = {"type": "ephemeral", "ttl": "1h"}
    return [
        {"type": "text", "text": part.text, **({"cache_control": hour} if any(part is each for each in marks) else {})}
        for part in written
    ]


def _messages(turns: Iterable[Turn]) -> list[dict[str, Any]]:
    """The talk in alternating turns, the first and the last the person's; blank ones are left out, as the API asks."""
    joined: list[tuple[str, list[Turn]]] = []
    for turn in turns:
        role = ROLES[turn.by]
        if not turn.text.strip() or (role == "assistant" and not joined):
            continue
        if joined and joined[-1][0] == role:
            joined[-1][1].append(turn)
        else:
            joined.append((role, [turn]))
    return [{"role": role, "content": _content(said)} for role, said in joined]


def _tool(tool: Tool | ServerTool) -> dict[str, Any]:
    if isinstance(tool, ServerTool):
        return {"type": tool.kind, "name": tool.name, "max_uses": tool.uses, **tool.settings}
    return {"name": tool.name, "description": tool.description, "input_schema": dict(tool.schema)}


def _rounds(rounds: Sequence[Round], model: str) -> list[dict[str, Any]]:
    """The rounds so far. What was said after a pause belongs to the turn that paused."""
    made: list[dict[str, Any]] = []
    for each in (turn for done in rounds for turn in _round(done, model)):
        if made and made[-1]["role"] == each["role"]:
            made[-1]["content"] += each["content"]
        else:
            made.append(each)
    return made


def _round(done: Round, model: str) -> list[dict[str, Any]]:
    """What was said with the calls, word for word, since its thinking is signed; then every result in one turn.

    What another model thought is left out: its signature means nothing to this one.
    """
    mine = done.model in {"", model}
    said = [dict(each) for each in done.said if mine or each.get("type") not in THOUGHTS]
    kind = {"type": "tool_result"}
    results = [{**kind, "tool_use_id": each.call_id, "content": each.text, "is_error": each.failed} for each in done.results]
    return [{"role": "assistant", "content": said}, *([{"role": "user", "content": results}] if results else [])]


def _content(said: Sequence[Turn]) -> list[dict[str, Any]]:
    """Pictures first, since the model sees them best so, then the words."""
    pictures = [_picture(each) for turn in said for each in turn.images]
    return [*pictures, {"type": "text", "text": "\n\n".join(turn.text for turn in said)}]


def _picture(image: Image) -> dict[str, Any]:
    data = b64encode(image.content).decode()
    return {"type": "image", "source": {"type": "base64", "media_type": image.media_type, "data": data}}
