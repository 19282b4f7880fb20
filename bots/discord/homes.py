"""Which guild a direct message belongs to, kept unseen in it: whoever is in two guilds presses what each of them sent.

The guild's id stands in the numbers of two of the message's components, the first two but for that which has the message's mark
(`bots.discord.marks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

import discord

from bots.discord.posts import Component, Post

BITS = 31
"""Of a component's id, which is positive. https://docs.discord.com/developers/components/reference#anatomy-of-a-component"""
PLACES = 2
NUMBERED = 1 << 20
"""Discord numbers components from 1 on; what is kept here is far beyond: no guild is as old as that."""


def homed(post: Post, guild: str) -> Post:
    """The post with its guild, where that is one and there is room for it."""
    numbers = _numbers(guild)
    if not numbers or not post.components or len(list(islice(_inner(post.components), PLACES))) < PLACES:
        return post
    first, *others = post.components
    left = iter(numbers)
    return replace(post, components=(_within(first, left), *(_numbered(each, left) for each in others)))


def home_of(message: discord.Message | None) -> str:
    """The guild that stands in it, or "" where none does."""
    if message is None or message.guild is not None:
        return ""
    _, *inner = _ids(message.components) or (0,)
    if len(inner) < PLACES or inner[0] < NUMBERED:
        return ""
    return str(inner[0] << BITS | inner[1])


def _numbers(guild: str) -> tuple[int, ...]:
    if not guild.isdecimal():
        return ()
    high, low = divmod(int(guild), 1 << BITS)
    return (high, low) if NUMBERED <= high < 1 << BITS and low not in (0, high) else ()


def _inner(components: Iterable[Component]) -> Iterator[Component]:
    """All but the first, in the order in which Discord shows them."""
    every = _every(components)
    next(every)
    yield from every


def _every(components: Iterable[Component]) -> Iterator[Component]:
    for each in components:
        yield each
        yield from _every(_children(each))


def _children(component: Component) -> tuple[Component, ...]:
    found = component.get("components")
    return tuple(each for each in found if isinstance(each, Mapping)) if isinstance(found, list | tuple) else ()


def _numbered(component: Component, left: Iterator[int]) -> Component:
    number = next(left, None)
    return component if number is None else _within({**component, "id": number}, left)


def _within(component: Component, left: Iterator[int]) -> Component:
    children = _children(component)
    return {**component, "components": [_numbered(each, left) for each in children]} if children else component


def _ids(components: Iterable[object]) -> list[int]:
    found: list[int] = []
    for each in components:
        found.append(getattr(each, "id", None) or 0)  # discord.py's class for kinds that it does not know has none
        found += _ids(getattr(each, "children", ()))
    return found
