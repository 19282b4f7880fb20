"""What the drawings have in common: a bar above, a message below, and the colours of the app that it is seen in."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from bots.web import layout
from bots.web.tags import tag
from core.ui import Chart

HERE = Path(__file__).parent
ICON = Markup((Path(layout.__file__).with_name("static") / "icon.svg").read_text(encoding="utf-8").strip())
Pictures = Mapping[Chart, bytes]
"""The charts of a card as PNG, where a surface needs them."""


class NotDrawn(LookupError):
    """A surface sends something that these drawings do not know yet: draw it here as its app does."""


def framed(app: str, title: str, about: str, inner: Markup) -> str:
    """A whole page in the colours of that app."""
    bar = tag("header", tag("span", "‹", class_="back"), tag("div", tag("b", title), tag("small", about)))
    style = tag("style", Markup((HERE / f"{app}.css").read_text(encoding="utf-8")))
    return f"<!doctype html>{tag('meta', charset='utf-8')}{style}{tag('body', bar, tag('main', inner))}"


def message(inner: Markup, time: str) -> Markup:
    """A message of the bot's, with who it is from."""
    who = tag("p", tag("b", "Elevate"), tag("span", "APP", class_="badge"), tag("time", time), class_="who")
    return tag("article", tag("div", ICON, class_="face"), tag("div", who, inner, class_="held"))


def image(content: bytes, alt: str) -> Markup:
    """A picture within the page."""
    return tag("img", src=f"data:image/png;base64,{base64.b64encode(content).decode()}", alt=alt)


def outline(html: str) -> str:
    """What can be read in a page, a line for each part after the name of what it stands in: it tells when a picture is old."""
    html = re.sub(r"(?s)^.*?<main[^>]*>|</main>.*$|<svg.*?</svg>|<script.*?</script>", "", html)
    html = re.sub(r'<img[^>]*?alt="([^"]*)"[^>]*>', r"<picture>\1</picture>", html)
    html = re.sub(r"</?(?:span|b|strong|em|a|code|small|time|br)\b[^>]*>", " ", html)
    parts = re.findall(r'<(\w+)(?:[^>]*? class="([^"]*)")?[^>]*>([^<]+)', html)
    lines = (f"{kind or name}: {' '.join(Markup(words).unescape().split())}" for name, kind, words in parts if words.strip())
    return "\n".join(lines)
