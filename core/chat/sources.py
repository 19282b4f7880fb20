"""The pages that an answer rests on, as they stand below it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.errors import Trouble
from core.links import Allowed, shown
from core.llm.model import Cited
from core.llm.web import host_of
from core.ui import Card, Text, Tone

SOURCES_AT_MOST = 8
"""More than a thumb's length of links is read by nobody."""
TITLE_AT_MOST = 80
_MARKUP = re.compile(r"[\\\[\]()<>*_`|~#@!]+")
"""What a stranger's title could make of a list of links: other links, other marks, somebody called."""

_SPELT_OUT = re.compile(r"\[[.:]\]")
"""An address in a title, as `core.links` spells it out: a link in the words of a link is no link."""


def listed(sources: Iterable[Cited], text: str) -> str:
    """The list, each page once, without those that the text links to already; "" where nothing is left."""
    pages: dict[str, Cited] = {}
    for each in sources:
        if each.url not in text:
            pages.setdefault(each.url.rstrip("/"), each)
    lines = [f"- [{_title(each)}]({_address(each.url)})" for each in list(pages.values())[:SOURCES_AT_MOST]]
    return "\n".join(("**Sources**", *lines)) if lines else ""


def not_searched(trouble: Trouble) -> Card:
    """What is shown where an agent would have looked into the web, and may not."""
    return Card(body=(Text(f"This answer was made without the web. {trouble.message}"),), tone=Tone.CAREFUL)


def _title(page: Cited) -> str:
    """The title in one line of plain words, else the host."""
    plain = (each for each in shown(page.title, Allowed()).split() if not _SPELT_OUT.search(each))
    words = " ".join(_MARKUP.sub(" ", " ".join(plain)).split())
    if len(words) > TITLE_AT_MOST:
        head = words[: TITLE_AT_MOST - 1]
        words = f"{head.rpartition(' ')[0] or head}…"
    return words or host_of(page.url)


def _address(url: str) -> str:
    """The address so that its brackets do not end the link."""
    return url.replace("(", "%28").replace(")", "%29")
