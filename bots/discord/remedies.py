"""What is done about each error of Discord's, and a post with nothing in it that could be refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from bots.discord.posts import Component, Post
from bots.discord.troubles import DiscordRefused
from bots.pieces import pieces

TEXT, FILE = 10, 13
TEXT_AT_MOST = 4_000
"""Characters over all texts of a message. https://docs.discord.com/developers/components/reference#text-display"""


class Remedy(StrEnum):
    """What is done."""

    ELSEWHERE = "elsewhere"  # not there: an answer goes to the person directly, a letter cannot be delivered
    PERMISSION = "permission"  # we may not: as elsewhere, and it is said which permission is missing
    UNREACHABLE = "unreachable"  # this person takes no direct messages from us
    THERE = "there"  # the thread is there already
    NO_THREAD = "no thread"  # no thread can be made there: the answer stands in the channel
    ARCHIVED = "archived"  # the thread is opened again
    MISSING = "missing"  # the message is not there any more
    NOT_OURS = "not ours"  # the message is a webhook's, and changed by it
    NO_WEBHOOK = "no webhook"  # the webhook is gone, or there can be none
    TOO_FAST = "too fast"  # a pause, then again
    SMALLER = "smaller"  # the same again, without the files
    PLAINER = "plainer"  # the same again, as text alone
    SPENT = "spent"  # the interaction takes nothing more: an ordinary message


REMEDIES: Mapping[int, Remedy] = {
    10003: Remedy.ELSEWHERE,  # unknown channel
    10004: Remedy.ELSEWHERE,  # unknown guild
    50001: Remedy.ELSEWHERE,  # missing access
    50008: Remedy.ELSEWHERE,  # cannot send in this kind of channel
    160005: Remedy.ELSEWHERE,  # the thread is locked
    40006: Remedy.ELSEWHERE,  # switched off for now
    50009: Remedy.ELSEWHERE,  # the channel's verification level is too high
    340013: Remedy.ELSEWHERE,  # the guild must be verified
    50013: Remedy.PERMISSION,
    10013: Remedy.UNREACHABLE,  # unknown user
    50007: Remedy.UNREACHABLE,  # direct messages closed
    50278: Remedy.UNREACHABLE,  # no guild in common
    160004: Remedy.THERE,
    30033: Remedy.NO_THREAD,  # too many in it
    50024: Remedy.NO_THREAD,  # not in this kind of channel
    50068: Remedy.NO_THREAD,  # not of this kind of message
    160001: Remedy.NO_THREAD,
    160006: Remedy.NO_THREAD,  # too many active threads
    160007: Remedy.NO_THREAD,
    50083: Remedy.ARCHIVED,
    10008: Remedy.MISSING,
    50005: Remedy.NOT_OURS,
    10015: Remedy.NO_WEBHOOK,
    30007: Remedy.NO_WEBHOOK,  # as many as a channel can have
    20016: Remedy.TOO_FAST,  # slow mode
    20022: Remedy.TOO_FAST,
    20028: Remedy.TOO_FAST,
    40003: Remedy.TOO_FAST,  # direct messages are opened too fast
    40005: Remedy.SMALLER,
    50035: Remedy.PLAINER,  # invalid form body
    50006: Remedy.PLAINER,  # empty message
    50045: Remedy.SMALLER,  # the file is larger than the most there is
    20009: Remedy.SMALLER,  # explicit content
    10062: Remedy.SPENT,  # unknown interaction
    40060: Remedy.SPENT,  # answered before
    50027: Remedy.SPENT,  # invalid webhook token
}
"""By Discord's code. What stands in none of the lines is a trouble that the person is told of, with the code in the log.

https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
"""
CLOSED = frozenset({Remedy.ELSEWHERE, Remedy.PERMISSION, Remedy.UNREACHABLE})
"""Nothing can be said there."""


def remedy(refused: DiscordRefused) -> Remedy | None:
    """What is done about it; None where nothing is known."""
    if refused.code in REMEDIES:
        return REMEDIES[refused.code]
    return Remedy.SMALLER if refused.status == 413 else None


def mended(post: Post, refused: DiscordRefused) -> tuple[Post, ...]:
    """What to send in place of a post that was refused for what it is; nothing where that would be no remedy."""
    match remedy(refused):
        case Remedy.SMALLER if post.files:
            return (without_files(post, "Discord does not take files of that size here."),)
        case Remedy.PERMISSION if post.files:
            return (without_files(post, "I need the permission Attach Files here."),)
        case Remedy.PLAINER if any(each.get("type") not in (TEXT, FILE) for each in post.components):
            return bare(post)
        case _:
            return ()


def without_files(post: Post, why: str) -> Post:
    """The post without its files and whatever shows them, and a word on them instead."""
    if not post.files:
        return post
    kept = tuple(each for each in post.components if "attachment://" not in str(each))
    names = ", ".join(each.name for each in post.files)
    sorry = _text(f"I could not hand over {names}: {why}")
    room = TEXT_AT_MOST - sum(map(len, texts(kept))) - len(str(sorry["content"]))
    return Post((*kept, sorry)) if room >= 0 and len(kept) < 40 else Post((sorry,))


def bare(post: Post) -> tuple[Post, ...]:
    """The post as text alone, in as many as it takes; the first brings the files."""
    said = pieces("\n\n".join(texts(post.components)), TEXT_AT_MOST) or ("…",)
    files = tuple({"type": FILE, "file": {"url": f"attachment://{each.name}"}} for each in post.files)
    first = Post((_text(said[0]), *files), post.files)
    return (first, *(Post((_text(each),)) for each in said[1:]))


def headed(post: Post, opening: str) -> Post:
    """The post under a line that says who speaks, where there is room for it."""
    room = TEXT_AT_MOST - sum(map(len, texts(post.components)))
    if not opening or len(opening) > room or _count(post.components) >= 40:
        return post
    return Post((_text(opening), *post.components), post.files)


def texts(components: tuple[Component, ...] | list[object]) -> Iterator[str]:
    """All the texts in components, in their order."""
    for each in _all(components):
        if each.get("type") == TEXT:
            yield str(each.get("content", ""))


def _text(words: str) -> Component:
    return {"type": TEXT, "content": words}


def _count(components: tuple[Component, ...]) -> int:
    return sum(1 for _ in _all(components))


def _all(components: object) -> Iterator[Component]:
    """Components with those inside them."""
    for each in components if isinstance(components, list | tuple) else ():
        if isinstance(each, Mapping):
            yield each
            yield from _all(each.get("components"))
            yield from _all([each["accessory"]] if "accessory" in each else ())
