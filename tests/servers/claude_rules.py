"""What the Messages API refuses: by its published description, and by the rules that this is blind to."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema_rs

SCHEMA = Path(__file__).with_name("anthropic-messages.schema.json")
RESULT = "_tool_result"


@cache
def checker(name: str) -> jsonschema_rs.Validator:
    """The validator of one definition of the published description, such as `MessageCreateParamsStreaming`."""
    described = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for({**described, "$ref": f"#/definitions/{name}"})


def faults(body: Any) -> list[str]:
    """What is wrong with a request."""
    found = [str(each.message) for each in checker("MessageCreateParamsStreaming").iter_errors(body)]
    if found:
        return found
    messages = body["messages"]
    roles = [message["role"] for message in messages]
    if not messages or roles[0] != "user" or not (roles[-1] == "user" or _paused(messages[-1])):
        found.append("the first and the last turn are the user's, but for an answer that paused")
    if any(one == other for one, other in pairwise(roles)):
        found.append("turns alternate")
    blocks = [*body.get("system", ()), *(block for message in messages for block in message["content"])]
    found += [*_unanswered(messages), *_unpaired(messages), *_tools(body.get("tools", ()))]
    if any(block["type"] == "text" and not block["text"].strip() for block in blocks):
        found.append("text content blocks must contain non-whitespace text")
    if sum("cache_control" in block for block in (*blocks, *body.get("tools", ()), body)) > 4:
        found.append("at most 4 cache breakpoints")
    return found


def _paused(message: dict[str, Any]) -> bool:
    """Whether Claude's servers were at work when the answer stopped; anything else would put words into its mouth."""
    kind = str(message["content"][-1]["type"])
    return kind == "server_tool_use" or (kind.endswith(RESULT) and kind != "tool_result")


def _unanswered(messages: list[dict[str, Any]]) -> list[str]:
    """Every call of a turn has its result in the next, and no result is there without its call."""
    found = []
    for one, other in pairwise([*messages, {"content": []}]):
        asked = {block["id"] for block in one["content"] if block["type"] == "tool_use"}
        given = {block["tool_use_id"] for block in other["content"] if block["type"] == "tool_result"}
        if asked != given:
            found.append("tool_use ids and tool_result ids of the next turn must be the same")
    return found


def _unpaired(messages: list[dict[str, Any]]) -> list[str]:
    """What Claude's servers did stands behind what asked for it, in the same turn; only a pause leaves the last one open."""
    found = []
    for message in messages:
        begun: set[str] = set()
        for block in message["content"]:
            if block["type"] == "server_tool_use":
                begun.add(block["id"])
            elif block["type"].endswith(RESULT) and block["type"] != "tool_result":
                if block["tool_use_id"] not in begun:
                    found.append(f"unexpected tool_use_id in {block['type']} blocks: {block['tool_use_id']}")
                begun.discard(block["tool_use_id"])
        if begun and not (message is messages[-1] and _paused(message)):
            found.append(f"server_tool_use without its result: {', '.join(begun)}")
    return found


def _tools(tools: list[dict[str, Any]]) -> list[str]:
    found = [f"tools: {name} is declared twice" for name, count in Counter(each["name"] for each in tools).items() if count > 1]
    names = {each["name"] for each in tools}
    for each in tools:
        if each.get("allowed_domains") and each.get("blocked_domains"):
            found.append(f"{each['name']}: allowed_domains or blocked_domains, not both")
        if each.get("max_uses", 1) < 1:
            found.append(f"{each['name']}: max_uses is at least 1")
        for source in each.get("url_sources", {}).values():
            unknown = {one["name"] for one in source.get("tools", ())} - names
            if unknown:
                found.append(f"{each['name']}: url_sources name no tools: {unknown}")
    return found
