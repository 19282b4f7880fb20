"""Drawing what is shown: pure rendering, with the pictures of its charts made first, dark as most people have Discord."""

from __future__ import annotations

from bots.charts.pictures import Charts
from bots.discord import render
from bots.discord.interactions import STOP
from bots.discord.posts import Post
from core.ui import Message, Page


class Drawn:
    """Draws answers as posts of Discord's. `opening` is the line that says who speaks, where nothing else shows it."""

    def __init__(self, charts: Charts) -> None:
        self._charts = charts

    async def posts(self, shown: Message | Page, opening: str = "", working: str = "") -> tuple[Post, ...]:
        """All of it; nothing, where there is nothing to be shown. `working` is a line on what was done for a message."""
        drawn = await self._charts.drawn(render.to_draw(shown.cards), dark=True)
        return render.posts(shown, opening, drawn, working)

    def text(self, markdown: str, opening: str = "", working: str = "", stop: str = "") -> tuple[Post, ...]:
        """A text that still grows. `working` says what is being done, a line each; `stop` is the arrival that a button ends."""
        return render.text(markdown, opening, working, f"{STOP}{stop}" if stop else "")
