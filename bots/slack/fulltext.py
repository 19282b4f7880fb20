"""All that a message says: of an app's message what its blocks say, of a person's also what they forwarded with it.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bots.payload import Payload, inner, items, words
from bots.slack.words import plain

DEPTH = 8
"""Slack nests less: a container, a block, a list, a section, a text."""


def full_text(message: Payload, bot: str = "") -> str:
    """What a person reads in the message.

    An app's text may be only the notification for its blocks, so that the longer of both counts.
    """
    text = plain(words(message, "text"), bot)
    if message.get("bot_id"):
        from_blocks = "\n\n".join(filter(None, (_block(each) for each in items(message, "blocks"))))
        return from_blocks if len(from_blocks) > len(text) else text
    return "\n\n".join(filter(None, (text, *_forwarded(message))))


def _forwarded(message: Payload) -> Iterator[str]:
    """The messages that were shared in this one, as quotations."""
    for each in items(message, "attachments"):
        said = plain(words(each, "text"))
        if said and (each.get("is_share") is True or each.get("is_msg_unfurl") is True):
            yield "\n".join(f"> {line}" for line in said.splitlines())


def _block(block: Payload, depth: int = DEPTH) -> str:
    match words(block, "type") if depth else "":
        case "markdown":
            return plain(words(block, "text"))
        case "section":
            parts = (inner(block, "text"), *items(block, "fields"))
            return "\n".join(filter(None, map(_text, parts)))
        case "header":
            return _text(inner(block, "text"))
        case "rich_text":
            return "\n".join(_rich(each, depth - 1) for each in items(block, "elements")).strip()
        case "container":
            return "\n\n".join(filter(None, (_block(each, depth - 1) for each in items(block, "child_blocks"))))
        case _:
            return ""


def _text(of: Payload) -> str:
    return plain(words(of, "text"))


def _rich(element: Payload, depth: int) -> str:
    inside = items(element, "elements")
    match words(element, "type") if depth else "":
        case "rich_text_list":
            return "\n".join(f"- {_rich(each, depth - 1)}" for each in inside)
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _run(inside).splitlines())
        case "rich_text_preformatted":
            return f"```\n{_run(inside)}\n```"
        case _:
            return _run(inside)


def _run(elements: Iterable[Payload]) -> str:
    """The words of a section; nothing in them is escaped."""
    return "".join(_piece(each) for each in elements)


def _piece(element: Payload) -> str:
    match words(element, "type"):
        case "link":
            url, label = words(element, "url"), words(element, "text")
            return f"{label} ({url})" if label and label != url else url
        case "user":
            return f"@{words(element, 'user_id')}"
        case "channel":
            return f"#{words(element, 'channel_id')}"
        case "emoji":
            return f":{words(element, 'name')}:"
        case _:
            return words(element, "text")
