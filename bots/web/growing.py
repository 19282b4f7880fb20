"""Answers that grow, streamed into the page: without a script, and to their end also where nobody watches any more."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import assert_never

from aiohttp import ClientConnectionError, web
from markupsafe import Markup, escape

from bots.web import render
from bots.web.layout import PRIVATE, Layout
from bots.web.pages import Visit
from bots.web.tags import tag
from core.plans import Step
from core.ui import Began, Ended, Grew, Planned, Update

CUT = "<!--grows-here-->"
"""Where the frame is cut in two: the answer stands between its halves."""


def heading_of(title: str, *, seen: bool = True) -> Markup:
    """What was asked for, over an answer; only heard where the answer has a title of its own to be seen."""
    return tag("h1", title, class_="of-answer" if seen else "hidden")


class Growing:
    """Streams one answer.

    What grows is plain text in one place; once its speaker is done, the whole message is set behind it, and a rule of the style
    sheet hides what stood for it until then.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._response: web.StreamResponse | None = None
        self._growing = False

    async def follow(
        self, request: web.Request, visit: Visit, updates: AsyncGenerator[Update, None], title: str, onward: Markup
    ) -> web.StreamResponse:
        """Show what comes, until its end; `onward` stands under it."""
        frame = self._layout.framed(visit, Markup(CUT), request, title)
        before, _, after = Markup(frame).partition(CUT)
        response = web.StreamResponse(headers={**PRIVATE, "Content-Type": "text/html; charset=utf-8", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        self._response = response
        await self._write(before + heading_of(title) + Markup('<div class="live" aria-live="polite" aria-busy="true">'))
        async for update in updates:
            await self._write(self._drawn(update, visit))
        await self._write(self._closed() + Markup("</div>") + onward + after)
        return response

    def _drawn(self, update: Update, visit: Visit) -> Markup:
        match update:
            case Began(speaker):
                who = render.speaker(speaker, visit.draw.ways) if speaker else Markup("")
                return self._closed() + self._opened(who)
            case Grew(text):
                return self._opened() + escape(text)
            case Step():
                return self._closed() + tag(
                    "p", tag("span", render.STATES[update.state], class_="state"), f" {update.title}", class_="step"
                )
            case Planned(plan):
                return self._closed() + render.plan(plan)
            case Ended(message):
                return self._closed() + tag("div", visit.draw.message(message), class_="ended")
            case _:
                assert_never(update)

    def _opened(self, who: Markup = Markup("")) -> Markup:  # noqa: B008 - it cannot be changed
        if self._growing:
            return Markup("")
        self._growing = True
        return Markup('<div class="grows">') + who

    def _closed(self) -> Markup:
        if not self._growing:
            return Markup("")
        self._growing = False
        return Markup("</div>")

    async def _write(self, text: Markup) -> None:
        """Send it on; whoever closed the page misses it, and what is made for them is made to its end all the same."""
        if self._response is None or not text:
            return
        try:
            await self._response.write(text.encode(errors="replace"))
        except (ConnectionError, ClientConnectionError):
            self._response = None
