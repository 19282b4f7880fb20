"""Pieces of a message before it is known which post each goes into, and how they are put together within Slack's limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bots.slack import limits
from bots.slack.posts import PICTURE, Block, Post, as_json
from bots.slack.text import escaped
from core.request import File

READ = frozenset({"text", "fields", "elements", "accessory", "title", "rows", "options", "placeholder", "label", "tasks"})
"""Where the words that a person reads stand in a block."""


@dataclass(frozen=True)
class Part:
    """A block with the plain words that stand for it. `leads`: it heads what follows, and is not left at a post's end."""

    block: Block
    words: str = ""
    picture: File | None = None
    leads: bool = False

    @cached_property
    def size(self) -> int:
        """The characters that a person reads in the block."""
        return length(self.block)


def packed(parts: Sequence[Part]) -> tuple[Post, ...]:
    """As few posts as the limits allow, in order."""
    return tuple(_post(each) for each in _together(parts))


def length(value: object) -> int:
    """The characters that a person reads in a block."""
    match value:
        case str():
            return len(value)
        case dict():
            return sum(length(part) for key, part in value.items() if key in READ)
        case list() | tuple():
            return sum(map(length, value))
        case _:
            return 0


def _together(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    if parts and _fits(parts):
        yield parts
        return
    held: list[Part] = []
    for part in parts:
        if held and not _fits([*held, part]):
            left: list[Part] = []
            while len(held) > 1 and held[-1].leads:
                left.insert(0, held.pop())
            yield held
            held = left
        held.append(part)
    if held:
        yield held


def _fits(parts: Sequence[Part]) -> bool:
    kinds = [each.block["type"] for each in parts]
    return (
        len(parts) <= limits.BLOCKS
        and kinds.count("table") <= limits.TABLES
        and kinds.count("data_visualization") <= limits.CHARTS
        and (_is_short(parts) or _readable(parts))
    )


def _is_short(parts: Sequence[Part]) -> bool:
    """Whether all that is sent, read or not, is half of what Slack takes at the most, as of most messages: quick to find."""
    return len(as_json([each.block for each in parts])) <= limits.MARKDOWN // 2


def _readable(parts: Sequence[Part]) -> bool:
    """Whether the words of all of it stay within what Slack takes in one message."""
    return (
        sum(each.size for each in parts if each.block["type"] == "markdown") <= limits.MARKDOWN
        and sum(each.size for each in parts) + limits.BLOCK_COSTS * len(parts) <= limits.MESSAGE + limits.BLOCK_COSTS * 2
    )


def _post(parts: Sequence[Part]) -> Post:
    pictures: list[File] = []
    blocks = []
    for part in parts:
        if part.picture is not None:
            blocks.append({**part.block, "slack_file": {"id": f"{PICTURE}{len(pictures)}"}})
            pictures.append(part.picture)
        else:
            blocks.append(part.block)
    return Post(spoken("\n\n".join(each.words for each in parts if each.words)), tuple(blocks), tuple(pictures))


def spoken(words: str) -> str:
    """What a notification and a screen reader say: as much as the text of a message takes; the blocks have it all."""
    text = escaped(words) or "Elevate"
    if len(text) <= limits.TEXT:
        return text
    shorter = words[: limits.TEXT // 2]
    while len(escaped(shorter)) > limits.TEXT - 1:
        shorter = shorter[: len(shorter) * 3 // 4]
    return f"{escaped(shorter)}…"


def with_files(posts: tuple[Post, ...], files: tuple[File, ...]) -> tuple[Post, ...]:
    """The files go with the last post; where nothing is said, they are named."""
    if not files:
        return posts
    if not posts:
        return (Post(escaped(", ".join(each.name for each in files)), files=files),)
    return (*posts[:-1], replace(posts[-1], files=(*posts[-1].files, *files)))
