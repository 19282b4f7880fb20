"""Which pictures there are, and how each is drawn and taken: at its width, mostly a phone's, twice as fine, in few colours."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.async_api import Browser, BrowserContext

from bots.charts.pictures import Charts
from core.request import Actor
from core.ui import Chart
from tests.bots.web.chromium import chromium
from tests.house.tree import ROOT
from tests.pictures import discord, slack, terminal
from tests.pictures.drawing import Pictures, outline
from tests.pictures.playing import CORA, Card, Played, played
from tests.pictures.web import Site, served

FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT, DESK = 390, 200, 900
"""Pixels of a page: a phone's, and the width on a coach's desk."""
FINE = 2
COLOURS, REFINED = 256, 4
"""Colours of a picture, and how often their choice is refined: no pixel is then off by more than can be seen."""
OUTLINE = "Outline"
"""The name under which a picture carries what can be read in what it was taken of."""
TIME = "09:00"
MAP = "Student by student"
PHONE = """
html { font-family: "Liberation Sans", sans-serif }
.bottom, .back, form.sought { display: none }
main { padding-bottom: 1rem }
"""
"""To the pages of the web for a picture: letters as narrow as those of phones, an end where the card ends, and no search."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be seen in a picture: a page as HTML, or on the web at `path` by `who`, perhaps one `card` of it alone.

    `width`: of the page, in pixels before they are made finer.
    """

    html: str
    who: Actor
    path: str = ""
    card: str = ""
    width: int = WIDTH


async def seen(here: Played, cards: Mapping[str, Card], site: Site, pictures: Mapping[str, Pictures]) -> Mapping[str, Seen]:
    """All of them, by the names of their files. `pictures` are the charts as each surface has them."""
    groups = frozenset(here.program.app.catalog.groups)
    impact, digest = cards["impact"], cards["digest"]
    everybody = "/cohort"
    return {
        "impact-slack": Seen(slack.drawn(impact.message, pictures["slack"], groups, TIME), impact.who),
        "impact-discord": Seen(discord.drawn(impact.message, pictures["discord"], TIME), impact.who),
        "impact-terminal": Seen(terminal.drawn(impact.message, impact.typed), impact.who),
        "impact-web": Seen(await site.page(impact.who, impact.path), impact.who, impact.path),
        "digest-slack": Seen(slack.drawn(digest.message, pictures["slack"], groups, TIME), digest.who),
        "cohort-web": Seen(_card(await site.page(CORA, everybody), MAP), CORA, everybody, MAP, DESK),
    }


@asynccontextmanager
async def drawn(folder: Path, charts: Charts | None = None) -> AsyncGenerator[tuple[Site, Mapping[str, Seen]], None]:
    """What is to be seen, while the site is served. Without `charts` these stay empty frames."""
    async with played(folder) as (here, cards), served(here) as site:
        impact = cards["impact"].message
        pictures: Mapping[str, Pictures] = {
            "slack": await _charts(charts, dark=False, wanted=slack.charts(impact)),
            "discord": await _charts(charts, dark=True, wanted=discord.charts(impact)),
        }
        yield site, await seen(here, cards, site, pictures)


async def take_all(folder: Path) -> None:
    """Take each, and write it to its file."""
    charts = Charts()
    try:
        async with drawn(folder, charts) as (site, shown), chromium() as browser:
            for name, each in shown.items():
                (FOLDER / f"{name}.png").write_bytes(kept(await _photograph(browser, site, each), outline(each.html)))
    finally:
        await charts.close()


def kept(content: bytes, outline: str) -> bytes:
    """A picture as it is kept: a PNG of few colours, with what can be read in it."""
    about = PngInfo()
    about.add_itxt(OUTLINE, outline, zip=True)
    with Image.open(io.BytesIO(content)) as image:
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, REFINED, dither=Image.Dither.NONE)
    made = io.BytesIO()
    few.save(made, "PNG", optimize=True, pnginfo=about)
    return made.getvalue()


async def _charts(charts: Charts | None, wanted: Sequence[Chart], *, dark: bool) -> Pictures:
    return await charts.drawn(wanted, dark=dark) if charts else dict.fromkeys(wanted, b"")


async def _photograph(browser: Browser, site: Site, seen: Seen) -> bytes:
    context = await browser.new_context(
        viewport={"width": seen.width, "height": HEIGHT},
        device_scale_factor=FINE,
        color_scheme="light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    try:
        return await _shot(context, site, seen)
    finally:
        await context.close()


async def _shot(context: BrowserContext, site: Site, seen: Seen) -> bytes:
    page = await context.new_page()
    if seen.path:
        cookie = await site.cookie(seen.who)
        await context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": site.url}])
        await page.goto(site.url + seen.path)
        await page.add_style_tag(content=PHONE)
    else:
        await page.set_content(seen.html)
    return await page.locator(f"section:has(h2:text-is('{seen.card}'))" if seen.card else "body").screenshot()


def _card(html: str, title: str) -> str:
    """The card with this title, of a page."""
    return html[html.index(f">{title}</h2>") - len("<h2") :].partition("</section>")[0]
