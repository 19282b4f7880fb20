"""A brief as a request to the Messages API (https://docs.claude.com/en/api/messages)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.llm.calls import Round, ServerTool, Tool
from core.llm.model import Brief, Image, Part, Turn

EFFORTS = ("low", "medium", "high", "xhigh", "max")
"""https://docs.claude.com/en/docs/build-with-claude/effort"""
EFFORT = "medium"
ROLES = {"person": "user", "agent": "assistant"}
THOUGHTS = frozenset(("thinking", "redacted_thinking"))
SYSTEM_MARKS = 2
"""Of the four marks that the API takes for its cache: behind what is the same for everybody, and behind what is the student's."""
HOUR: Mapping[str, str] = {"type": "ephemeral", "ttl": "1h"}
"""For what the next question is asked with: people think for longer than five minutes. Kept for an hour it costs twice as much as
read anew, and a fifth of that or less from then on (https://docs.claude.com/en/docs/build-with-claude/prompt-caching)."""
MINUTES: Mapping[str, str] = {"type": "ephemeral"}
"""For what this answer alone is asked with again, seconds later: five minutes, a quarter more than read anew."""
LARGE = 4_000
"""Characters from which what passes with an answer is worth keeping for its own rounds; a picture counts as much."""


def request(brief: Brief, model: str, effort: str = EFFORT) -> dict[str, Any]:
    """The arguments of `messages.stream`: the newest models refuse sampling parameters, prefills and forced tools."""
    made: dict[str, Any] = {
        "model": model,
        "max_tokens": brief.max_tokens,
        "messages": [*_messages(brief), *_rounds(brief.rounds, model)],
        "thinking": {"type": "adaptive", "display": "omitted"},
        "output_config": {"effort": brief.effort or effort},
        "metadata": {"user_id": brief.person},
    }
    system = _system(brief.system)
    if system:
        made["system"] = system
    if brief.tools:
        made["tools"] = [_tool(each) for each in brief.tools]
    if brief.schema is not None:
        made["output_config"]["format"] = {"type": "json_schema", "schema": dict(brief.schema)}
    return made


def _system(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """The instructions; the last stable parts each end a stretch that is kept in the cache."""
    written = [part for part in parts if part.text.strip()]
    marks = [part for part in written if part.stable][-SYSTEM_MARKS:]
    return [_text(part.text, HOUR if any(part is each for each in marks) else None) for part in written]


def _messages(brief: Brief) -> list[dict[str, Any]]:
    """The talk in alternating messages, the first and the last the person's; blank turns are left out, as the API asks.

    Each turn is blocks of its own, since the cache is compared block by block.
    """
    written = [turn for turn in brief.turns if turn.text.strip()]
    first = next(index for index, turn in enumerate(written) if turn.by == "person")
    marks, joined = _marks(brief, written[first:]), list[dict[str, Any]]()
    for index, turn in enumerate(written[first:]):
        if not joined or joined[-1]["role"] != ROLES[turn.by]:
            joined.append({"role": ROLES[turn.by], "content": []})
        joined[-1]["content"] += [*map(_picture, turn.images), _text(turn.text, marks.get(index))]
    return joined


def _marks(brief: Brief, turns: Sequence[Turn]) -> Mapping[int, Mapping[str, str]]:
    """Where the talk is kept in the cache: at the end of what stays, and of what this agent was asked before.

    The API looks for what it has at most 20 blocks before a mark: colleagues may have said more than that since this agent last
    answered. Where something large passes with the answer, such as a file, that is kept for its rounds instead.
    """
    stays = next((index for index, turn in enumerate(turns) if not turn.stays), len(turns))
    marks = {stays - 1: HOUR} if stays else {}
    if brief.rounds:
        return marks
    passing = sum(len(turn.text) + LARGE * len(turn.images) for turn in turns[stays:])
    if brief.tools and passing > LARGE:
        return {**marks, len(turns) - 1: MINUTES}
    spoke = max((index for index, turn in enumerate(turns[:stays]) if turn.by == "agent"), default=0)
    return {**marks, spoke - 1: HOUR} if spoke else marks


def _tool(tool: Tool | ServerTool) -> dict[str, Any]:
    if isinstance(tool, ServerTool):
        return {"type": tool.kind, "name": tool.name, "max_uses": tool.uses, **tool.settings}
    return {"name": tool.name, "description": tool.description, "input_schema": dict(tool.schema)}


def _rounds(rounds: Sequence[Round], model: str) -> list[dict[str, Any]]:
    """The rounds so far, kept in the cache for the next. What was said after a pause belongs to the turn that paused."""
    made: list[dict[str, Any]] = []
    for each in (turn for done in rounds for turn in _round(done, model)):
        if made and made[-1]["role"] == each["role"]:
            made[-1]["content"] += each["content"]
        else:
            made.append(each)
    if rounds and rounds[-1].results:
        made[-1]["content"][-1]["cache_control"] = dict(MINUTES)
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


def _text(text: str, mark: Mapping[str, str] | None = None) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"cache_control": dict(mark)} if mark else {})}


def _picture(image: Image) -> dict[str, Any]:
    data = b64encode(image.content).decode()
    return {"type": "image", "source": {"type": "base64", "media_type": image.media_type, "data": data}}
