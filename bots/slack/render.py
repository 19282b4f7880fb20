"""An answer as Slack shows it: pure, and within Slack's limits; nothing is cut, and nothing is lost.

What a workspace does not know is left out by naming it in `without`, and a plainer way is taken:

    a chart        Slack's own chart, or a picture, or a row of block characters
    a table        a table block; several in a message: tables of a markdown block; or columns, or lines where these are too wide
    words          markdown blocks, or rich text
    thumbs         context_actions, or two buttons
    all of it      blocks, or text alone
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bots.pieces import reader
from bots.slack import limits
from bots.slack.elements import Way, card, prose, title
from bots.slack.figures import chart_fits
from bots.slack.mrkdwn import in_parts
from bots.slack.outline import outline
from bots.slack.parts import packed, with_files
from bots.slack.posts import Block, Feature, Post
from bots.slack.pressed import plain
from bots.whole_text import within_reach
from core.ui import Card, Chart, Message, Page, Table, Text

NOTHING: frozenset[Feature] = frozenset()
UNDRAWN: Mapping[Chart, bytes] = {}
POSTS_OF_TEXT = 3
"""A text that would take more comes as a file, behind its first part: nobody scrolls further on a phone."""
MORE = "There is more than fits here: /home in our messages shows all of it."


def posts(message: Message, without: frozenset[Feature] = NOTHING, drawn: Mapping[Chart, bytes] = UNDRAWN) -> tuple[Post, ...]:
    """A message as one post or several, in order. `drawn` are the pictures of the charts that `to_draw` names.

    Who speaks is not in it: that goes with the post, not into it.
    """
    message = within_reach(message, _readable(without), limits.TEXT)
    if Feature.BLOCKS in without:
        words = "\n\n".join(part for part in (message.text, outline(message.cards)) if part)
        return with_files(tuple(map(Post, in_parts(words, limits.TEXT))), message.files)
    way = _way(message, without, drawn)
    parts = [*prose(message.text, way), *(part for each in message.cards for part in card(each, way))]
    return with_files(packed(parts), message.files)


def ending(message: Message, without: frozenset[Feature] = NOTHING, drawn: Mapping[Chart, bytes] = UNDRAWN) -> tuple[Post, ...]:
    """What follows a text that has grown already: its cards and files; nothing where it has none."""
    return posts(replace(message, text=""), without, drawn)


def page_posts(page: Page, without: frozenset[Feature] = NOTHING, drawn: Mapping[Chart, bytes] = UNDRAWN) -> tuple[Post, ...]:
    """A page as messages."""
    return posts(Message(cards=(Card(page.title), *page.cards)), without, drawn)


def home(page: Page) -> Block:
    """A page as the view of the home tab: with what that surely takes, and no more."""
    way = Way(home=True)
    parts = [*title(page.title), *(part for each in page.cards for part in card(each, way))]
    blocks = [part.block for part in parts]
    if len(blocks) > limits.VIEW_BLOCKS:
        blocks = [*blocks[: limits.VIEW_BLOCKS - 1], {"type": "context", "elements": [plain(MORE, limits.CONTEXT)]}]
    return {"type": "home", "blocks": blocks}


def to_draw(cards: tuple[Card, ...], without: frozenset[Feature] = NOTHING) -> tuple[Chart, ...]:
    """The charts that need a picture, because Slack's own cannot show them."""
    if Feature.BLOCKS in without:
        return ()
    charts = [each for shown in cards for each in shown.body if isinstance(each, Chart)]
    return tuple(dict.fromkeys(each for each in charts if Feature.CHART in without or not chart_fits(each)))


def _readable(without: frozenset[Feature]) -> int:
    """Characters of a text that are read in a conversation; what is longer comes as a file too."""
    return POSTS_OF_TEXT * (limits.TEXT if Feature.BLOCKS in without else limits.MARKDOWN)


def _way(message: Message, without: frozenset[Feature], drawn: Mapping[Chart, bytes]) -> Way:
    """How this message is shown: Slack takes one table a message, so that several stand in Markdown."""
    tables = sum(isinstance(each, Table) for shown in message.cards for each in shown.body)
    texts = [message.text, *(each.markdown for shown in message.cards for each in shown.body if isinstance(each, Text))]
    in_text = any(token.type == "table_open" for text in texts if "|" in text for token in reader().parse(text))
    return Way(without=without, drawn=drawn, one_table=tables <= limits.TABLES and not in_text)
