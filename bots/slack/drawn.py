"""Drawing what is shown: pure rendering, with pictures made first for the charts that Slack's own cannot show."""

from __future__ import annotations

from dataclasses import replace

from bots.charts.pictures import Charts
from bots.slack import render
from bots.slack.posts import Block, Feature, Post
from bots.slack.text import marked, named
from bots.slack.wording import reserved, worded, worded_page
from core.ui import Message, Page


class Drawn:
    """Implements `bots.slack.delivery.Drawing`. `groups` are the names of the catalog's commands: Slack keeps some for itself."""

    def __init__(self, charts: Charts, groups: frozenset[str]) -> None:
        self._charts = charts
        self._kept = reserved(groups)

    async def posts(self, shown: Message | Page, without: frozenset[Feature]) -> tuple[Post, ...]:
        """All of it. Where an agent cannot have its own name above the message, the name stands in it."""
        drawn = await self._charts.drawn(render.to_draw(shown.cards, without))
        if isinstance(shown, Page):
            return render.page_posts(worded_page(shown, self._kept), without, drawn)
        if Feature.FACE in without and shown.speaker:
            shown = replace(shown, text=f"**{shown.speaker.name}**\n\n{shown.text}".strip())
        return render.posts(worded(shown, self._kept), without, drawn)

    def marked(self, markdown: str) -> str:
        """A text that grows, as Slack is to have it: nobody is pinged by it."""
        return marked(named(markdown, self._kept))

    async def ending(self, message: Message, without: frozenset[Feature]) -> tuple[Post, ...]:
        """What follows the message's text; nothing where there is nothing."""
        drawn = await self._charts.drawn(render.to_draw(message.cards, without))
        return render.ending(worded(message, self._kept), without, drawn)

    def home(self, page: Page) -> Block:
        """The page as the home tab."""
        return render.home(worded_page(page, self._kept))
