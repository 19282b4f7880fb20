"""The frame around every page: its templates, its navigation, and the headers that keep it to itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bots.web import render
from bots.web.assets import Assets
from bots.web.pages import Shown, Visit, WebPage
from bots.web.place import Placed
from bots.web.prose import prose
from bots.web.views.coach_which import Which
from core.ui import Meter

TEMPLATES = Path(__file__).with_name("templates")
THEMES = ("auto", "light", "dark")
THEME = "elevate_theme"
"""The cookie that keeps which colours somebody chose: nobody else's business, and no secret."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline, nothing from elsewhere. Pictures of an answer are in the page itself (`data:`)."""
PRIVATE: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}
"""Of every page. With `no-referrer` browsers would send forms without saying which page they are from."""


class Layout:
    """Draws whole pages."""

    def __init__(self, placed: Placed, assets: Assets, pages: Sequence[WebPage]) -> None:
        self._placed = placed
        self._assets = assets
        self._pages = pages

    def page(
        self,
        visit: Visit,
        shown: Shown,
        request: web.Request,
        note: tuple[str, str] | None = None,
        which: Which | None = None,
        *,
        alive: bool = True,
    ) -> str:
        """A page for somebody who is signed in; `which`: the cohort that it is of, where there are others."""
        inner = self._written(shown.template, {**self._about(request), "visit": visit, "ways": visit.draw.ways, **shown.values})
        return self.framed(visit, Markup(inner), request, shown.title, note=note, which=which, alive=alive)

    def framed(
        self,
        visit: Visit,
        inner: Markup,
        request: web.Request,
        title: str = "",
        *,
        note: tuple[str, str] | None = None,
        which: Which | None = None,
        alive: bool = False,
    ) -> str:
        """The frame with this in it; `alive`: it may be loaded anew under the hands of whoever reads it."""
        listed = [each for each in self._pages if each.listed and each.is_open_to(visit.person)]
        here = next((each for each in listed if each.path == _path(request, self._placed().root)), None)
        return self._written(
            "layout.html",
            {
                **self._about(request),
                "visit": visit,
                "ways": visit.draw.ways,
                "inner": inner,
                "title": title or (here.title if here else ""),
                "groups": _groups(listed),
                "here": here,
                "note": note,
                "which": which,
                "alive": alive,
                "charts": visit.draw.charts,
            },
        )

    def outside(self, template: str, request: web.Request, **values: object) -> str:
        """A page for somebody who is not signed in."""
        return self._written(template, {**self._about(request), **values})

    def _about(self, request: web.Request) -> dict[str, object]:
        theme, root = request.cookies.get(THEME, THEMES[0]), self._placed().root
        return {
            "theme": theme if theme in THEMES else THEMES[0],
            "themes": THEMES,
            "root": root,
            "asset": lambda name: root + self._assets.path(name),
            "local": self._placed().local,
        }

    def _written(self, template: str, values: Mapping[str, object]) -> str:
        return self._templates.get_template(template).render(values)

    @cached_property
    def _templates(self) -> Environment:
        made = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        made.filters |= {"prose": prose}
        made.globals |= {"meter": lambda label, done, total: render.meter(Meter(label, done, total))}
        return made


def html(text: str, status: int = 200) -> web.Response:
    """A page as it is sent."""
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=PRIVATE)


def _path(request: web.Request, root: str) -> str:
    """The page that somebody is on, whatever stands before it."""
    return request.path.removeprefix(root) or "/"


def _groups(listed: Sequence[WebPage]) -> Sequence[tuple[str, Sequence[WebPage]]]:
    """The pages of the navigation: whoever coaches comes for those of coaches, which stand first for them."""
    own, coaching = [each for each in listed if not each.needs], [each for each in listed if each.needs]
    return [("For coaches", coaching), ("Your own", own)] if coaching else [("", own)]
