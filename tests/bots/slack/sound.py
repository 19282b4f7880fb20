"""What Slack would refuse of what was rendered: by its published types, and by the rules of the stand-in."""

from __future__ import annotations

from bots.slack.posts import PICTURE, Block, Post
from tests.servers.slack.blocks import block_faults
from tests.servers.slack.messages import BLOCKS_TEXT_AT_MOST, EDITED_TEXT_AT_MOST, MARKDOWN_AT_MOST, TABLES
from tests.servers.slack.shapes import Json, faults

PART_OF_TEXT = frozenset({"text", "fields", "elements", "title", "rows", "options", "placeholder"})


def refused(post: Post) -> list[str]:
    """Why Slack would not take a post; nothing where it would."""
    found = block_faults(list(post.blocks), "message", _uploaded)
    if not 0 < len(post.text) <= EDITED_TEXT_AT_MOST:
        found.append(f"a text of {len(post.text)} characters")
    if sum(block["type"] in TABLES for block in post.blocks) > 1:
        found.append("only_one_table_allowed")
    if sum(len(block["text"]) for block in post.blocks if block["type"] == "markdown") > MARKDOWN_AT_MOST:
        found.append("too much Markdown")
    if sum(map(_length, post.blocks)) > BLOCKS_TEXT_AT_MOST:
        found.append("msg_blocks_too_long")
    named = [block["slack_file"]["id"] for block in post.blocks if "slack_file" in block]
    if named != [f"{PICTURE}{at}" for at in range(len(post.pictures))]:
        found.append("a picture that is not there")
    return found


def refused_home(view: Block) -> list[str]:
    """Why Slack would not take a home view."""
    wrong = [f"{where} {what}" for where, what in faults("slack-block-kit", "HomeView", view)]
    return [*wrong, *block_faults(view["blocks"], "home", _uploaded)]


def _uploaded(file: Json) -> bool:
    return str(file.get("id")).startswith(PICTURE)


def _length(value: object) -> int:
    match value:
        case str():
            return len(value)
        case dict():
            return sum(_length(part) for key, part in value.items() if key in PART_OF_TEXT)
        case list():
            return sum(map(_length, value))
        case _:
            return 0
