"""An answer as Discord shows it, in Components V2: pure, and within Discord's limits; nothing is cut, and nothing is lost.

Words are text displays; a card is a container with an edge in the colour of its tone; a table is code in columns, or lines where
it is too wide for a phone; a chart is a picture; buttons stay with the last part of what they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bots.discord import limits, parts, pressed
from bots.discord.elements import Way, card, file, title, words
from bots.discord.parts import Part, packed
from bots.discord.posts import Post
from bots.discord.text import escaped
from bots.whole_text import within_reach
from core.ui import Card, Chart, Message, Page

UNDRAWN: Mapping[Chart, bytes] = {}
POSTS_OF_TEXT = 6
"""A text that would take more comes as a file, behind its first part: nobody scrolls further on a phone."""
READ_AT_MOST = POSTS_OF_TEXT * limits.TEXT


def posts(
    shown: Message | Page, opening: str = "", drawn: Mapping[Chart, bytes] = UNDRAWN, working: str = ""
) -> tuple[Post, ...]:
    """A message or a page as one post or several, in order; none for a message without anything in it.

    `opening` is a line in Discord's Markdown that stands above it all. `drawn` are the pictures of the charts that `to_draw`
    names. `working` is a quiet line under a message's text: what was done for it.
    """
    way = Way(drawn)
    match shown:
        case Message():
            message = within_reach(shown, READ_AT_MOST, limits.TEXT // 2)
            done = [parts.text(f"-# {escaped(working)}")] if working else []
            held = [*words(message.text), *done, *_cards(message.cards, way), *(file(each, way) for each in message.files)]
        case Page():
            held = [*title(shown.title, 2), *_cards(shown.cards, way)]
    return packed([*_opened(opening), *held]) if held else ()


def text(markdown: str, opening: str = "", working: str = "", stop: str = "") -> tuple[Post, ...]:
    """A text that still grows; `working` says what is being done, a line each, and `stop` is what a button to end it goes by."""
    lines = [f"-# {escaped(line)}" for line in working.splitlines() if line.strip()]
    held = [*words(markdown), *([parts.text("\n".join(lines))] if lines else [])]
    return packed([*_opened(opening), *held, *([pressed.stop(stop)] if stop else [])])


def to_draw(cards: tuple[Card, ...]) -> tuple[Chart, ...]:
    """The charts that need a picture."""
    return tuple(dict.fromkeys(each for shown in cards for each in shown.body if isinstance(each, Chart)))


def _opened(opening: str) -> list[Part]:
    return [parts.text(opening, leads=True)] if opening else []


def _cards(cards: tuple[Card, ...], way: Way) -> Iterator[Part]:
    for number, each in enumerate(cards):
        yield from card(each, way, number)
