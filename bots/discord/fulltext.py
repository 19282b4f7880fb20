"""All that a message says: its words, of an app's message also what its components and embeds say, and what was forwarded in it.

https://docs.discord.com/developers/resources/message#message-object
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import discord

from bots.discord.payload import number
from bots.discord.words import NOBODY, Names, plain
from bots.payload import Payload, inner, items, words

CONTAINERS = frozenset({9, 17})
"""Sections and containers hold texts. https://docs.discord.com/developers/components/reference"""
TEXT = 10
DEPTH = 4
"""Discord nests less: a container, a section, a text."""


def said_by(message: discord.Message, names: Names = NOBODY, answered: discord.Message | None = None) -> str:
    """What a person said in their message: their words, and as quotations what they answer and what they forward."""
    quoted = (quotation(_said(each)) for each in (*((answered,) if answered else ()), *message.message_snapshots))
    return "\n\n".join(filter(None, (plain(message.content, names), *quoted)))


def told(message: Payload) -> str:
    """What a person reads in a message, whoever wrote it, as Discord's API has it."""
    author, content = inner(message, "author"), plain(words(message, "content"), _called(message))
    forwarded = (quotation(_shown(inner(each, "message"))) for each in items(message, "message_snapshots"))
    by_app = author.get("bot") is True or bool(message.get("webhook_id"))
    parts = (content, *(_drawn(message) if by_app else ()), *forwarded)
    return "\n\n".join(filter(None, parts))


def quotation(text: str) -> str:
    """The text as Markdown quotes it; "" of nothing."""
    return "\n".join(f"> {line}" for line in text.splitlines())


def _said(message: discord.Message | discord.MessageSnapshot) -> str:
    """A message of somebody else's."""
    embeds = [each.to_dict() for each in message.embeds if each.type == "rich"]
    components = [each.to_dict() for each in message.components]
    people = {each.id: each.display_name for each in message.mentions} if isinstance(message, discord.Message) else {}
    drawn = chain(_components(components), map(_embed, embeds))
    return "\n\n".join(filter(None, (plain(message.content, Names(people=people)), *drawn)))


def _called(message: Payload) -> Names:
    named = ((words(each, "id"), words(each, "global_name") or words(each, "username")) for each in items(message, "mentions"))
    return Names(people={int(id): name for id, name in named if id.isascii() and id.isdigit() and name})


def _shown(message: Payload) -> str:
    return "\n\n".join(filter(None, (plain(words(message, "content")), *_drawn(message))))


def _drawn(message: Payload) -> Iterator[str]:
    """What components and embeds say; an embed of another kind is the preview of a link."""
    yield from _components(items(message, "components"))
    yield from (_embed(each) for each in items(message, "embeds") if words(each, "type") in ("rich", ""))


def _components(components: Iterable[Payload], depth: int = DEPTH) -> Iterator[str]:
    for each in components if depth else ():
        if number(each, "type") == TEXT:
            yield plain(words(each, "content"))
        elif number(each, "type") in CONTAINERS:
            yield from _components(items(each, "components"), depth - 1)


def _embed(embed: Payload) -> str:
    fields = (f"{words(each, 'name')}: {words(each, 'value')}" for each in items(embed, "fields"))
    return "\n".join(filter(None, map(plain, (words(embed, "title"), words(embed, "description"), *fields))))
